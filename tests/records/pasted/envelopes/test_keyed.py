"""Records by their ids, as names and values, and with the types that Avro and forms write beside values."""

import json
from typing import Any

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import events_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

GOLD_FIELDS = {"AGE": 34, "SCORE": 1.5, "VIP": True, "MEMBERSHIP_TYPE": "Gold"}
BASIC_FIELDS = {"SCORE": 2.0, "VIP": False, "MEMBERSHIP_TYPE": "Basic"}
TAKEN = "The name before each record is taken for USER_ID: “u-1” and so on."


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"u-1": GOLD_FIELDS, "u-2": BASIC_FIELDS}),
        json.dumps({"users": {"u-1": GOLD_FIELDS, "u-2": BASIC_FIELDS}}),
        json.dumps({"data": {"entities": {"u-1": GOLD_FIELDS, "u-2": BASIC_FIELDS}}}),
        repr({"u-1": GOLD_FIELDS, "u-2": BASIC_FIELDS}),
        "u-1:\n  AGE: 34\n  SCORE: 1.5\n  VIP: true\n  MEMBERSHIP_TYPE: Gold\n"
        "u-2:\n  SCORE: 2.0\n  VIP: false\n  MEMBERSHIP_TYPE: Basic\n",
    ],
)
def test_the_name_before_a_record_without_an_id_is_its_id(text: str) -> None:
    assert values(text) == [GOLD, BASIC]
    assert read(text).changes == (TAKEN,)


def test_a_single_name_is_an_id_if_it_is_no_word() -> None:
    assert values(json.dumps({"u-1": GOLD_FIELDS})) == [GOLD]
    assert read(json.dumps({"u-1": GOLD_FIELDS})).changes == (
        "The name before each record is taken for USER_ID: “u-1”.",
    )


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        ({"user": GOLD_FIELDS}, ()),
        ({"user-1": {"AGE": 34}}, ()),
        ({"1": GOLD_FIELDS, "2": BASIC_FIELDS}, ("Left out around the records: 1, 2.",)),
        ({"": GOLD_FIELDS, "u-2": BASIC_FIELDS}, ("Left out around the records: , u-2.",)),
        ({"x": {"USER_ID": "u-1", **GOLD_FIELDS}, "u-2": BASIC_FIELDS}, ("Left out around the records: x, u-2.",)),
    ],
)
def test_other_names_are_no_ids(value: Any, changes: tuple[str, ...]) -> None:
    detected = read(json.dumps(value))
    assert detected.changes == changes
    assert [each.get("USER_ID") for each in json.loads(detected.text)] in ([None], [None, None], ["u-1", None])


def test_names_before_events_are_no_ids_of_users() -> None:
    schema = events_schema()
    event = {"ITEM_ID": "i-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1795946400}
    detected = detect(schema, "", json.dumps({"-Nx1": event, "-Nx2": event}))
    assert detected is not None
    assert detected.changes == ("Left out around the records: -Nx1, -Nx2.",)
    assert "-Nx1" not in detected.text


def pairs(name: str, value: str, fields: dict[str, Any], **others: Any) -> list[dict[str, Any]]:
    return [{name: each, value: fields[each], **others} for each in fields]


USERS = [{"USER_ID": "u-1", **GOLD_FIELDS}, {"USER_ID": "u-2", **BASIC_FIELDS}]


@pytest.mark.parametrize(
    "value",
    [
        [pairs("field", "value", each) for each in USERS],
        {"results": [pairs("field", "value", each) for each in USERS], "status": "Complete"},
        [{"attributes": pairs("Name", "Value", each)} for each in USERS],
        [pairs("key", "val", each, type="x") for each in USERS],
        [[[name, value] for name, value in each.items()] for each in USERS],
    ],
)
def test_names_and_their_values_are_a_record(value: Any) -> None:
    assert values(json.dumps(value)) == [GOLD, BASIC]
    assert read(json.dumps(value)).words.startswith("2 users as names and values")


@pytest.mark.parametrize(
    "value",
    [
        [{"name": "AGE", "value": 34}],
        [{"name": "a", "value": 1}, {"name": "b", "value": 2}],
        [{"name": "AGE", "value": 34}, {"name": "AGE", "value": 35}],
        [{"name": "USER_ID", "value": "u-1"}, {"title": "AGE"}],
        [{"name": 1, "value": "u-1"}, {"name": 2, "value": 3}],
    ],
)
def test_other_lists_are_no_record(value: Any) -> None:
    detected = detect(SCHEMA, "", json.dumps(value))
    assert detected is None or not detected.text


def test_a_heading_of_two_names_is_no_pair() -> None:
    assert '"USER_ID": "u-1",\n    "AGE": 34' in read('[["USER_ID", "AGE"], ["u-1", 34]]').text


@pytest.mark.parametrize(
    "gold",
    [
        {
            "AGE": {"int": 34},
            "SCORE": {"double": 1.5},
            "VIP": {"boolean": True},
            "MEMBERSHIP_TYPE": {"string": "Gold"},
        },
        {"AGE": {"long": 34}, "SCORE": {"float": 1.5}, "VIP": True, "MEMBERSHIP_TYPE": {"com.shop.Tier": "Gold"}},
        {"AGE": 34, "SCORE": 1.5, "VIP": True, "MEMBERSHIP_TYPE": {"array": [{"string": "Gold"}]}},
        {
            "AGE": {"type": "literal", "datatype": "xsd:int", "value": "34"},
            "SCORE": {"@value": "1.5", "@type": "xsd:double"},
            "VIP": {"type": "CHECK_BOX", "value": True},
            "MEMBERSHIP_TYPE": {"type": "DROP_DOWN", "value": "Gold"},
        },
    ],
)
def test_types_beside_values_are_left_out(gold: dict[str, Any]) -> None:
    text = json.dumps({"USER_ID": "u-1", **gold})
    assert values(text) == [GOLD]
    assert "The types that a database has written beside the values are left out." in read(text).changes


@pytest.mark.parametrize("age", [{"int": "34"}, {"value": 34, "unit": "years"}, {"type": "a", "datatype": "b"}, {}])
def test_other_objects_are_no_values(age: Any) -> None:
    assert detect(SCHEMA, "", json.dumps([{"USER_ID": "u-1", "AGE": age}])) is None


ADDED = ", which the database or program has added, "


@pytest.mark.parametrize(
    ("others", "changes"),
    [
        ({"_links": {"self": {"href": "/1"}}}, (f"_links{ADDED}is left out.",)),
        ({"id": "u-1", "_rid": "a==", "@timestamp": 1}, (f"id, _rid and @timestamp{ADDED}are left out.",)),
        (
            {f"_{number}": number for number in range(11)},
            (f"_0, _1, _2, _3, _4, _5, _6, _7, _8, _9 and others{ADDED}are left out.",),
        ),
    ],
)
def test_what_databases_add_is_left_out_and_named(others: dict[str, Any], changes: tuple[str, ...]) -> None:
    text = json.dumps([{**USERS[0], **others}])
    assert values(text) == [GOLD]
    assert read(text).changes == changes


def test_another_id_is_not_left_out() -> None:
    assert detect(SCHEMA, "", json.dumps([{**USERS[0], "id": "u-2"}])) is None


def test_a_field_is_kept_however_its_name_begins() -> None:
    text = json.dumps([{"_user_id": "u-1", "@age": 34, "_x": 1, **BASIC_FIELDS}])
    assert values(text) == [("u-1", 34, 2.0, False, "Basic")]


@pytest.mark.parametrize("name", ["_c0", "No.", "№", "idx", "Row #"])
def test_columns_of_running_numbers_are_left_out(name: str) -> None:
    text = f"{name},USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE\n1,u-1,34,1.5,true,Gold\n2,u-2,,2,false,Basic\n"
    assert values(text) == [GOLD, BASIC]
    assert read(text).changes == (f"The column {name} of row numbers is left out.",)


@pytest.mark.parametrize(
    ("documents", "name"),
    [
        ([{"_index": "a", "_id": "u-1", "_source": GOLD_FIELDS}, {"_id": "u-2", "_source": BASIC_FIELDS}], "_id"),
        ([{"key": "u-1", "value": GOLD_FIELDS}, {"key": "u-2", "value": BASIC_FIELDS}], "key"),
        ([{"id": "u-1", "fields": GOLD_FIELDS, "at": 1}, {"id": "u-2", "fields": BASIC_FIELDS}], "id"),
        ([{"id": "u-1", "value": {"rev": 1}, "doc": GOLD_FIELDS}, {"id": "u-2", "doc": BASIC_FIELDS}], "id"),
    ],
)
def test_the_id_beside_the_fields_of_a_document_is_its_id(documents: list[dict[str, Any]], name: str) -> None:
    text = json.dumps({"rows": documents})
    assert values(text) == [GOLD, BASIC]
    assert read(text).changes[0] == f"{name} beside the fields is taken for USER_ID."


def test_a_number_beside_the_fields_of_a_document_is_its_id() -> None:
    assert values(json.dumps([{"id": 1001, "fields": GOLD_FIELDS}])) == [("1001", *GOLD[1:])]


def test_the_id_beside_an_inner_object_of_a_record_is_not_taken() -> None:
    assert '"USER_ID"' not in read(json.dumps([{"id": "u-9", "AGE": 1, "SCORE": "2,5", "data": {"VIP": True}}])).text


@pytest.mark.parametrize("name", ["id", "ID", "Id"])
def test_a_member_called_id_alone_is_the_id_of_its_record(name: str) -> None:
    text = json.dumps([{name: "u-1", **GOLD_FIELDS}, {name: "u-2", **BASIC_FIELDS, "valid": 1, "tags": ["a"]}])
    detected = read(text)
    left_out = "Left out, as the schema has no field for them: valid and tags."
    assert detected.changes == (f"{name} is taken for USER_ID.", left_out)
    assert [each["USER_ID"] for each in json.loads(detected.text)] == ["u-1", "u-2"]


def test_a_column_called_id_alone_has_the_ids() -> None:
    text = "id,AGE,SCORE,VIP,MEMBERSHIP_TYPE\nu-1,34,1.5,true,Gold\nu-2,,2.0,false,Basic\n"
    assert values(text) == [GOLD, BASIC]
    assert read(text).changes == ("id is taken for USER_ID.",)


@pytest.mark.parametrize(
    "others",
    [
        {"USER_ID": "u-1"},
        {"customer_id": "u-1"},
        {"external_id": "x"},
        {"accountId": "x"},
        {"uuid": "x"},
        {"profile": {"level": 1}},
        {"ID": "u-2"},
    ],
)
def test_a_member_called_id_beside_another_id_or_an_object_is_no_id(others: dict[str, Any]) -> None:
    detected = detect(SCHEMA, "", json.dumps([{"id": "u-9", **GOLD_FIELDS, **others}]))
    assert detected is None or (
        "id is taken for USER_ID." not in detected.changes and json.loads(detected.text)[0].get("USER_ID") != "u-9"
    )


def test_an_event_called_by_an_id_has_no_user() -> None:
    event = {"id": "e-1", "ITEM_ID": "i-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1795946400}
    assert detect(events_schema(), "", json.dumps([event])) is None
