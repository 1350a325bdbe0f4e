"""Events and users as trackers export them or are sent them, after the documents of each."""

import json
from typing import Any

import pytest

from console.records.json.nodes import Object
from console.records.json.reading import read_json
from console.records.pasted.detection import detect
from console.records.pasted.envelopes.klaviyo import klaviyo_event
from console.records.pasted.envelopes.resources import resource
from console.records.pasted.envelopes.tracked_events import tracked_event
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import events_schema, users_schema

EVENTS = events_schema(EVENT_VALUE=["null", "float"])
USERS = users_schema(AGE=["null", "int"], CITY="string")
MOMENT = "2026-11-29T10:00:00Z"
# In seconds since 1970, by `date -ud 2026-11-29T10:00:00Z +%s`.
SECONDS = 1795946400

TRACKED = {
    "Segment, track": {
        "type": "track",
        "event": "Viewed",
        "userId": "u-1",
        "anonymousId": "a-1",
        "timestamp": MOMENT,
        "properties": {"product_id": "i-1", "value": 2.5, "currency": "EUR"},
        "context": {"ip": "192.0.2.1"},
    },
    "Segment, as it is stored": {
        "type": "track",
        "event": "Viewed",
        "userId": "u-1",
        "messageId": "m-1",
        "originalTimestamp": "2026-11-29T09:59:58Z",
        "sentAt": "2026-11-29T09:59:59Z",
        "receivedAt": "2026-11-29T10:00:01Z",
        "timestamp": MOMENT,
        "properties": {"product_id": "i-1", "value": 2.5},
    },
    "Amplitude": {
        "user_id": "u-1",
        "event_type": "Viewed",
        "time": SECONDS * 1000,
        "event_properties": {"item_id": "i-1", "event_value": 2.5},
    },
    "Braze": {
        "events": [
            {
                "external_id": "u-1",
                "name": "Viewed",
                "time": MOMENT,
                "properties": {"item_id": "i-1", "value": 2.5},
            }
        ]
    },
    "Mixpanel": [
        {
            "event": "Viewed",
            "properties": {"distinct_id": "u-1", "time": SECONDS, "item_id": "i-1", "value": 2.5, "$insert_id": "x"},
        }
    ],
    "Google Analytics 4": {
        "client_id": "1.2",
        "user_id": "u-1",
        "timestamp_micros": SECONDS * 1_000_000,
        "events": [{"name": "Viewed", "params": {"item_id": "i-1", "value": 2.5}}],
    },
}


@pytest.mark.parametrize("tracked", TRACKED.values(), ids=TRACKED)
def test_an_event_of_a_tracker_is_one_interaction(tracked: Any) -> None:
    detected = detect(EVENTS, "", json.dumps(tracked))
    assert detected
    assert (detected.refusal, "as trackers have them" in detected.words) == ("", True)
    (record,) = validate_record_input(EVENTS, detected.text).records
    assert record.record_id == "u-1"
    assert record.properties == {"itemId": "i-1", "eventType": "Viewed", "timestamp": SECONDS, "eventValue": 2.5}


def test_lines_of_events_are_read() -> None:
    tracked = json.dumps(TRACKED["Amplitude"])
    detected = detect(EVENTS, "", f"{tracked}\n{tracked}\n")
    assert detected
    assert detected.words == "2 lines of JSON Lines"
    assert [each.record_id for each in validate_record_input(EVENTS, detected.text).records] == ["u-1", "u-1"]


def test_what_is_left_out_of_an_event_and_what_is_taken_is_said() -> None:
    detected = detect(EVENTS, "", json.dumps(TRACKED["Segment, track"]))
    assert detected
    assert detected.changes == (
        "The fields in “properties” are taken as if they stood beside the type of the event. "
        "event is taken for EVENT_TYPE. product_id is taken for ITEM_ID. value is taken for EVENT_VALUE.",
        "Left out around the records: context.",
        "Left out, as the schema has no field for them: type, anonymousId and currency.",
    )


@pytest.mark.parametrize(
    "text",
    [
        # No item.
        '{"event": "Viewed", "userId": "u-1", "properties": {"value": 2}}',
        # A moment in two places.
        '{"event": "Viewed", "time": 1, "properties": {"item_id": "i-1", "time": 2}}',
        # In the shape of the API.
        '{"eventType": "Viewed", "itemId": "i-1", "sentAt": 1, "properties": {"value": 2}}',
        '{"event": "Viewed", "properties": "none"}',
        '{"event": "Viewed", "properties": {"item_id": "i-1"}, "params": {}}',
        '{"properties": {"item_id": "i-1"}}',
    ],
)
def test_other_events_are_none_of_a_tracker(text: str) -> None:
    root = read_json(text).root
    assert isinstance(root, Object)
    assert tracked_event(EVENTS, root) is None


@pytest.mark.parametrize(
    "user",
    [
        {"external_id": "u-1", "age": 34, "city": "Bern"},
        {"anonymousId": "u-1", "age": 34, "city": "Bern"},
        {"customer": {"user_id": "u-1", "anonymous_id": "a-1", "age": 34, "city": "Bern"}},
        # mParticle's events API.
        {
            "user_identities": {"customer_id": "u-1", "email": "a@example.com"},
            "user_attributes": {"age": 34, "city": "Bern"},
            "environment": "production",
        },
        {"data": {"type": "profile", "id": "1", "attributes": {"external_id": "u-1", "age": 34, "city": "Bern"}}},
    ],
)
def test_ids_have_the_names_of_services(user: Any) -> None:
    detected = detect(USERS, "", json.dumps(user))
    assert detected
    (record,) = validate_record_input(USERS, detected.text).records
    assert (record.record_id, record.properties) == ("u-1", {"age": 34, "city": "Bern"})


def test_users_of_mparticle_without_an_id_or_fields_are_none() -> None:
    for ids, attributes in (({"email": "a"}, {"age": 3, "city": "b"}), ({"customer_id": "u-1"}, {"size": 3, "b": 4})):
        root = read_json(json.dumps({"user_identities": ids, "user_attributes": attributes})).root
        assert isinstance(root, Object)
        assert resource(USERS, root) is None


def test_an_id_of_another_service_is_not_taken_beside_an_id() -> None:
    detected = detect(USERS, "", '[{"id": "u-1", "external_id": "x-9", "age": 34, "city": "Bern"}]')
    assert detected is None


KLAVIYO = {
    "type": "event",
    "id": "e-1",
    "attributes": {
        "timestamp": SECONDS,
        "event_properties": {"item_id": "i-1", "event_type": "Viewed", "$value": 2.5},
    },
    "relationships": {"profile": {"data": {"type": "profile", "id": "u-1"}}, "metric": {"data": {"id": "m-1"}}},
}
NEW_OF_KLAVIYO = {
    "type": "event",
    "attributes": {
        "properties": {"item_id": "i-1"},
        "time": MOMENT,
        "value": 2.5,
        "metric": {"data": {"type": "metric", "attributes": {"name": "Viewed"}}},
        "profile": {"data": {"type": "profile", "attributes": {"external_id": "u-1"}}},
    },
}


@pytest.mark.parametrize("root", [{"data": [KLAVIYO], "links": {}}, {"data": NEW_OF_KLAVIYO}])
def test_events_of_klaviyo_are_read(root: dict[str, Any]) -> None:
    detected = detect(EVENTS, "", json.dumps(root))
    assert detected is not None
    records = validate_record_input(EVENTS, detected.text).records
    assert [(each.record_id, each.properties) for each in records] == [
        ("u-1", {"itemId": "i-1", "eventType": "Viewed", "eventValue": 2.5, "timestamp": SECONDS})
    ]
    assert "is taken for TIMESTAMP." in detected.changes[0]


def test_what_is_no_event_of_klaviyo_is_none() -> None:
    for other in (
        {**KLAVIYO, "type": "profile"},
        {"type": "event", "attributes": {"event_properties": 1}},
        {"type": "event"},
    ):
        node = read_json(json.dumps(other)).root
        assert isinstance(node, Object)
        assert klaviyo_event(EVENTS, node) is None
