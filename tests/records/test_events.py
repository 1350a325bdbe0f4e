"""Events: their fields, what a request has them as, the calls that send them, and their dates."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.session import get_session
from botocore.validate import validate_parameters

from console.records.entities import ACTION_INTERACTIONS, ENTITIES, INTERACTIONS, USERS, Entity
from console.records.event_members import EventMember
from console.records.form.controls import Kind, State, kind_of, rule_in_words
from console.records.form.form import FilledCard, fill_form, read_form
from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.requests import calls, member_with_call, request_body, request_member, with_session
from console.records.samples import Target, samples
from console.records.schemas.schema import read_entity_schema
from console.records.template import record_template
from console.records.validation.remarks import remarks_on_values
from console.records.validation.timestamps import moment_of, moments
from console.records.validation.validation import validate_properties


def typed(name: str, type_: Any = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": type_, **more}


def text(*fields: dict[str, Any]) -> str:
    return json.dumps({"type": "record", "name": "Interactions", "fields": fields})


BASE = (typed("USER_ID"), typed("ITEM_ID"), typed("TIMESTAMP", "long"))
BARE = read_entity_schema(INTERACTIONS, text(*BASE))
FULL = read_entity_schema(
    INTERACTIONS,
    text(
        *BASE,
        typed("EVENT_TYPE", ["null", "string"]),
        typed("EVENT_VALUE", ["float", "null"]),
        typed("IMPRESSION", ["null", "string"]),
        typed("DEVICE", ["null", "string"], categorical=True),
        typed("NUMBER_OF_RATINGS", ["null", "int"]),
    ),
)
ACTIONS = read_entity_schema(
    ACTION_INTERACTIONS, text(typed("USER_ID"), typed("ACTION_ID"), typed("EVENT_TYPE"), typed("TIMESTAMP", "long"))
)
WATCHED = '{"USER_ID": "u-1", "ITEM_ID": "m-1", "TIMESTAMP": 1764410400, "EVENT_TYPE": "Watch"}'
KEY = UUID("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0")


def sentences(text: str, schema: Any = FULL) -> list[str]:
    return [each.sentence for each in validate_record_input(schema, text).problems]


def members(text: str, schema: Any = FULL) -> list[dict[str, Any]]:
    validation = validate_record_input(schema, text)
    assert validation.problems == ()
    return [each.as_request_member() for each in validation.records]


@pytest.mark.parametrize("entity", [INTERACTIONS, ACTION_INTERACTIONS])
def test_requests_are_those_of_the_service_model(entity: Entity) -> None:
    model = ServiceModel(Loader().load_service_model("personalize-events", "service-2"))
    operation = model.operation_model(entity.operation)
    assert operation.http == {"method": "POST", "requestUri": entity.path}
    request: Any = operation.input_shape
    of_call = {each.member for each in entity.event_members if each.is_of_call}
    assert set(request.members) == {entity.target, entity.member, *of_call}
    events = request.members[entity.member]
    assert events.metadata == {"min": 1, "max": entity.most_per_call}
    assert events.member.name == entity.shape
    assert events.member.members["properties"].metadata["max"] == entity.longest_properties
    own = {each.member.partition(".")[0] for each in entity.event_members if not each.is_of_call}
    assert set(events.member.members) == {*own, "properties"}
    for each in entity.event_members:
        shape = (request if each.is_of_call else events.member).members[each.member.partition(".")[0]]
        assert_same(each, shape.members["eventAttributionSource"] if "." in each.member else shape)


def assert_same(member: EventMember, shape: Any) -> None:
    if member.is_list:
        assert (shape.type_name, shape.metadata) == ("list", {"min": 1, "max": 25})
    elif member.type == "string":
        assert (shape.type_name, shape.metadata["max"]) == ("string", member.longest)
    else:
        assert shape.type_name == {"long": "timestamp", "float": "float"}[member.type]


def test_events_are_called_as_aws_s_console_calls_them() -> None:
    assert (INTERACTIONS.title, ACTION_INTERACTIONS.title) == ("user-item interaction", "action interaction")
    assert (INTERACTIONS.a_dataset, INTERACTIONS.slug) == ("an Item interactions dataset", "interactions")
    assert (ACTION_INTERACTIONS.slug, ACTION_INTERACTIONS.iam_action) == (
        "action-interactions",
        "personalize:PutActionInteractions",
    )
    assert (INTERACTIONS.is_event, USERS.is_event) == (True, False)
    assert (INTERACTIONS.id_column, INTERACTIONS.object_column) == ("User ID", "Item ID")
    assert (ACTION_INTERACTIONS.object_column, USERS.id_column) == ("Action ID", "User ID")
    assert ENTITIES["ITEMS"].id_column == "Item ID"
    assert USERS.title == "user"


def test_the_template_has_the_schema_s_fields_and_the_type_of_the_event() -> None:
    assert json.loads(record_template(BARE)) == {
        "USER_ID": "string",
        "ITEM_ID": "string",
        "TIMESTAMP": "long",
        "EVENT_TYPE": "string",
    }
    assert list(json.loads(record_template(FULL))) == [
        "USER_ID",
        "ITEM_ID",
        "TIMESTAMP",
        "EVENT_TYPE",
        "EVENT_VALUE",
        "IMPRESSION",
        "DEVICE",
        "NUMBER_OF_RATINGS",
    ]


def test_each_field_has_the_name_that_a_request_has_it_by() -> None:
    names = {each.name: each.request_name for each in FULL.fields}
    assert (names["TIMESTAMP"], names["NUMBER_OF_RATINGS"]) == ("sentAt", "numberOfRatings")
    assert names["EVENT_ATTRIBUTION_SOURCE"] == "metricAttribution.eventAttributionSource"


def test_an_event_has_members_of_its_own_and_the_rest_as_properties() -> None:
    event = {
        "USER_ID": "u-1",
        "ITEM_ID": "m-1",
        "TIMESTAMP": 1764410400,
        "EVENT_TYPE": "Watch",
        "EVENT_VALUE": 4.5,
        "IMPRESSION": "m-1|m-2",
        "DEVICE": "Phone|Tablet",
        "NUMBER_OF_RATINGS": None,
        "RECOMMENDATION_ID": "r-1",
        "EVENT_ID": "e-1",
        "EVENT_ATTRIBUTION_SOURCE": "newsletter",
    }
    assert members(json.dumps(event)) == [
        {
            "itemId": "m-1",
            "eventType": "Watch",
            "sentAt": 1764410400,
            "eventValue": 4.5,
            "impression": ["m-1", "m-2"],
            "recommendationId": "r-1",
            "eventId": "e-1",
            "metricAttribution": {"eventAttributionSource": "newsletter"},
            "properties": '{"device":"Phone|Tablet","numberOfRatings":null}',
        }
    ]


def test_the_shape_of_the_api_is_read() -> None:
    event = {
        "userId": "u-1",
        "sessionId": "s-1",
        "itemId": "m-1",
        "eventType": "Watch",
        "sentAt": 1764410400,
        "impression": ["m-1", "m-2"],
        "metricAttribution": {"eventAttributionSource": "newsletter"},
        "properties": {"device": "Phone"},
    }
    for properties in ({"device": "Phone"}, '{"device": "Phone"}'):
        (record,) = validate_record_input(FULL, json.dumps({**event, "properties": properties})).records
        assert record.record_id == "u-1"
        assert record.properties["sessionId"] == "s-1"
        assert record.as_request_member() == {
            "itemId": "m-1",
            "eventType": "Watch",
            "sentAt": 1764410400,
            "impression": ["m-1", "m-2"],
            "metricAttribution": {"eventAttributionSource": "newsletter"},
            "properties": '{"device":"Phone"}',
        }


def test_the_item_and_the_value_may_stand_in_properties_as_older_clients_have_them() -> None:
    event = {"userId": "u-1", "eventType": "rate", "sentAt": 1, "properties": {"itemId": "m-1", "eventValue": 3}}
    assert members(json.dumps(event)) == [{"itemId": "m-1", "eventType": "rate", "sentAt": 1, "eventValue": 3}]


@pytest.mark.parametrize("name", ["userId", "SESSION_ID", "eventType", "timestamp", "recommendationId", "impression"])
def test_properties_may_not_have_what_stands_beside_them(name: str) -> None:
    event = {"userId": "u-1", "itemId": "m", "eventType": "rate", "sentAt": 1, "properties": {name: "x"}}
    (sentence,) = sentences(json.dumps(event))
    assert sentence.startswith("Expected metadata fields only; found")
    assert sentence.endswith("beside properties, not inside.")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"IMPRESSION": "|".join("m" for _ in range(26))}, "1 to 25 IDs separated by |, at most 1000 characters"),
        ({"IMPRESSION": "m-1||m-2"}, "1 to 25 IDs separated by |"),
        ({"IMPRESSION": ["m|1"]}, "ID 1 of the array"),
        ({"IMPRESSION": []}, "1 to 25 IDs; found an empty array"),
        ({"RECOMMENDATION_ID": "r" * 41}, "text in double quotes, 1 to 40 characters (string), or null"),
        ({"EVENT_TYPE": ""}, "text in double quotes, 1 to 256 characters (string)"),
        ({"EVENT_TYPE": None}, "text in double quotes, 1 to 256 characters (string)"),
        ({"EVENT_ATTRIBUTION_SOURCE": "é"}, "1 to 1024 characters of ASCII"),
        ({"EVENT_VALUE": "much"}, "a number (float)"),
        ({"TIMESTAMP": "yesterday"}, "a time: seconds since 1970, or a date with its offset"),
        ({"DEVICE": "d" * 1000, "NUMBER_OF_RATINGS": 1}, "properties of at most 1024 characters as JSON text"),
        ({"eventAttributionSource": {"a": "b"}}, "1 to 1024 characters of ASCII"),
    ],
)
def test_what_the_service_model_refuses_is_named(change: dict[str, Any], expected: str) -> None:
    found = sentences(json.dumps({**json.loads(WATCHED), **change}))
    assert len(found) == 1
    assert expected in found[0]


def test_a_member_of_a_request_is_known_with_those_of_its_call() -> None:
    properties = '{"itemId": "m-1", "eventType": "Watch", "timestamp": 1764410400, "sessionId": "s-1"}'
    sent = {"itemId": "m-1", "eventType": "Watch", "sentAt": 1764410400}
    assert member_with_call(INTERACTIONS, "u-1", properties) == {"userId": "u-1", "sessionId": "s-1", **sent}
    assert member_with_call(INTERACTIONS, "", properties) == {"sessionId": "s-1", **sent}
    assert member_with_call(USERS, "u-1", "{}") == {"userId": "u-1"}


@pytest.mark.parametrize("entity", ["INTERACTIONS", "ACTION_INTERACTIONS"])
@pytest.mark.parametrize("number", [99, 100, 300])
def test_an_event_of_many_unknown_fields_and_without_required_ones_has_problems(entity: str, number: int) -> None:
    fields = [("USER_ID", "string"), ("TIMESTAMP", "long"), ("EVENT_TYPE", "string")]
    fields.append(("ITEM_ID" if entity == "INTERACTIONS" else "ACTION_ID", "string"))
    avro = {"type": "record", "name": "Any", "fields": [{"name": name, "type": type_} for name, type_ in fields]}
    schema = read_entity_schema(ENTITIES[entity], json.dumps(avro))
    unknown = {f"utm_{each}": each for each in range(number)}
    for event in ({"USER_ID": "u-1", **unknown}, {"userId": "u-1", "properties": unknown}):
        assert len(validate_record_input(schema, json.dumps(event)).problems) >= 99


def test_a_name_beside_properties_that_is_no_member_is_named() -> None:
    event = {"userId": "u", "itemId": "m", "eventType": "t", "sentAt": 1, "device": "TV", "properties": {}}
    assert sentences(json.dumps(event)) == [
        "Expected members of an event, and metadata fields in properties; found “device”. Move DEVICE into properties."
    ]


def test_a_field_of_another_type_of_events_is_to_be_removed() -> None:
    event = '{"USER_ID": "u", "ACTION_ID": "a", "TIMESTAMP": 1, "EVENT_TYPE": "Taken", "EVENT_VALUE": 1}'
    assert sentences(event, ACTIONS) == [
        "Expected a field of the schema; found “EVENT_VALUE”. Action interactions have no EVENT_VALUE. Remove it."
    ]


def test_of_action_interactions_three_types_are_taken_in_any_case() -> None:
    event = '{"USER_ID": "u", "ACTION_ID": "a", "TIMESTAMP": 1, "EVENT_TYPE": "%s"}'
    assert members(event % "not taken", ACTIONS)[0]["eventType"] == "not taken"
    assert members(event % "VIEWED", ACTIONS)[0] == {
        "userId": "u",
        "actionId": "a",
        "eventType": "VIEWED",
        "timestamp": 1,
    }
    assert sentences(event % "Clicked", ACTIONS) == [
        "Expected text in double quotes: Taken, Not Taken or Viewed, in any case; found the text “Clicked”."
    ]


def test_an_event_is_of_a_user_or_of_a_session() -> None:
    anonymous = '{"SESSION_ID": "s-1", "ITEM_ID": "m-1", "TIMESTAMP": 1, "EVENT_TYPE": "Watch"}'
    (record,) = validate_record_input(FULL, anonymous).records
    assert (record.record_id, record.properties["sessionId"]) == ("", "s-1")
    nobody = '{"USER_ID": null, "ITEM_ID": "m-1", "TIMESTAMP": 1, "EVENT_TYPE": "Watch"}'
    assert sentences(nobody) == [
        "Expected USER_ID, or SESSION_ID for a user who is not known yet; found neither. Add one of them."
    ]


def test_a_timestamp_is_known_by_its_property_name() -> None:
    assert moment_of("creationTimestamp", 1764410400) == datetime(2025, 11, 29, 10, tzinfo=UTC)
    assert moment_of("timestamp", 1764410400000) is None
    assert moment_of("timestamp", True) is None
    assert moment_of("timestamp", "1764410400") is None
    assert moment_of("age", 1764410400) is None


def test_an_event_may_have_no_properties() -> None:
    (plain,) = validate_record_input(BARE, WATCHED).records
    assert not plain.has_properties


def test_the_same_event_may_be_there_twice() -> None:
    assert len(members(f"[{WATCHED}, {WATCHED}]")) == 2


def test_events_are_sent_by_user_and_session_in_their_order() -> None:
    events = [
        ("u-1", "s-1", "m-1"),
        ("u-2", "s-2", "m-2"),
        ("u-1", "s-1", "m-3"),
        ("u-1", "s-3", "m-4"),
        ("", "s-1", "m-5"),
    ]
    sent = [
        (user, f'{{"sessionId":"{session}","itemId":"{item}","eventType":"Watch","timestamp":1}}')
        for user, session, item in events
    ]
    grouped = calls(INTERACTIONS, sent)
    bodies = [request_body(INTERACTIONS, "t-1", call) for call in grouped]
    assert [(body.get("userId"), body["sessionId"]) for body in bodies] == [
        ("u-1", "s-1"),
        ("u-2", "s-2"),
        ("u-1", "s-3"),
        (None, "s-1"),
    ]
    assert [[event["itemId"] for event in body["eventList"]] for body in bodies] == [
        ["m-1", "m-3"],
        ["m-2"],
        ["m-4"],
        ["m-5"],
    ]
    assert bodies[3] == {
        "trackingId": "t-1",
        "sessionId": "s-1",
        "eventList": [{"itemId": "m-5", "eventType": "Watch", "sentAt": 1}],
    }
    shape: Any = get_session().get_service_model("personalize-events").operation_model("PutEvents").input_shape
    for body in bodies:
        validate_parameters(body, shape)


def test_other_records_are_sent_in_one_call() -> None:
    sent = [("u-1", '{"age":1}'), ("u-2", "{}")]
    assert calls(USERS, sent) == [sent]
    actions = [("u-1", '{"actionId":"a","sessionId":"s"}'), ("u-2", '{"actionId":"a","sessionId":"t"}')]
    assert calls(ACTION_INTERACTIONS, actions) == [actions]


def test_an_event_without_a_session_gets_one_of_the_page_and_the_user() -> None:
    first = with_session(INTERACTIONS, "u-1", {"itemId": "m"}, KEY)
    assert first == {"itemId": "m", "sessionId": "34f9b8c2-d46a-5868-916d-cc27c3c7f7eb"}
    assert with_session(INTERACTIONS, "u-1", {"itemId": "n"}, KEY)["sessionId"] == first["sessionId"]
    assert with_session(INTERACTIONS, "u-2", {"itemId": "m"}, KEY)["sessionId"] != first["sessionId"]
    assert with_session(INTERACTIONS, "u-1", {"sessionId": "s"}, KEY) == {"sessionId": "s"}
    assert with_session(USERS, "u-1", {"age": 1}, KEY) == {"age": 1}


def test_a_record_without_properties_is_an_id_alone() -> None:
    assert request_member(USERS, "u-1", "") == {"userId": "u-1"}


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        ("2025-11-29T10:00:00Z", 1764410400),
        ("2025-11-29T11:00:00+01:00", 1764410400),
        ("2025-11-29 10:00 +0000", 1764410400),
        ("2025-11-29t10:00:00z", 1764410400),
        ("1969-12-31T23:59:59Z", -1),
    ],
)
def test_a_timestamp_may_be_typed_as_a_date(date: str, seconds: int) -> None:
    assert members(WATCHED.replace("1764410400", f'"{date}"'))[0]["sentAt"] == seconds


@pytest.mark.parametrize(
    ("date", "advice"),
    [
        ("2025-11-29", "Write it with a time, and Z for UTC or an offset such as +01:00."),
        (" 2025-11-29 ", "Write it with a time, and Z for UTC or an offset such as +01:00."),
        ("2025-11-29T10:00:00", "Add Z for UTC or an offset such as +01:00."),
        ("2025-11-29 10:00", "Add Z for UTC or an offset such as +01:00."),
    ],
)
def test_a_date_without_its_offset_is_refused(date: str, advice: str) -> None:
    assert sentences(WATCHED.replace("1764410400", f'"{date}"')) == [
        "Expected a time: seconds since 1970, or a date with its offset such as 2026-11-29T08:30:00+01:00; "
        f"found the date “{date}” without its offset from UTC. {advice}"
    ]


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2025-11-31T10:00:00Z", "the date “2025-11-31T10:00:00Z”, which does not exist. Correct it."),
        ("2025-11-29T24:30:00Z", "the date “2025-11-29T24:30:00Z”, which does not exist. Correct it."),
        ("29.11.2025 10:00", "the text “29.11.2025 10:00”."),
        ("2025-11-29T10:00:00.5Z", "the number 2025-11-29T10:00:00.5Z. In whole seconds it is 1764410400."),
    ],
)
def test_what_is_no_date_of_whole_seconds_is_refused(date: str, found: str) -> None:
    assert sentences(WATCHED.replace("1764410400", f'"{date}"')) == [
        "Expected a time: seconds since 1970, or a date with its offset such as 2026-11-29T08:30:00+01:00; "
        f"found {found}"
    ]


def test_a_timestamp_of_any_type_of_number_is_expected_as_a_time() -> None:
    types = ["null", "long", "float"]
    schema = read_entity_schema(ENTITIES["ITEMS"], text(typed("ITEM_ID"), typed("CREATION_TIMESTAMP", types)))
    problems = validate_record_input(schema, '{"ITEM_ID": "i", "CREATION_TIMESTAMP": "soon"}').problems
    assert [each.sentence for each in problems] == [
        "Expected a time: seconds since 1970, or a date with its offset such as 2026-11-29T08:30:00+01:00, or null; "
        "found the text “soon”."
    ]
    faults = validate_properties(schema, "i", '{"creationTimestamp": "soon"}')
    assert isinstance(faults, list)
    assert [each.sentence(reveal=False) for each in faults] == [
        "Expected a time: seconds since 1970, or null; found text."
    ]


def test_a_request_has_no_dates() -> None:
    schema = read_entity_schema(USERS, text(typed("USER_ID"), typed("SEEN_TIMESTAMP", "long")))
    assert isinstance(validate_properties(schema, "u", '{"seenTimestamp": "2025-11-29T10:00:00Z"}'), list)
    assert members('{"USER_ID": "u", "SEEN_TIMESTAMP": "2025-11-29T10:00:00Z"}', schema) == [
        {"userId": "u", "properties": '{"seenTimestamp":1764410400}'}
    ]


def test_timestamps_are_known_by_their_dates() -> None:
    found = list(moments(FULL, [{"timestamp": 1764410400}, {"timestamp": 10**15}, {}]))
    assert [(each.record, each.field, each.seconds) for each in found] == [
        (1, "TIMESTAMP", 1764410400),
        (2, "TIMESTAMP", 10**15),
    ]
    assert [each.date for each in found] == [datetime(2025, 11, 29, 10, tzinfo=UTC), None]


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (
            1764410400000,
            "1764410400000 seems to be in milliseconds. AWS's documents ask for seconds since 1970: 1764410400.",
        ),
        (-1, "-1 is before 1970. AWS's documents ask for seconds since then."),
    ],
)
def test_a_doubtful_timestamp_gets_a_warning(seconds: int, sentence: str) -> None:
    schema = read_entity_schema(ENTITIES["ITEMS"], text(typed("ITEM_ID"), typed("CREATION_TIMESTAMP", "long")))
    item = f'{{"ITEM_ID": "i", "CREATION_TIMESTAMP": {seconds}}}'
    records = validate_record_input(schema, item).records
    assert [each.sentence for each in remarks_on_values(item, schema, records, 0)] == [sentence]


@pytest.mark.parametrize(
    ("seconds", "sentences"),
    [
        (-5, ["-5 is before 1970. AWS's documents ask for seconds since then."]),
        (
            12,
            ["12 is before the year 2000. Check that it is when the event happened, in seconds since 1970."],
        ),
        (
            946684799,
            ["946684799 is before the year 2000. Check that it is when the event happened, in seconds since 1970."],
        ),
        (946684800, []),
        (1764496800, []),
        (1764496801, ["1764496801 is more than a day in the future. Check that it is when the event happened."]),
        (
            176441040000,
            ["176441040000 seems to be in milliseconds. AWS's documents ask for seconds since 1970: 176441040."],
        ),
    ],
)
def test_an_event_at_a_doubtful_moment_gets_a_warning(seconds: int, sentences: list[str]) -> None:
    event = WATCHED.replace("1764410400", str(seconds))
    records = validate_record_input(FULL, event).records
    assert [each.sentence for each in remarks_on_values(event, FULL, records, 1764410400)] == sentences


def test_an_item_of_long_ago_or_of_the_future_gets_no_warning() -> None:
    schema = read_entity_schema(ENTITIES["ITEMS"], text(typed("ITEM_ID"), typed("CREATION_TIMESTAMP", "long")))
    for seconds in (63072000, 4102444800):
        item = f'{{"ITEM_ID": "i", "CREATION_TIMESTAMP": {seconds}}}'
        assert remarks_on_values(item, schema, validate_record_input(schema, item).records, 1764410400) == ()


AN_ID = "as text in double quotes, 1 to 256 characters"


@pytest.mark.parametrize(
    ("impression", "place", "sentence"),
    [
        ([f"m-{number}" for number in range(27)], "Ln 1, Col 291", "Expected 1 to 25 IDs; found 27 IDs. Remove 2."),
        ([], "Ln 1, Col 100", "Expected 1 to 25 IDs; found an empty array. Put an ID into it, or remove the field."),
        (
            ["m-1", 7],
            "Ln 1, Col 108",
            f"Expected ID 2 of the array {AN_ID}; found the number 7. Put it in double quotes.",
        ),
        (["m-1", None], "Ln 1, Col 108", f"Expected ID 2 of the array {AN_ID}; found null."),
        ([["m-1"]], "Ln 1, Col 101", f"Expected ID 1 of the array {AN_ID}; found an array."),
        ([""], "Ln 1, Col 101", f"Expected ID 1 of the array {AN_ID}; found the text “”."),
        (["x" * 257], "Ln 1, Col 101", f"Expected ID 1 of the array {AN_ID}; found 257 characters."),
        (
            ["m-1|m-2"],
            "Ln 1, Col 101",
            f"Expected ID 1 of the array {AN_ID}, without |; found the text “m-1|m-2”. "
            "A dataset has | between IDs: write each ID as a text of its own.",
        ),
        (
            ["x" * 250] * 4,
            "Ln 1, Col 100",
            "Expected IDs of at most 1000 characters in all, with one more between each two; found 1003 characters.",
        ),
        ("|".join(["m"] * 26), "Ln 1, Col 100", None),
    ],
)
def test_what_is_wrong_in_an_impression_is_named_at_its_place(
    impression: object, place: str, sentence: str | None
) -> None:
    event = WATCHED[:-1] + f', "IMPRESSION": {json.dumps(impression)}}}'
    (problem,) = validate_record_input(FULL, event).problems
    assert problem.field == "IMPRESSION"
    if sentence is None:
        sentence = (
            "Expected text in double quotes, 1 to 25 IDs separated by |, at most 1000 characters in all, or null; "
            "found 26 IDs. Remove 1."
        )
    assert (problem.place, problem.sentence) == (place, sentence)


def test_a_control_character_or_half_an_id_in_an_impression_is_named_at_its_place() -> None:
    event = WATCHED[:-1] + ', "IMPRESSION": ["m-1", "m\\u0001", "\\ud800"]}'
    first, second = validate_record_input(FULL, event).problems
    assert first.sentence.endswith("Remove the control characters.")
    assert (first.field, second.field) == ("IMPRESSION", "IMPRESSION")
    assert first.sentence.startswith(f"Expected ID 2 of the array {AN_ID}; found")


@pytest.mark.parametrize(
    ("seconds", "advice"),
    [
        (1764410400000, "In seconds it is 1764410400."),
        (253402300800, "In seconds it is 253402300."),
        (-62135596801, "Write it in seconds since 1970."),
        (10**18, "Write it in seconds since 1970."),
    ],
)
def test_the_moment_of_an_event_is_one_that_can_be_sent(seconds: int, advice: str) -> None:
    assert sentences(WATCHED.replace("1764410400", str(seconds))) == [
        f"Expected a timestamp within the years 1 to 9999, in seconds; found {seconds}. {advice}"
    ]


def test_a_form_has_controls_for_what_is_typed_and_for_the_session() -> None:
    (card,) = read_form(BARE, record_template(BARE)).cards
    assert [each.field.name for each in card.controls] == [
        "USER_ID",
        "ITEM_ID",
        "TIMESTAMP",
        "SESSION_ID",
        "EVENT_TYPE",
    ]
    with_value = '{"USER_ID": "u", "EVENT_VALUE": 3, "ITEM_ID": "m"}'
    (card,) = read_form(BARE, with_value).cards
    assert "EVENT_VALUE" in [each.field.name for each in card.controls]
    timestamp = BARE.fields[2]
    assert kind_of(timestamp) is Kind.MOMENT
    assert (
        rule_in_words(timestamp) == "Seconds since 1970, or a date with its offset such as 2026-11-29T08:30:00+01:00"
    )
    recommendation = FULL.fields_by_key["recommendationid"]
    assert rule_in_words(recommendation) == "Text"


def test_a_form_of_the_api_s_shape_keeps_that_shape() -> None:
    event = (
        '{"userId": "u", "itemId": "m", "eventType": "t", "sentAt": 1, "properties": {"device": "TV", "userId": "x"}}'
    )
    (card,) = read_form(FULL, event).cards
    assert [each.name for each in card.others] == ["userId"]
    filled = fill_form(
        FULL, event, [FilledCard(0, {"SESSION_ID": (State.VALUE, "s-1"), "NUMBER_OF_RATINGS": (State.VALUE, "3")})]
    )
    assert json.loads(filled) == {
        "userId": "u",
        "itemId": "m",
        "eventType": "t",
        "sentAt": 1,
        "properties": {"device": "TV", "userId": "x", "numberOfRatings": 3},
        "sessionId": "s-1",
    }


def test_a_new_card_asks_for_the_user() -> None:
    assert json.loads(fill_form(BARE, "[]", [FilledCard(None, {})])) == [
        {"USER_ID": "string", "ITEM_ID": "string", "TIMESTAMP": "long", "EVENT_TYPE": "string"}
    ]


REQUEST = {
    "trackingId": "t-1",
    "userId": "u-1",
    "sessionId": "s-1",
    "eventList": [{"eventType": "Watch", "sentAt": 1764410400, "itemId": "m-1", "properties": '{"device":"TV"}'}],
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(REQUEST), "1 item interaction of a PutEvents request"),
        (
            "trackingId: t-1\nuserId: u-1\nsessionId: s-1\neventList:\n- eventType: Watch\n  sentAt: 1764410400\n"
            '  itemId: m-1\n  properties: \'{"device":"TV"}\'\n',
            "1 item interaction of YAML",
        ),
        (
            "aws personalize-events put-events --tracking-id t-1 --user-id u-1 --session-id s-1 --event-list "
            f"'{json.dumps(REQUEST['eventList'])}'",
            "1 item interaction of an AWS CLI command",
        ),
        (
            f"aws personalize-events put-events --cli-input-json '{json.dumps(REQUEST)}'",
            "1 item interaction of an AWS CLI command",
        ),
        (
            "{\n  trackingId: 't-1',\n  userId: 'u-1',\n  sessionId: 's-1',\n  eventList: [{\n    eventType: 'Watch',\n"
            "    sentAt: 1764410400,\n    itemId: 'm-1',\n    properties: { device: 'TV' },\n  }],\n}",
            "1 item interaction of a PutEvents request, nearly JSON: names put in double quotes, "
            "text put in straight double quotes, trailing commas removed",
        ),
    ],
)
def test_a_whole_request_becomes_record_input_with_its_user_and_session(text: str, words: str) -> None:
    found = detect(FULL, "t-1", text)
    assert isinstance(found, Detected)
    assert found.words == words
    (record,) = json.loads(found.text)
    assert record == {
        "USER_ID": "u-1",
        "SESSION_ID": "s-1",
        "EVENT_TYPE": "Watch",
        "TIMESTAMP": 1764410400,
        "ITEM_ID": "m-1",
        "DEVICE": "TV",
    }


def test_events_in_shorthand_syntax_may_have_lists() -> None:
    command = (
        "aws personalize-events put-events --tracking-id t-1 --user-id u-1 --session-id s-1 --event-list "
        "eventType=click,sentAt=1764410400,itemId=m-1,impression=m-1,m-2 "
        "eventType=buy,sentAt=2025-11-29T10:00:01Z,itemId=m-2,metricAttribution={eventAttributionSource=letter}"
    )
    found = detect(FULL, "t-1", command)
    assert found is not None
    assert found.words == "2 item interactions of an AWS CLI command"
    assert members(found.text) == [
        {"itemId": "m-1", "eventType": "click", "sentAt": 1764410400, "impression": ["m-1", "m-2"]},
        {
            "itemId": "m-2",
            "eventType": "buy",
            "sentAt": 1764410401,
            "metricAttribution": {"eventAttributionSource": "letter"},
        },
    ]


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        # The schema's own name of the item in the properties, and the seconds as text: clients in Lambda functions.
        (
            {"sentAt": "1764410400", "eventType": "Watch", "properties": '{"ITEM_ID": "m-1"}'},
            {"itemId": "m-1", "eventType": "Watch", "sentAt": 1764410400},
        ),
        # Numbers as texts in the properties: the first version of the API reference.
        (
            {
                "sentAt": 1764410400,
                "eventType": "rate",
                "properties": '{"itemId": "m-3", "eventValue": "3", "numberOfRatings": "12"}',
            },
            {
                "itemId": "m-3",
                "eventType": "rate",
                "sentAt": 1764410400,
                "eventValue": 3,
                "properties": '{"numberOfRatings":12}',
            },
        ),
        # A moment as JavaScript writes it, in whole seconds.
        (
            {"sentAt": "2025-11-29T10:00:00.000Z", "eventType": "click", "itemId": "m-1"},
            {"itemId": "m-1", "eventType": "click", "sentAt": 1764410400},
        ),
    ],
)
def test_events_of_requests_in_public_use_become_members(event: dict[str, Any], sent: dict[str, Any]) -> None:
    request = {"trackingId": "t-1", "userId": "u-1", "sessionId": "u-1", "eventList": [event]}
    found = detect(FULL, "t-1", json.dumps(request))
    assert found is not None
    assert members(found.text) == [sent]


def test_an_event_of_a_recommendation_that_there_was_none_of_says_what_to_do() -> None:
    event = {**json.loads(WATCHED), "RECOMMENDATION_ID": "", "IMPRESSION": []}
    assert [each.partition("; found ")[2] for each in sentences(json.dumps(event))] == [
        "the text “”. Put a value into it, or remove the field.",
        "an empty array. Put an ID into it, or remove the field.",
    ]


def test_a_request_of_another_event_tracker_is_refused() -> None:
    found = detect(FULL, "t-2", json.dumps(REQUEST))
    assert found is not None
    assert found.refusal == (
        "It is for another event tracker, “t-1”. Expected t-2. If the records are for this one, remove trackingId."
    )
    unknown = detect(FULL, "", json.dumps(REQUEST))
    assert unknown is not None
    assert not unknown.refusal


def test_the_request_of_events_as_code() -> None:
    event = {
        "USER_ID": "u-1",
        "SESSION_ID": "s-1",
        "ITEM_ID": "m-1",
        "TIMESTAMP": 1764410400,
        "EVENT_TYPE": "Watch",
        "EVENT_VALUE": 4.5,
        "IMPRESSION": "m-1|m-2",
        "EVENT_ATTRIBUTION_SOURCE": "newsletter",
    }
    records = [each.sent for each in validate_record_input(FULL, json.dumps(event)).records]
    by_name = {each.name: each.code for each in samples(Target(INTERACTIONS, "us-east-1", "t-1"), records)}
    assert "aws personalize-events put-events \\\n" in by_name["AWS CLI"]
    assert "  --tracking-id t-1 \\\n  --user-id u-1 \\\n  --session-id s-1 \\\n" in by_name["AWS CLI"]
    assert (
        '    trackingId="t-1",\n    userId="u-1",\n    sessionId="s-1",\n    eventList=[' in by_name["Python (boto3)"]
    )
    assert '"impression": ["m-1", "m-2"],' in by_name["Python (boto3)"]
    assert "sentAt: new Date(1764410400 * 1000)," in by_name["JavaScript"]
    java = by_name["Java"]
    assert "import java.time.Instant;\n" in java
    assert "personalizeevents.model.MetricAttribution;\n" in java
    assert ".sentAt(Instant.ofEpochSecond(1764410400L))" in java
    assert ".eventValue(4.5f)" in java
    assert '.impression("m-1", "m-2")' in java
    assert '.metricAttribution(MetricAttribution.builder().eventAttributionSource("newsletter").build())' in java
    assert '            .trackingId("t-1")\n            .userId("u-1")\n            .sessionId("s-1")\n' in java
    assert "amazonaws.com/events" in by_name["HTTP"]


def test_what_the_request_needs_is_asked_for() -> None:
    assert sentences('{"USER_ID": "u", "ITEM_ID": "m", "TIMESTAMP": 1}', BARE) == [
        "Expected text in double quotes, 1 to 256 characters (string); found none. "
        "Add it: the request requires EVENT_TYPE."
    ]


def test_numbers_of_actions_that_the_guide_does_not_have_get_a_warning() -> None:
    schema = read_entity_schema(
        ENTITIES["ACTIONS"], text(typed("ACTION_ID"), typed("VALUE", "long"), typed("REPEAT_FREQUENCY", "long"))
    )
    action = '{"ACTION_ID": "a", "VALUE": 11, "REPEAT_FREQUENCY": 31}'
    records = validate_record_input(schema, action).records
    assert [each.sentence for each in remarks_on_values(action, schema, records, 0)] == [
        "AWS's documents ask for a number from 1 to 10.",
        "AWS's documents ask for a number from 0 to 30.",
    ]
