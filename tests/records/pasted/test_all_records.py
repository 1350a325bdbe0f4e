"""All records of a pasted text as a file: console/records/pasted/all_records.py."""

import json

import pytest

from console.records.entities import INTERACTIONS, USERS
from console.records.pasted.all_records import TextFile, text_file
from console.records.pasted.detected import Refusal
from console.records.pasted.detection import detect
from console.records.schemas.schema import Schema, read_entity_schema

HEADING = "USER_ID,AGE,KIND"
RECORDS = [{"USER_ID": f"u-{number}", "AGE": 30 + number, "KIND": "a|b"} for number in range(12)]


def schema_of(*fields: tuple[str, object]) -> str:
    described = [{"name": name, "type": kind} for name, kind in fields]
    return json.dumps({"type": "record", "name": "Any", "fields": described, "version": "1.0"})


@pytest.fixture
def users() -> Schema:
    return read_entity_schema(USERS, schema_of(("USER_ID", "string"), ("AGE", ["null", "int"]), ("KIND", "string")))


def records_in(file: TextFile) -> list[object]:
    return [json.loads(line) for line in file.text.splitlines()]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csv", HEADING + "".join(f"\nu-{number};3,a" for number in range(12))),
        ("csv", "\ufeff" + HEADING.replace(",", "\t") + "\nu-1\t2\ta" * 12),
        ("jsonl", "\n".join(json.dumps(each) for each in RECORDS)),
        ("json", json.dumps(RECORDS)),
        ("json", f"\ufeff \n{json.dumps(RECORDS, indent=1)}"),
        ("csv", "no records at all"),
    ],
    ids=["CSV with rows that are too short", "TSV with a mark", "JSON Lines", "JSON", "JSON with a mark", "prose"],
)
def test_what_files_have_stays_as_it_stands(users: Schema, name: str, text: str) -> None:
    assert text_file(users, "", text) == TextFile(f"pasted-records.{name}", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "+---------+-----+------+\n| USER_ID | AGE | KIND |\n+---------+-----+------+\n"
            + "".join(f"| u-{number:<5} | {30 + number:<3} | a|b  |\n" for number in range(12)).replace("a|b ", "a,b ")
            + "+---------+-----+------+\n",
            "12 rows of a MySQL table",
        ),
        (
            "INSERT INTO users (USER_ID, AGE, KIND) VALUES "
            + ", ".join(f"('u-{number}', {30 + number}, 'a|b')" for number in range(12)),
            "12 rows of INSERT statements",
        ),
        (json.dumps({"users": RECORDS}), "12 users"),
    ],
    ids=["a table", "INSERT", "around JSON"],
)
def test_of_other_texts_all_records_are_taken(users: Schema, text: str, words: str) -> None:
    found = text_file(users, "", text)
    assert found.name == "pasted-records.jsonl"
    assert found.words.startswith(words.partition(" rows")[0].partition(" users")[0])
    assert [{**each, "KIND": "a|b"} for each in records_in(found) if isinstance(each, dict)] == RECORDS
    # Create record(s) says of the same text how many there are, and takes none of them.
    detected = detect(users, "", text)
    assert detected is not None
    assert (detected.count, detected.text) == (12, "")


def test_values_become_what_their_fields_take_and_that_is_said(users: Schema) -> None:
    text = repr([{"USER_ID": "u-1", "AGE": None, "KIND": "a"}, {"USER_ID": "u-2", "AGE": 3.0, "KIND": "b"}])
    found = text_file(users, "", text)
    assert records_in(found) == [
        {"USER_ID": "u-1", "AGE": None, "KIND": "a"},
        {"USER_ID": "u-2", "AGE": 3, "KIND": "b"},
    ]
    assert found.changes == ("None becomes no value (null).", "3.0 becomes 3.")


def test_a_request_of_events_keeps_their_users_and_sessions() -> None:
    fields = (("USER_ID", "string"), ("ITEM_ID", "string"), ("EVENT_TYPE", "string"), ("TIMESTAMP", "long"))
    interactions = read_entity_schema(INTERACTIONS, schema_of(*fields))
    event = {"eventType": "Watch", "itemId": "i-1", "sentAt": 1600000000}
    request = {"trackingId": "t-1", "userId": "u-1", "sessionId": "s-1", "eventList": [event] * 11}
    found = text_file(interactions, "t-1", json.dumps(request))
    assert [len(records_in(found)), "s-1" in found.text.splitlines()[0]] == [11, True]
    with pytest.raises(Refusal, match="It is for another event tracker"):
        text_file(interactions, "t-2", json.dumps(request))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (json.dumps([{"ITEM_ID": "i-1", "PRICE": 2}] * 12), "This page creates users"),
        (json.dumps({"users": [*RECORDS, 3]}), "Expected a list of users"),
        ("- userId: u-1\n- userId: !!timestamp 2026-11-21\n", "values that JSON cannot express"),
        ("aws personalize-events put-users --dataset-arn x --users file://users.json", "names a file on your machine"),
        ("\n".join([json.dumps({"ITEM_ID": "i-1", "PRICE": 2})] * 12), "This page creates users"),
    ],
    ids=["another type", "no record", "a date of YAML", "a file", "lines of another type"],
)
def test_what_cannot_be_turned_into_records_is_refused(users: Schema, text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        text_file(users, "", text)


@pytest.mark.parametrize(
    "text",
    [
        repr([{"USER_ID": "u-1"}] * 20_000),
        "x\n" * 50_001,
        json.dumps([[0] * 60_000]),
        "[" * 2000 + "]" * 2000,
    ],
    ids=["characters", "lines", "values", "levels"],
)
def test_what_is_too_long_to_be_detected_stays_as_it_stands(users: Schema, text: str) -> None:
    assert text_file(users, "", text).text == text
