"""The quick way to records, which must give what the way with places gives, or leave the text to it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.record_input import validate_record_input, validate_with_places
from console.records.schemas.schema import Schema
from console.records.validation.quick import quick_properties, quick_records
from console.records.validation.validation import validate_properties, validate_properties_with_places
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(
    AGE=["null", "int"],
    FULL_NAME=["null", "string"],
    SPEND=["null", "float"],
    ACTIVE=["null", "boolean"],
    GENRES=["null", "string"],
)
CALLED_PROPERTIES = users_schema(PROPERTIES=["null", "string"])


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ('{"USER_ID": "u", "AGE": 30, "FULL_NAME": "Zoë 😀"}', {"age": 30, "fullName": "Zoë 😀"}),
        (' \r\n\t[{"userId": "u", "spend": "1.5", "age": "7"}] ', {"age": 7, "spend": 1.5}),
        ('\ufeff{"full_NAME": "\\ud83d\\ude00", "user_id": "u"}', {"fullName": "😀"}),
        ('{"userId": "u", "properties": {"active": "true", "age": null}}', {"age": None, "active": True}),
        ('{"properties": "\\ufeff{\\"spend\\": -0, \\"age\\": -0}", "USER_ID": "u"}', {"age": 0, "spend": 0}),
        ('{"userId": "u"}', {}),
    ],
)
def test_reads_what_is_plainly_right(text: str, properties: dict[str, Any]) -> None:
    assert quick_records(SCHEMA, text) == [("u", properties)]
    (record,) = validate_record_input(SCHEMA, text).records
    assert list(record.properties.items()) == list(properties.items())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        "null",
        '"u"',
        "[[]]",
        "[" * 1_000_000,
        '{"USER_ID": "u"} {}',
        '{"USER_ID": "u",}',
        '\ufeff\ufeff{"USER_ID": "u"}',
        '{"USER_ID": "string"}',
        '{"USER_ID": "u", "AGE": "int"}',
        '{"USER_ID": ""}',
        '{"USER_ID": 7}',
        '{"AGE": 7}',
        '{"USER_ID": "u", "AGE": 30.0}',
        '{"USER_ID": "u", "AGE": 3e1}',
        '{"USER_ID": "u", "AGE": 030}',
        '{"USER_ID": "u", "AGE": 30, "AGE": 30}',
        '{"USER_ID": "u", "AGE": 30, "age": 30}',
        '{"USER_ID": "u", "SHOE_SIZE": 30}',
        '{"USER_ID": "u", "\\ud800": 30}',
        '{"USER_ID": "u", "SPEND": NaN}',
        '{"USER_ID": "u", "SPEND": Infinity}',
        '{"USER_ID": "u", "SPEND": -Infinity}',
        '{"USER_ID": "u", "SPEND": 1e400}',
        '{"USER_ID": "u", "SPEND": 1' + "0" * 400 + "}",
        '{"USER_ID": "u", "SPEND": 1' + "0" * 5000 + "}",
        '{"USER_ID": "u", "AGE": []}',
        '{"USER_ID": "u", "AGE": {}}',
        '{"USER_ID": "u", "AGE": ' + "[" * 500 + "]" * 500 + "}",
        '{"USER_ID": "u", "FULL_NAME": "\\ud800"}',
        '{"USER_ID": "u", "FULL_NAME": "\ud83d\ude00"}',
        '{"USER_ID": "u", "FULL_NAME": "a\tb"}',
        '{"USER_ID": "u", "FULL_NAME": "a\\xb"}',
        '{"USER_ID": "\\u0000"}',
        '{"userId": "u", "properties": {"userId": "u"}}',
        '{"userId": "u", "properties": {}, "properties": {}}',
        '{"userId": "u", "properties": {}, "age": 7}',
        '{"age": 7, "properties": {}}',
        '{"shoeSize": 7, "properties": {}}',
        '{"properties": {}, "PROPERTIES": {}}',
        '{"userId": "u", "properties": []}',
        '{"userId": "u", "properties": null}',
        '{"userId": "u", "properties": "7"}',
        '{"userId": "u", "properties": "{"}',
        '{"userId": "u", "properties": "{\\"fullName\\": \\"\\ud83d\\\\ude00\\"}"}',
        '{"userId": "u", "properties": {"age": "int"}}',
        "[" + ",".join(f'{{"userId": "u-{number}"}}' for number in range(11)) + "]",
    ],
    ids=lambda text: text[:50].encode("ascii", "replace").decode(),
)
def test_leaves_all_else_to_the_way_with_places(text: str) -> None:
    assert quick_records(SCHEMA, text) is None
    assert validate_record_input(SCHEMA, text).problems == validate_with_places(SCHEMA, text).problems != ()


@pytest.mark.parametrize(
    "text",
    [
        '[{"userId": "u"}, {"userId": "u"}]',
        '{"userId": "u"}' + " " * 400_000,
    ],
    ids=["a user twice", "a long text"],
)
def test_what_no_user_alone_can_tell_is_a_problem_still(text: str) -> None:
    assert len(quick_records(SCHEMA, text) or []) > 0
    assert len(validate_record_input(SCHEMA, text).problems) == 1


def test_properties_that_are_too_long_as_a_whole_are_a_problem_still() -> None:
    schema = users_schema(TAGS="categorical string")
    text = json.dumps({"userId": "u", "tags": "|".join(["x" * 999] * 24)})
    assert len(quick_records(schema, text) or []) == 1
    assert len(validate_record_input(schema, text).problems) == 1


def test_a_field_may_be_called_properties() -> None:
    for text in ('{"userId": "u", "properties": "x"}', '{"userId": "u", "properties": {"PROPERTIES": "x"}}'):
        assert quick_records(CALLED_PROPERTIES, text) == [("u", {"properties": "x"})]
    assert quick_records(CALLED_PROPERTIES, '{"userId": "u", "properties": null}') is None


def test_reads_the_properties_of_put_users() -> None:
    text = '{"spend": "1.5", "AGE": "7"}'
    assert quick_properties(SCHEMA, "u", text) == {"age": 7, "spend": 1.5}
    assert quick_properties(SCHEMA, "string", '{"fullName": "string"}') == {"fullName": "string"}
    assert quick_properties(SCHEMA, "u", None) == {}


@pytest.mark.parametrize(
    ("user_id", "properties"),
    [
        ("", None),
        ("x" * 257, "{}"),
        ("u", ""),
        ("u", "[]"),
        ("u", '{"userId": "u"}'),
        ("u", '{"age": 1, "AGE": 1}'),
        ("u", '{"age": 1.0}'),
        ("u", '{"fullName": "\\udfff"}'),
    ],
)
def test_leaves_other_users_of_put_users_to_the_way_with_places(user_id: str, properties: str | None) -> None:
    assert quick_properties(SCHEMA, user_id, properties) is None
    assert validate_properties(SCHEMA, user_id, properties) == validate_properties_with_places(
        SCHEMA, user_id, properties
    )


names = st.sampled_from(
    ["USER_ID", "userId", "AGE", "age", "FULL_NAME", "fullname", "spend", "ACTIVE", "genres", "properties", "x", ""]
)
values: st.SearchStrategy[Any] = (
    st.sampled_from(
        [None, True, False, 7, -0.0, 30.0, 2**31, 10**400, "7", "1.5", "true", "int", "string", "u", [], {}]
    )
    | st.text(max_size=5)
    | st.integers()
    | st.floats()
)
flat = st.dictionaries(names, values, max_size=6)
users = (
    flat.map(lambda record: {"USER_ID": "u", **record})
    | flat
    | st.fixed_dictionaries({"userId": st.just("u") | values, "properties": flat | flat.map(json.dumps) | values})
)
written: st.SearchStrategy[str] = st.builds(
    lambda value, indent, ascii_only: json.dumps(value, indent=indent, ensure_ascii=ascii_only),
    users | st.lists(users, max_size=3),
    st.sampled_from([None, 1]),
    st.booleans(),
)
fragments = st.sampled_from(
    [
        *',:"{}[]\\0-.\t\x00\ud800\ufeff',
        "",
        "\\u",
        "\\u0000",
        "\\ud800",
        "e9",
        "NaN",
        "9" * 400,
        '"AGE": 1,',
        '"age": 1,',
        '"properties": {},',
    ]
)


def damaged(text: str, fragment: str, start: float, length: int) -> str:
    """Return a text with a fragment in place of some of its characters."""
    position = int(start * len(text))
    return text[:position] + fragment + text[position + length :]


maybe_damaged = written | st.builds(damaged, written, fragments, st.floats(0, 1), st.integers(0, 3))


def outcome(validate: Callable[[Schema, str], Any], schema: Schema, text: str) -> str:
    # 1, 1.0 and True are equal, but not the same text.
    validation = validate(schema, text)
    return repr((validation.records, validation.problems))


@given(maybe_damaged, st.sampled_from([SCHEMA, CALLED_PROPERTIES]))
def test_both_ways_validate_any_record_input_alike(text: str, schema: Schema) -> None:
    assert outcome(validate_record_input, schema, text) == outcome(validate_with_places, schema, text)


properties_texts = flat.map(json.dumps)


@given(
    st.sampled_from(["u", "", "string", "\ud800"]) | st.text(max_size=3),
    st.none() | properties_texts | st.builds(damaged, properties_texts, fragments, st.floats(0, 1), st.integers(0, 3)),
)
def test_both_ways_validate_any_user_of_put_users_alike(user_id: str, properties: str | None) -> None:
    quick = validate_properties(SCHEMA, user_id, properties)
    assert repr(quick) == repr(validate_properties_with_places(SCHEMA, user_id, properties))
