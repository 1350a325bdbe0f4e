"""What tells an event from others."""

from console.records.entities import ACTION_INTERACTIONS, INTERACTIONS, ITEMS, entity_of_id
from console.records.event_parts import EventParts, event_parts


def test_the_parts_of_an_event_are_those_of_its_type() -> None:
    properties = '{"itemId": "m-1", "eventType": "Watch", "timestamp": 1764410400, "sessionId": "s-1", "device": "TV"}'
    parts = event_parts(INTERACTIONS, ("u-1", properties))
    assert parts == EventParts("u-1", "s-1", "m-1", "Watch", 1764410400)
    assert parts.who == ("u-1", "")
    taken = event_parts(ACTION_INTERACTIONS, ("", '{"actionId": "a-1", "eventType": "Taken", "sessionId": "s-2"}'))
    assert taken == EventParts("", "s-2", "a-1", "Taken", None)
    assert taken.who == ("", "s-2")


def test_of_a_redacted_event_the_user_is_left() -> None:
    assert event_parts(INTERACTIONS, ("u-1", "")) == EventParts("u-1")


def test_the_ids_of_an_event_are_those_of_other_types() -> None:
    assert INTERACTIONS.object_field == "ITEM_ID"
    assert ACTION_INTERACTIONS.object_field == "ACTION_ID"
    assert entity_of_id("ITEM_ID") is ITEMS
    assert entity_of_id("EVENT_TYPE") is None
