"""Users of a PutUsers request, validated without a text that a person typed."""

import pytest

from console.records.problems import Fault
from console.records.validation.validation import validate_properties
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(NUMBER_OF_VIDEOS_WATCHED=["null", "int"], GENDER="categorical string")


def faults(properties: str | None) -> list[Fault]:
    validated = validate_properties(SCHEMA, "u", properties)
    assert isinstance(validated, list)
    return validated


def test_takes_the_example_of_the_api_reference() -> None:
    validated = validate_properties(
        SCHEMA, "u", '{"numberOfVideosWatched": "45", "gender": "Member|Frequent shopper"}'
    )
    assert validated == {"numberOfVideosWatched": 45, "gender": "Member|Frequent shopper"}


def test_takes_a_value_that_is_a_placeholder_of_the_template() -> None:
    assert validate_properties(SCHEMA, "string", '{"gender": "string"}') == {"gender": "string"}


def test_takes_a_user_without_properties_if_all_fields_are_nullable() -> None:
    assert validate_properties(users_schema(AGE=["null", "int"]), "u", None) == {}


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        (
            None,
            "Expected text in double quotes (categorical string); found none. Add it: the schema requires GENDER.",
        ),
        ("[]", "Expected properties that are the text of a JSON object; found an array."),
        (
            '"{}"',
            "Expected properties that are the text of a JSON object; found text. Encode the object as JSON once, not twice.",
        ),
        ("7", "Expected properties that are the text of a JSON object; found a number."),
        ("null", "Expected properties that are the text of a JSON object; found null."),
        ("{", "Expected a name in double quotes; found the end of the text."),
        (
            '\ufeff{"gender": "a"}',
            "Expected a JSON object; found a byte order mark (U+FEFF). Remove it: it is invisible, and JSON cannot begin with it.",
        ),
        (
            '{"gender": NaN}',
            "Expected a JSON value; found “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        (
            '{"gender": "a", "userId": "u"}',
            "Expected metadata fields only; found userId inside properties. Write userId beside properties, not inside.",
        ),
        (
            '{"gender": "a", "shoeSize": 1}',
            "Expected a field of the schema; found a name that is not one of them. Remove it, or write the name of the field that it is for.",
        ),
        ('{"gender": "a", "GENDER": "b"}', "Expected each field once; found it again. Keep one."),
        (
            '{"gender": "a", "numberOfVideosWatched": "many"}',
            "Expected a whole number (int), or null; found text.",
        ),
        (
            '{"gender": true}',
            'Expected text in double quotes (categorical string); found true. Write "true".',
        ),
        (
            '{"gender": {}}',
            "Expected text in double quotes (categorical string); found an object. Fields hold single values.",
        ),
        (
            '{"gender": "%s"}' % ("x" * 1001),
            "Expected text in double quotes (categorical string: values of at most 1000 characters, separated by |); found text of 1001 characters.",
        ),
    ],
)
def test_says_what_is_wrong_without_repeating_a_value(properties: str | None, sentence: str) -> None:
    assert [fault.sentence(reveal=False) for fault in faults(properties)] == [sentence]


def test_refuses_a_user_id_that_is_too_long() -> None:
    validated = validate_properties(SCHEMA, "x" * 257, '{"gender": "a"}')
    assert isinstance(validated, list)
    assert [fault.field for fault in validated] == ["USER_ID"]
