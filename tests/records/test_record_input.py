import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.entities import USERS
from console.records.record_input import LONGEST_INPUT, validate_record_input
from console.records.schemas.schema import Schema, read_entity_schema
from console.records.template import record_template
from tests.conftest import SCHEMA_FILES
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], MEMBERSHIP_TYPE="categorical string", TOTAL_SPEND="float")
VALID = {"USER_ID": "u-1", "AGE": 30, "MEMBERSHIP_TYPE": "Premium Class|Legacy Member", "TOTAL_SPEND": 12.5}
PROPERTIES = {"age": 30, "membershipType": "Premium Class|Legacy Member", "totalSpend": 12.5}


def requests(schema: Schema, text: str) -> list[dict[str, str]]:
    validation = validate_record_input(schema, text)
    assert [problem.text for problem in validation.problems] == []
    return [record.as_request_member() for record in validation.records]


def problems(text: str, schema: Schema = SCHEMA) -> list[str]:
    validation = validate_record_input(schema, text)
    assert validation.records == ()
    return [problem.text for problem in validation.problems]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(VALID),
        json.dumps([VALID], indent=2),
        '{"userId": "u-1", "age": 30, "membershipType": "Premium Class|Legacy Member", "totalSpend": 12.5}',
        '{"user_id": "u-1", "Age": "30", "membership_type": "Premium Class|Legacy Member", "totalspend": "12.5"}',
        json.dumps({"userId": "u-1", "properties": PROPERTIES}),
        json.dumps({"userId": "u-1", "properties": json.dumps(PROPERTIES)}),
        json.dumps(
            [
                {
                    "USER_ID": "u-1",
                    "properties": {"AGE": 30, "MEMBERSHIP_TYPE": "Premium Class|Legacy Member", "TOTAL_SPEND": 12.5},
                }
            ]
        ),
        "\ufeff" + json.dumps(VALID) + "\r\n",
    ],
)
def test_every_shape_gives_the_same_request(text: str) -> None:
    assert requests(SCHEMA, text) == [
        {
            "userId": "u-1",
            "properties": '{"age":30,"membershipType":"Premium Class|Legacy Member","totalSpend":12.5}',
        }
    ]


def test_takes_ten_users_in_their_order() -> None:
    text = json.dumps([{**VALID, "USER_ID": f"u-{number}"} for number in range(10)])
    assert [user["userId"] for user in requests(SCHEMA, text)] == [f"u-{number}" for number in range(10)]


def test_a_nullable_field_may_be_left_out_or_null() -> None:
    without = {name: value for name, value in VALID.items() if name != "AGE"}
    properties = [
        json.loads(user["properties"])
        for user in requests(SCHEMA, json.dumps([without, {**VALID, "USER_ID": "u-2", "AGE": None}]))
    ]
    assert "age" not in properties[0]
    assert properties[1]["age"] is None


@pytest.mark.parametrize(
    "text",
    [
        '{"userId": "u-1"}',
        '{"userId": "u-1", "properties": {}}',
        '{"USER_ID": "u-1"}',
        '{"userId": "u-1", "properties": "{}"}',
    ],
)
def test_a_user_id_alone_is_a_user(text: str) -> None:
    assert requests(users_schema(AGE=["null", "int"]), text) == [{"userId": "u-1"}]


def test_writes_text_as_it_is() -> None:
    (user,) = requests(
        users_schema(CITY="string"), '{"USER_ID": "ü", "CITY": "\\u005a\\u00fcrich \\ud83d\\ude00 \\"|\\\\"}'
    )
    assert user == {"userId": "ü", "properties": '{"city":"Zürich 😀 \\"|\\\\"}'}


def test_a_field_may_be_called_properties() -> None:
    schema = users_schema(PROPERTIES="string")
    assert requests(schema, '{"USER_ID": "u", "PROPERTIES": "x"}') == [
        {"userId": "u", "properties": '{"properties":"x"}'}
    ]
    assert requests(schema, '{"userId": "u", "properties": {"properties": "x"}}') == [
        {"userId": "u", "properties": '{"properties":"x"}'}
    ]


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.stem)
def test_every_placeholder_of_the_template_is_a_problem(path: Path) -> None:
    schema = read_entity_schema(USERS, path.read_text())
    validation = validate_record_input(schema, record_template(schema))
    assert [problem.field for problem in validation.problems] == [field.name for field in schema.fields]
    assert [problem.line for problem in validation.problems] == list(range(2, len(schema.fields) + 2))
    assert all("the template's placeholder" in problem.found for problem in validation.problems)


SAMPLES = {"string": "x", "int": 7, "long": 2**40, "float": 1.5, "double": 2.5, "boolean": True}


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.stem)
def test_takes_a_record_of_every_schema_in_public_use(path: Path) -> None:
    schema = read_entity_schema(USERS, path.read_text())
    record = {field.name: SAMPLES[field.types[0]] for field in schema.fields}
    (user,) = requests(schema, json.dumps(record))
    assert json.loads(user["properties"]) == {
        field.property_name: SAMPLES[field.types[0]] for field in schema.metadata_fields
    }


def test_reports_every_problem_at_once_with_its_place() -> None:
    text = (
        "[\n"
        '  {"USER_ID": "u-1", "AGE": "thirty", "MEMBERSHIP_TYPE": null},\n'
        '  {"USER_ID": "string", "AGEE": 30, "MEMBERSHIP_TYPE": "a", "TOTAL_SPEND": NaN}\n'
        "]"
    )
    assert problems(text) == [
        "Ln 2, Col 3 · Record 1, TOTAL_SPEND · Expected a number (float); found none. "
        "Add it: the schema requires TOTAL_SPEND.",
        "Ln 2, Col 29 · Record 1, AGE · Expected a whole number (int), or null; found the text “thirty”.",
        "Ln 2, Col 58 · Record 1, MEMBERSHIP_TYPE · Expected text in double quotes (categorical string); "
        "found null. This field is not nullable.",
        "Ln 3, Col 15 · Record 2, USER_ID · Expected text in double quotes, 1 to 256 characters (string); "
        "found the template's placeholder “string”. Replace it with a value.",
        "Ln 3, Col 25 · Record 2, AGEE · Expected a field of the schema; found “AGEE”. The nearest field is AGE.",
        "Ln 3, Col 76 · Record 2, TOTAL_SPEND · Expected a JSON value; found “NaN”. "
        "JSON has only finite numbers. Write null for no value, if the field is nullable.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Ln 1, Col 1 · Expected a JSON object or an array of them; found no text."),
        (" \n ", "Ln 1, Col 1 · Expected a JSON object or an array of them; found no text."),
        (
            "[]",
            "Ln 1, Col 1 · Expected 1 to 10 users at a time; found an empty array. Put a user record between the brackets.",
        ),
        ('"u-1"', "Ln 1, Col 1 · Record 1 · Expected a user record, which is a JSON object; found the text “u-1”."),
        ("[[]]", "Ln 1, Col 2 · Record 1 · Expected a user record, which is a JSON object; found an array."),
        (
            "[NaN]",
            "Ln 1, Col 2 · Expected a JSON value; found “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        ("{\n", "Ln 2, Col 1 · Expected a name in double quotes; found the end of the text."),
    ],
)
def test_says_what_is_wrong_with_the_whole(text: str, expected: str) -> None:
    assert problems(text) == [expected]


def test_refuses_eleven_users_where_the_eleventh_stands() -> None:
    text = "[\n" + ",\n".join(json.dumps({**VALID, "USER_ID": f"u-{number}"}) for number in range(11)) + "\n]"
    assert problems(text) == [
        "Ln 12, Col 1 · Expected 1 to 10 users at a time; found 11 users. Send the first 10, then the others."
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            '{"USER_ID": "u", "AGE": 1, "AGE": 2, "MEMBERSHIP_TYPE": "a", "TOTAL_SPEND": 1}',
            "Ln 1, Col 28 · Record 1, AGE · Expected each field once; found “AGE” again. Keep one.",
        ),
        (
            '{"USER_ID": "u", "age": 1, "AGE": 2, "MEMBERSHIP_TYPE": "a", "TOTAL_SPEND": 1}',
            "Ln 1, Col 28 · Record 1, AGE · Expected each field once; found it again as “AGE”, after “age”. Keep one.",
        ),
        (
            '{"userId": "u", "properties": {"userId": "u", "membershipType": "a", "totalSpend": 1}}',
            "Ln 1, Col 32 · Record 1, USER_ID · Expected metadata fields only; found “userId”. "
            "Write userId beside properties, not inside.",
        ),
        (
            '{"userId": "u", "age": 1, "properties": {"membershipType": "a", "totalSpend": 1}}',
            "Ln 1, Col 17 · Record 1, age · Expected only userId and properties here; found “age”. Move AGE into properties.",
        ),
        (
            '{"userId": "u", "x": 1, "properties": {"membershipType": "a", "totalSpend": 1}}',
            "Ln 1, Col 17 · Record 1, x · Expected only userId and properties here; found “x”.",
        ),
        (
            '{"userId": "u", "properties": {"membershipType": "a", "totalSpend": 1}, "properties": {}}',
            "Ln 1, Col 73 · Record 1 · Expected properties once; found it again. Keep one.",
        ),
        (
            '{"userId": "u", "properties": null}',
            "Ln 1, Col 31 · Record 1 · Expected properties as an object, or as the text of one; found null.",
        ),
        (
            '{"userId": "u", "properties": NaN}',
            "Ln 1, Col 31 · Expected a JSON value; found “NaN”. "
            "JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        (
            '{"userId": "u", "properties": "x"}',
            "Ln 1, Col 32 · Record 1 · Expected a JSON value; found “x”. Write text in double quotes.",
        ),
        (
            '{"userId": "u", "properties": "{"}',
            "Ln 1, Col 33 · Record 1 · Expected a name in double quotes; found the end of the text.",
        ),
        (
            '{"userId": "u", "properties": "[]"}',
            "Ln 1, Col 32 · Record 1 · Expected properties as an object, or as the text of one; found an array.",
        ),
        (
            '{"properties": {"membershipType": "a", "totalSpend": 1}}',
            "Ln 1, Col 16 · Record 1, USER_ID · Expected text in double quotes, 1 to 256 characters (string); found none. "
            "Add it: the schema requires USER_ID.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_record(record: str, expected: str) -> None:
    assert problems(record) == [expected]


def test_places_a_problem_inside_the_text_of_properties() -> None:
    text = (
        '[\n{"userId": "u", "properties": "{\\"membershipType\\": \\"\\ud83d\\ude00\\", \\"totalSpend\\": \\"x\\"}"}]'
    )
    assert problems(text) == ["Ln 2, Col 87 · Record 1, TOTAL_SPEND · Expected a number (float); found the text “x”."]
    assert text.splitlines()[1][86:].startswith('\\"x\\"')


def test_the_same_user_twice_is_a_problem() -> None:
    text = json.dumps([VALID, {**VALID, "AGE": 31}], separators=(",", ":"))
    assert text[106:].startswith('"u-1","AGE":31')
    assert problems(text) == [
        "Ln 1, Col 107 · Record 2, USER_ID · Expected each USER_ID once; found that of record 1 again. "
        "A user's later record replaces the earlier one: keep one."
    ]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("AGEE", "AGE"),
        ("membership", "MEMBERSHIP_TYPE"),
        ("totalSpent", "TOTAL_SPEND"),
        ("uid", "USER_ID"),
        ("zUSER_ID", "USER_ID"),
    ],
)
def test_an_unknown_field_names_the_nearest_one(typed: str, nearest: str) -> None:
    (problem,) = validate_record_input(SCHEMA, json.dumps({**VALID, typed: 1})).problems
    assert problem.sentence.endswith(f" The nearest field is {nearest}.")


@pytest.mark.parametrize("typed", ["用户", "", "_rid", "x" * 10_000, "shoeSize", "language", "country", "id2fa"])
def test_an_unknown_field_that_is_near_to_none_is_told_so(typed: str) -> None:
    (problem,) = validate_record_input(SCHEMA, json.dumps({**VALID, typed: 1})).problems
    assert problem.sentence.endswith(" Remove it, or write the name of the field that it is for.")


PERHAPS_ID = " If it is the id, name it USER_ID; otherwise remove it."
WITHOUT_ID = {name: value for name, value in VALID.items() if name != "USER_ID"}


@pytest.mark.parametrize(
    ("record", "is_perhaps_id"),
    [
        ({"id": "u-1", **WITHOUT_ID}, True),
        ({**WITHOUT_ID, "_id": "u-1"}, True),
        ({"properties": {"id": "u-1"}}, True),
        ({"id": "u-1", **VALID}, False),
        ({"userId": "u-1", "properties": {"id": "u-1"}}, False),
        ({"paid": "u-1", **WITHOUT_ID}, False),
    ],
)
def test_an_unknown_id_may_be_the_missing_one(record: dict[str, Any], is_perhaps_id: bool) -> None:
    found = [each.sentence for each in validate_record_input(SCHEMA, json.dumps(record)).problems]
    assert any(each.endswith(PERHAPS_ID) for each in found) == is_perhaps_id


def properties_of(length: int) -> str:
    """Return a record whose properties take so many characters as JSON."""
    bare = len('{"bio":""}')
    categories = "|".join(["é" * 999] * 30)
    return json.dumps({"USER_ID": "u", "BIO": categories[: length - bare]}, ensure_ascii=False)


def test_properties_may_have_24000_characters() -> None:
    schema = users_schema(BIO="categorical string")
    (user,) = requests(schema, properties_of(24_000))
    assert len(user["properties"]) == 24000
    assert problems(properties_of(24_001), schema) == [
        "Ln 1, Col 1 · Record 1 · Expected properties of at most 24000 characters as JSON text; found 24001 characters."
    ]


def test_refuses_a_text_that_is_far_too_long() -> None:
    assert problems("[" * (LONGEST_INPUT + 1)) == [
        "Ln 1, Col 1 · Expected at most 400000 characters of text; found 400001 characters."
    ]


def test_shows_at_most_a_hundred_problems() -> None:
    assert len(problems("{" + ",".join(f'"x{number}": 1' for number in range(500)) + "}")) == 100


def test_an_unreadable_name_says_nothing_of_its_member() -> None:
    assert problems('{"\\x": 1, "USER_ID": "u", "MEMBERSHIP_TYPE": "a", "TOTAL_SPEND": 1}') == [
        'Ln 1, Col 3 · Expected one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits; found “\\x”. '
        "Write a backslash as \\\\."
    ]


def test_is_given_back_in_words_only() -> None:
    # A value in a problem is shown in full only while it is short.
    (problem,) = validate_record_input(
        users_schema(AGE="int"), json.dumps({"USER_ID": "u", "AGE": "x" * 5000})
    ).problems
    assert len(problem.text) < 250


json_like: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.sampled_from(["userId", "USER_ID", "properties", "AGE"]), inner, max_size=5)
    ),
    max_leaves=30,
)


@given(
    json_like
    | st.lists(st.fixed_dictionaries({"userId": st.text() | st.integers(), "properties": json_like}), max_size=12)
)
def test_any_json_is_validated_one_way_or_the_other(value: Any) -> None:
    validation = validate_record_input(SCHEMA, json.dumps(value))
    assert bool(validation.records) != bool(validation.problems)


@given(st.text())
def test_any_text_is_validated_one_way_or_the_other(text: str) -> None:
    validation = validate_record_input(SCHEMA, text)
    assert bool(validation.records) != bool(validation.problems)
    assert all(
        problem.text.startswith(f"Ln {problem.line}, Col {problem.column} · ") for problem in validation.problems
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
valid_records = st.fixed_dictionaries(
    {
        "USER_ID": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=256).filter(
            lambda text: text != "string"
        ),
        "CITY": texts.filter(lambda text: text != "string"),
        "AGE": st.integers(-(2**31), 2**31 - 1),
        "SEEN": st.integers(-(2**63), 2**63 - 1) | st.none(),
        "SPEND": st.floats(allow_nan=False, allow_infinity=False, width=32),
        "ACTIVE": st.booleans(),
    }
)


@given(
    valid_records,
    st.sampled_from([None, 2]),
    st.booleans(),
    st.sampled_from(["names", "properties", "object", "text"]),
)
def test_a_valid_record_keeps_its_values_in_every_shape(
    record: dict[str, Any], indent: int | None, ascii_only: bool, shape: str
) -> None:
    schema = users_schema(CITY="string", AGE="int", SEEN=["null", "long"], SPEND="float", ACTIVE="boolean")
    properties = {name.lower(): value for name, value in record.items() if name != "USER_ID"}
    written: dict[str, Any] = {
        "names": record,
        "properties": {"userId": record["USER_ID"], **properties},
        "object": {"userId": record["USER_ID"], "properties": properties},
        "text": {"userId": record["USER_ID"], "properties": json.dumps(properties)},
    }[shape]
    (user,) = requests(schema, json.dumps(written, indent=indent, ensure_ascii=ascii_only))
    assert user["userId"] == record["USER_ID"]
    assert json.loads(user["properties"]) == properties


MEMBERS = ",".join(f'"x{number}": 1' for number in range(8000))


@pytest.mark.parametrize(
    "text",
    [
        "{" + '"properties": {}, ' * 15_000 + MEMBERS + "}",
        '{"userId": "u", "properties": {' + '"userId": 1, ' * 15_000 + MEMBERS + "}}",
        "{" + '"USER_ID": "u", ' * 15_000 + MEMBERS + "}",
        "[" + ",".join(["{" + MEMBERS + "}"] * 3) + "]",
    ],
    ids=["properties again", "userId inside", "the user again", "unknown fields"],
)
def test_many_faults_are_cut_off_early(text: str) -> None:
    found = problems(text)
    assert len(found) == 100
    assert not any("found none" in problem for problem in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [('{"USER_ID": "u"}', True), ('{"USER_ID": 1.5}', True), ('{"USER_ID"', False), ("", False)],
)
def test_a_text_that_is_wrong_may_be_readable(text: str, expected: bool) -> None:
    assert validate_record_input(users_schema(AGE=["null", "int"]), text).is_readable is expected


@pytest.mark.parametrize("text", ["Users\n~~~", "  m-204: 41", "(a", "- a - b", "034"])
def test_a_text_that_does_not_begin_as_json_is_told_what_to_paste(text: str) -> None:
    (problem,) = validate_record_input(SCHEMA, text).problems
    assert problem.sentence.startswith("Expected users as JSON; found “")
    assert problem.sentence.endswith(
        "No other kind of text was recognised either: paste JSON, CSV with a heading, a table, or what a program prints."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("// a\n{}", "Expected a value; found “/”. JSON has no comments: remove it."),
        ("[x]", "Expected a JSON value; found “x”. Write text in double quotes."),
        ("7", "Expected a user record, which is a JSON object; found the number 7."),
    ],
)
def test_a_text_that_begins_nearly_as_json_is_told_what_is_wrong(text: str, sentence: str) -> None:
    assert validate_record_input(SCHEMA, text).problems[0].sentence == sentence
