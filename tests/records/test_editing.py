"""A text that was typed: laid out, with one record more, and with a user's known record."""

import json
from uuid import UUID

import pytest

from console.records.editing import formatted, with_another_record, with_known_record, with_sessions
from tests.records.literal_schemas import events_schema, users_schema

SCHEMA = users_schema(AGE="int", TOTAL_SPEND="float")
PROPERTIES = '{"age": 34, "totalSpend": 129.90, "shoeSize": {"eu": 44}}'
LAID_OUT = '{\n  "USER_ID": "ada",\n  "AGE": 34,\n  "TOTAL_SPEND": 129.90,\n  "shoeSize": {\n    "eu": 44\n  }\n}'
ALONE = '{\n  "USER_ID": "ada"\n}'


def test_an_empty_text_becomes_the_record_with_its_values_as_they_are() -> None:
    assert with_known_record(SCHEMA, " \n", "ada", PROPERTIES) == LAID_OUT


def test_properties_that_are_no_object_leave_the_id() -> None:
    assert with_known_record(SCHEMA, "", "ada", "{}") == ALONE
    assert with_known_record(SCHEMA, "", "ada", "[1]") == ALONE


@pytest.mark.parametrize("text", ["{", '{"USER_ID": "ada" "AGE": 1}', "nothing"])
def test_a_text_that_cannot_be_read_has_no_place_for_it(text: str) -> None:
    assert with_known_record(SCHEMA, text, "ada", "{}") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"user_id": "ada", "AGE": 1}', '{"USER_ID": "ada"}'),
        ('[{"userId": "ada"}]', '[{"USER_ID": "ada"}]'),
        ('{"USER_ID": "eve"}', '[{"USER_ID": "eve"}, {"USER_ID": "ada"}]'),
        ('[{"USER_ID": "ada", "AGE": 1}, {"USER_ID": "eve"}]', '[{"USER_ID": "ada"}, {"USER_ID": "eve"}]'),
        ('[{"USER_ID": "ada"}, {"USER_ID": "eve"}, {"userId": "ada"}]', '[{"USER_ID": "ada"}, {"USER_ID": "eve"}]'),
        ('[1, {"USER_ID": ["ada"]}, {"AGE": "ada"}]', '[1, {"USER_ID": ["ada"]}, {"AGE": "ada"}, {"USER_ID": "ada"}]'),
        ("[]", '[{"USER_ID": "ada"}]'),
    ],
)
def test_stands_where_the_user_is_or_last(text: str, expected: str) -> None:
    found = with_known_record(SCHEMA, text, "ada", "{}")
    assert found is not None
    assert (
        " ".join(found.split()).replace("[ ", "[").replace(" ]", "]").replace("{ ", "{").replace(" }", "}") == expected
    )


def test_a_text_is_laid_out_with_its_values_as_they_were_typed() -> None:
    assert formatted('{"USER_ID":"ada","TOTAL_SPEND":129.90,"AGE":"034"}') == (
        '{\n  "USER_ID": "ada",\n  "TOTAL_SPEND": 129.90,\n  "AGE": "034"\n}'
    )
    assert formatted("[]") == "[]"


@pytest.mark.parametrize("text", ["", "{", '{"USER_ID": "ada" "AGE": 1}'])
def test_a_text_that_cannot_be_read_cannot_be_laid_out(text: str) -> None:
    assert formatted(text) is None


TEMPLATE = '{\n  "USER_ID": "string",\n  "AGE": "int",\n  "TOTAL_SPEND": "float"\n}'


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ('{"USER_ID": "ada"}', '{\n    "USER_ID": "ada"\n  }'),
        ('[{"USER_ID": "ada"}]', '{\n    "USER_ID": "ada"\n  }'),
        ("[7]", "7"),
    ],
)
def test_another_record_comes_after_all_others(text: str, before: str) -> None:
    after = TEMPLATE.replace("\n", "\n  ")
    assert with_another_record(SCHEMA, text) == f"[\n  {before},\n  {after}\n]"


def test_the_first_record_stands_alone_and_none_comes_into_a_text_that_cannot_be_read() -> None:
    assert with_another_record(SCHEMA, " ") == TEMPLATE
    assert with_another_record(SCHEMA, "{") is None


KEY = UUID("6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55")
# UUIDs of version 5 of the key and the user: of u-1, and of nobody who is known.
SESSIONS = {"u-1": "f58cf779-17e4-51b6-9f98-012ae4aabcec", "": "714a3043-8009-59a8-8e6d-1677ed3be957"}
EVENTS = events_schema()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"USER_ID": "u-1", "ITEM_ID": "m"}, {"USER_ID": "u-1", "ITEM_ID": "m", "SESSION_ID": SESSIONS["u-1"]}),
        ({"user_id": "u-1", "sessionId": None}, {"user_id": "u-1", "SESSION_ID": SESSIONS["u-1"]}),
        (
            [{"USER_ID": "u-1", "SESSION_ID": "s"}, {"ITEM_ID": "m"}, 7],
            [{"USER_ID": "u-1", "SESSION_ID": "s"}, {"ITEM_ID": "m", "SESSION_ID": SESSIONS[""]}, 7],
        ),
        (
            {"userId": "u-1", "properties": '{"itemId": "m"}'},
            {"userId": "u-1", "properties": '{"itemId": "m"}', "SESSION_ID": SESSIONS["u-1"]},
        ),
    ],
)
def test_events_get_the_sessions_of_their_press(typed: object, expected: object) -> None:
    assert json.loads(with_sessions(EVENTS, json.dumps(typed), KEY)) == expected


@pytest.mark.parametrize("text", ["", "{", '[ {"USER_ID":"u-1", "SESSION_ID":"s"} ]', "[7]"])
def test_a_text_without_such_events_stays_as_it_is(text: str) -> None:
    assert with_sessions(EVENTS, text, KEY) == text
