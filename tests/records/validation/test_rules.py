"""What each data type takes: each case is one value of one field, as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.record_input import validate_record_input
from console.records.schemas.field_types import BOUNDS
from console.records.validation.rules import is_valid, validator
from tests.records.literal_schemas import users_schema

ACCEPTED: list[tuple[Any, str, Any]] = [
    ("int", "0", 0),
    ("int", "-2147483648", -2147483648),
    ("int", "2147483647", 2147483647),
    ("int", '"45"', 45),
    ("int", '"-2147483648"', -2147483648),
    ("long", "9223372036854775807", 9223372036854775807),
    ("long", "-9223372036854775808", -9223372036854775808),
    ("long", '"9223372036854775807"', 9223372036854775807),
    ("float", "3", 3),
    ("float", "1.5", 1.5),
    ("float", "3.4028234663852886e38", 3.4028234663852886e38),
    ("float", '"-1.5e3"', -1500.0),
    ("float", "3.4028235e38", 3.4028235e38),
    ("float", '"-3.4028235E38"', -3.4028235e38),
    ("double", "1.7976931348623157e308", 1.7976931348623157e308),
    ("double", "1e39", 1e39),
    ("double", '"12"', 12),
    ("double", "1e-400", 0.0),
    ("boolean", "true", True),
    ("boolean", "false", False),
    ("boolean", '"true"', True),
    ("boolean", '"false"', False),
    ("string", '""', ""),
    ("string", '"45"', "45"),
    ("string", '"true"', "true"),
    ("string", '"\\u0000 \\ud83d\\ude00"', "\x00 😀"),
    ("string", f'"{"é" * 1000}"', "é" * 1000),
    ("categorical string", '"Premium Class|Legacy Member"', "Premium Class|Legacy Member"),
    ("categorical string", f'"{"x" * 1000}|{"y" * 1000}"', f"{'x' * 1000}|{'y' * 1000}"),
    ("categorical long", "7", 7),
    (["null", "int"], "null", None),
    (["int", "null"], "7", 7),
    ("null", "null", None),
    (["int", "string"], "7", 7),
    (["int", "string"], '"7"', "7"),
    (["long", "double"], "7.5", 7.5),
    (["null", "boolean"], '"true"', True),
]

REFUSED: list[tuple[Any, str, str, str]] = [
    ("int", "2147483648", "the number 2147483648", ""),
    ("int", "-2147483649", "the number -2147483649", ""),
    ("int", '"2147483648"', "the text “2147483648”", ""),
    ("int", "30.0", "the number 30.0", "Write 30."),
    ("int", "3e1", "the number 3e1", "Write 30."),
    ("int", "30.5", "the number 30.5", ""),
    ("int", "1e400", "the number 1e400", ""),
    ("int", '"30.0"', "the text “30.0”", "Write 30."),
    ("int", '"thirty"', "the text “thirty”", ""),
    ("int", '""', "the text “”", ""),
    ("int", '" 30"', "the text “ 30”", "Write it without spaces."),
    ("int", '"3_0"', "the text “3_0”", ""),
    ("int", '"٣"', "the text “٣”", ""),
    ("int", "true", "true", ""),
    ("int", "null", "null", "This field is not nullable."),
    ("int", "[1]", "an array", "Fields hold single values."),
    ("int", '{"a": 1}', "an object", "Fields hold single values."),
    ("int", "9" * 5000, f"the number {'9' * 40}…", ""),
    ("long", "9223372036854775808", "the number 9223372036854775808", ""),
    ("long", '"-9223372036854775809"', "the text “-9223372036854775809”", ""),
    ("long", "1.5", "the number 1.5", ""),
    ("float", "3.5e38", "the number 3.5e38", ""),
    ("float", '"-3.5e38"', "the text “-3.5e38”", ""),
    (
        "float",
        '"NaN"',
        "the text “NaN”",
        "JSON has only finite numbers. Write null for no value, if the field is nullable.",
    ),
    (
        "float",
        '"Infinity"',
        "the text “Infinity”",
        "JSON has only finite numbers. Write null for no value, if the field is nullable.",
    ),
    ("float", "false", "false", ""),
    ("double", "1e309", "the number 1e309", ""),
    ("double", "-1e309", "the number -1e309", ""),
    ("double", '"1e309"', "the text “1e309”", ""),
    ("double", "9" * 400, f"the number {'9' * 40}…", ""),
    *(
        (type_, f'"{"9" * 350}"', f"the text “{'9' * 40}…” of 350 characters", "")
        for type_ in ("int", "long", "float", "double")
    ),
    ("boolean", "1", "the number 1", "Write true or false."),
    ("boolean", '"True"', "the text “True”", "Write true."),
    ("boolean", '"yes"', "the text “yes”", "Write true or false."),
    ("boolean", "null", "null", "This field is not nullable."),
    # The developer guide, "Endpoints and quotas" (limits) and "Users dataset" (users-datasets).
    ("string", f'"{"é" * 1001}"', f"the text “{'é' * 40}…” of 1001 characters", ""),
    (["null", "string"], f'"{"x" * 1001}"', f"the text “{'x' * 40}…” of 1001 characters", ""),
    ("string", "45", "the number 45", 'Write "45".'),
    ("string", "9" * 50, f"the number {'9' * 40}…", "Put it in double quotes."),
    ("string", "true", "true", 'Write "true".'),
    ("string", "null", "null", "This field is not nullable."),
    ("string", '["a", "b"]', "an array", "Fields hold single values."),
    ("categorical string", '["a", "b"]', "an array", "Write the categories as one text, with | between them."),
    ("categorical string", f'"a|{"x" * 1001}"', f"the text “a|{'x' * 38}…” of 1003 characters", ""),
    (["null", "int"], '"null"', "the text “null”", ""),
    ("null", "0", "the number 0", ""),
    (["int", "boolean"], "1.5", "the number 1.5", ""),
]


@pytest.mark.parametrize(("type_", "value", "expected"), ACCEPTED)
def test_takes(type_: Any, value: str, expected: Any) -> None:
    validation = validate_record_input(users_schema(FIELD=type_), f'{{"USER_ID": "u", "FIELD": {value}}}')
    assert validation.problems == ()
    (found,) = [record.properties["field"] for record in validation.records]
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(("type_", "value", "found", "advice"), REFUSED)
def test_refuses(type_: Any, value: str, found: str, advice: str) -> None:
    validation = validate_record_input(users_schema(FIELD=type_), f'{{"USER_ID": "u", "FIELD": {value}}}')
    assert validation.records == ()
    (problem,) = validation.problems
    assert (problem.line, problem.column, problem.record, problem.field) == (1, 27, 1, "FIELD")
    assert problem.found == found
    assert problem.sentence.startswith("Expected ")
    assert problem.sentence.endswith(f"; found {found}.{' ' if advice else ''}{advice}")


@pytest.mark.parametrize(
    ("type_", "value", "wanted"),
    [
        ("int", '"thirty"', "a whole number (int)"),
        ("int", "34.5", "a whole number (int)"),
        ("int", "-2147483649", "a whole number from -2147483648 to 2147483647 (int)"),
        ("int", '"2147483648"', "a whole number from -2147483648 to 2147483647 (int)"),
        ("long", "9223372036854775808", "a whole number from -9223372036854775808 to 9223372036854775807 (long)"),
        ("long", "1e99999999999999999999", "a whole number from -9223372036854775808 to 9223372036854775807 (long)"),
        ("long", "9" * 50, "a whole number from -9223372036854775808 to 9223372036854775807 (long)"),
        ("float", "true", "a number (float)"),
        ("float", "1e39", "a number from -3.4028235e38 to 3.4028235e38 (float)"),
        ("double", f'"{"9" * 350}"', "a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double)"),
        ("string", "null", "text in double quotes (string)"),
        ("string", f'"{"é" * 1001}"', "text in double quotes, at most 1000 characters (string)"),
        ("categorical string", "null", "text in double quotes (categorical string)"),
        (
            "categorical string",
            f'"a|{"x" * 1001}"',
            "text in double quotes (categorical string: values of at most 1000 characters, separated by |)",
        ),
        (["int", "double"], "true", "a whole number (int), or a number (double)"),
    ],
)
def test_bounds_are_said_where_they_matter(type_: Any, value: str, wanted: str) -> None:
    validation = validate_record_input(users_schema(FIELD=type_), f'{{"USER_ID": "u", "FIELD": {value}}}')
    (problem,) = validation.problems
    assert problem.sentence.startswith(f"Expected {wanted}; found ")


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("int", "a whole number from -2147483648 to 2147483647 (int)"),
        ("long", "a whole number from -9223372036854775808 to 9223372036854775807 (long)"),
        ("float", "a number from -3.4028235e38 to 3.4028235e38 (float)"),
        ("double", "a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double)"),
        ("boolean", "true or false (boolean)"),
        ("string", "text in double quotes, at most 1000 characters (string)"),
        (
            "categorical string",
            "text in double quotes (categorical string: values of at most 1000 characters, separated by |)",
        ),
        (["boolean", "null"], "true or false (boolean), or null"),
    ],
)
def test_says_what_is_expected(type_: Any, expected: str) -> None:
    (problem,) = validate_record_input(users_schema(FIELD=type_), '{"USER_ID": "u", "FIELD": []}').problems
    assert problem.expected == expected


@pytest.mark.parametrize("user_id", ["u", "x" * 256, "ü😀", " spaced ", "0", "null"])
def test_takes_a_user_id(user_id: str) -> None:
    validation = validate_record_input(users_schema(), json.dumps({"USER_ID": user_id}))
    assert [record.record_id for record in validation.records] == [user_id]


@pytest.mark.parametrize(
    ("user_id", "found", "advice"),
    [
        ("x" * 257, f"the text “{'x' * 40}…” of 257 characters", ""),
        ("", "the text “”", " Put a value into it."),
        (7, "the number 7", ' Write "7".'),
        (None, "null", " This field is not nullable."),
        (True, "true", ' Write "true".'),
        ("a\tb", "the text “a\N{REPLACEMENT CHARACTER}b”", " Remove the control characters."),
    ],
)
def test_refuses_a_user_id(user_id: Any, found: str, advice: str) -> None:
    (problem,) = validate_record_input(users_schema(), json.dumps({"USER_ID": user_id})).problems
    assert problem.sentence == f"Expected text in double quotes, 1 to 256 characters (string); found {found}.{advice}"


EVERY_TYPE = users_schema(
    **{
        f"{type_}{suffix}": each
        for type_ in ("int", "long", "float", "double", "boolean", "string")
        for suffix, each in (("_A", type_), ("_B", ["null", type_]))
    },
    CATEGORIES="categorical string",
    EITHER=["int", "string"],
    NOTHING="null",
)
near_bounds = st.sampled_from([bound + step for bounds in BOUNDS.values() for bound in bounds for step in (-1, 0, 1)])
values = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | near_bounds | near_bounds.map(str)
    | st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(["true", "false", "x" * 1001, "30.0", "1e400", "-", [], {}])
)  # fmt: skip


@given(st.fixed_dictionaries({}, optional={field.name: values for field in EVERY_TYPE.fields}))
def test_both_validators_agree(record: dict[str, Any]) -> None:
    assert is_valid(EVERY_TYPE, record) == validator(EVERY_TYPE).is_valid(record)


@given(st.sampled_from(EVERY_TYPE.fields), values)
def test_both_validators_agree_on_each_value(field: Any, value: Any) -> None:
    schema = users_schema(FIELD=[*(["null"] if field.nullable else []), *field.types])
    record = {"USER_ID": "u", "FIELD": value}
    assert is_valid(schema, record) == validator(schema).is_valid(record)


def test_half_of_a_surrogate_pair_does_not_hold() -> None:
    assert not is_valid(users_schema(), {"USER_ID": "\ud800"})
