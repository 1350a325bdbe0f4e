"""Calls of trackers, after the documents of Segment, RudderStack, Mixpanel, Amplitude and Google."""

import pytest

from console.records.entities import ITEMS
from console.records.pasted.tracker_calls import read_tracker_calls
from console.records.schemas.schema import Schema, read_entity_schema
from tests.records.literal_schemas import events_schema, users_schema
from tests.records.pasted.pressing import read, values

EVENTS = events_schema()
USERS = users_schema(AGE=["null", "int"], CITY="string")
ITEM_SCHEMA = read_entity_schema(
    ITEMS, '{"type": "record", "name": "Items", "fields": [{"name": "ITEM_ID", "type": "string"}]}'
)
EVENT = '{ userId: "u-1", itemId: "i-1", timestamp: 1795946400 }'
VIEWED = ("u-1", "i-1", 1795946400, "Viewed")


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (f'analytics.track("Viewed", {EVENT});', [VIEWED]),
        (f"mixpanel.track('Viewed', {EVENT})\nposthog.capture('Viewed', {EVENT})", [VIEWED, VIEWED]),
        (f'gtag("event", "Viewed", {EVENT});', [VIEWED]),
    ],
)
def test_events_that_a_program_tracks_are_read(text: str, events: list[tuple[object, ...]]) -> None:
    assert [each[:4] for each in values(text, EVENTS)] == events
    assert read(text, EVENTS).changes[0] == "What is tracked, such as “Viewed”, is taken for EVENT_TYPE."


def test_users_that_a_program_identifies_are_read() -> None:
    text = 'analytics.identify("u-1", { age: 34, city: "Bern" });'
    assert values(text, USERS) == [("u-1", 34, "Bern")]
    assert read(text, USERS).changes[0] == "What is tracked, such as “u-1”, is taken for USER_ID."


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (EVENTS, 'analytics.identify("u-1", { age: 34 });'),
        (USERS, 'analytics.track("Viewed", { age: 34, city: "Bern" });'),
        (ITEM_SCHEMA, 'analytics.identify("i-1", { itemId: "i-1" });'),
        (EVENTS, 'analytics.track("Viewed", properties);'),
        (EVENTS, 'analytics.track("Viewed", { itemId: item.id });'),
        (EVENTS, EVENT),
    ],
)
def test_other_calls_are_left_alone(schema: Schema, text: str) -> None:
    assert read_tracker_calls(schema, "", text) is None


def test_records_outside_of_the_calls_are_not_left_out_in_silence() -> None:
    detected = read(f'analytics.track("Viewed", {EVENT});\nconst more = {{ userId: "u-2", itemId: "i-2"', EVENTS)
    assert "looks like a part of records" in detected.refusal


def test_a_part_of_a_request_in_an_error_of_botocore_is_told() -> None:
    text = (
        "botocore.exceptions.ParamValidationError: Parameter validation failed:\n"
        "Invalid type for parameter users[0].properties, value: {'age': 34, 'city': 'Bern'}, type: <class 'dict'>"
    )
    detected = read(text, USERS)
    assert (detected.words, detected.refusal) == (
        "an error of botocore",
        "It shows a part of what was sent, without the ids. Paste the users of the request, as JSON.",
    )
