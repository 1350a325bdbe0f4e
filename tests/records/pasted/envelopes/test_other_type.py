"""Records of another type of dataset are told by the names of their fields."""

import json
from typing import Any

import pytest

from console.records.entities import ENTITIES
from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.schemas.schema import Schema, read_entity_schema
from tests.support.examples import EXAMPLES, Example
from tests.support.examples.events import INTERACTIONS
from tests.support.examples.records import ACTIONS, ITEMS, USERS


def schema_of(example: Example) -> Schema:
    text = json.dumps({"type": "record", "name": "Any", "fields": example.fields})
    return read_entity_schema(ENTITIES[example.dataset_type], text)


def detected(example: Example, text: str) -> Detected | None:
    return detect(schema_of(example), "", text)


@pytest.mark.parametrize("other", EXAMPLES, ids=lambda each: f"a record of {each.slug}")
@pytest.mark.parametrize("own", EXAMPLES, ids=lambda each: f"on the page of {each.slug}")
def test_a_record_of_another_type_is_told(own: Example, other: Example) -> None:
    if own is other:
        assert detected(own, json.dumps(own.record)) is None
        assert detected(own, json.dumps({**own.record, "MISSPELT": 1})) is None
        return
    found = detected(own, json.dumps(other.record))
    assert found is not None
    assert found.words == f"what looks like 1 {other.name}"
    assert found.refusal == f"This page creates {own.name}s."
    assert (found.text, found.other) == ("", ENTITIES[other.dataset_type])


ITEM = {"ITEM_ID": "film-1", "GENRES": "Drama", "PRICE": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps([ITEM, ITEM]), "what looks like 2 items"),
        (json.dumps([ITEM] * 12), "what looks like 12 items"),
        (json.dumps({"itemId": "film-1", "properties": {"genres": "Drama"}}), "what looks like 1 item"),
        (json.dumps({"itemId": "film-1", "properties": '{"genres": "Drama"}'}), "what looks like 1 item"),
        ('{"ITEM_ID": "a", "GENRES": "b"}\n{"ITEM_ID": "b", "GENRES": "c"}', "what looks like 2 items"),
        ("ITEM_ID,GENRES\nfilm-1,Drama\nfilm-2,Comedy\n", "what looks like 2 items"),
        ('\ufeff"ITEM_ID"\t"GENRES"\r\nfilm-1\tDrama\r\n', "what looks like 1 item"),
        (
            json.dumps({"userId": "u", "itemId": "i", "eventType": "Watch", "sentAt": 1764410400}),
            "what looks like 1 item interaction",
        ),
    ],
)
def test_shapes_of_another_type_are_told(text: str, words: str) -> None:
    found = detected(USERS, text)
    assert found is not None
    assert (found.words, found.text) == (words, "")


@pytest.mark.parametrize(
    ("own", "record"),
    [
        # An interaction that is not finished, and one with a name that its schema does not have.
        (INTERACTIONS, {"USER_ID": "ada", "EVENT_TYPE": "Watch"}),
        (INTERACTIONS, {"USER_ID": "ada", "TIMESTAMP": 1764410400, "FILM": "m-1"}),
        # A user with one more field than the schema, as that of another type is called.
        (USERS, {"USER_ID": "ada", "ITEM_ID": "film-1"}),
        (USERS, {"AGE": 36}),
        (USERS, {"user": "ada"}),
        (ITEMS, {"name": "a film"}),
        (ACTIONS, {}),
    ],
)
def test_records_that_are_only_wrong_are_not_taken_for_others(own: Example, record: dict[str, Any]) -> None:
    assert detected(own, json.dumps(record)) is None


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([ITEM, {"ACTION_ID": "a-1", "VALUE": 3}]),
        json.dumps([ITEM, {"USER_ID": "ada"}]),
        json.dumps([ITEM, "film-2"]),
        json.dumps("ITEM_ID"),
        "ITEM_ID,GENRES\n",
    ],
)
def test_mixed_records_and_no_records_are_of_no_other_type(text: str) -> None:
    assert detected(USERS, text) is None


def test_a_name_that_the_schema_has_too_is_no_sign_of_another_type() -> None:
    fields = [{"name": name, "type": "string"} for name in ("USER_ID", "ITEM_ID")]
    fields.append({"name": "TIMESTAMP", "type": "long"})
    schema = read_entity_schema(ENTITIES["USERS"], json.dumps({"type": "record", "name": "Users", "fields": fields}))
    record = {"USER_ID": "ada", "ITEM_ID": "film-1", "TIMESTAMP": 1, "MISSPELT": 1}
    assert detect(schema, "", json.dumps(record)) is None


def test_a_request_of_another_type_names_the_type() -> None:
    found = detected(USERS, json.dumps({"items": [{"itemId": "film-1", "properties": "{}"}]}))
    assert found is not None
    assert found.other is ENTITIES["ITEMS"]
