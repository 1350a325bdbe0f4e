"""A new schema as somebody types it: every problem with its place."""

import json
from pathlib import Path

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.records.entities import USERS
from console.records.schemas.default_schemas import default_schema
from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_input import LONGEST_SCHEMA, sent_schema, validate_schema_input
from console.records.schemas.schema_rules import check_schema
from tests.conftest import SCHEMA_FILES
from tests.records.literal_schemas import avro

TYPES = "Expected string, int, long, float, double, boolean, or a union of these with null."
USER_ID = '{"name": "USER_ID", "type": "string"}'
AGE = '{"name": "AGE", "type": "int"}'
SPEND = '{"name": "SPEND", "type": "float"}'


def schema(*fields: str, record: str = '"name": "Users"') -> str:
    """Return a schema with a field on each line, from the second on."""
    return '{"type": "record", ' + record + ', "fields": [\n' + ",\n".join(fields) + "\n]}"


def problems(text: str, domain: str = "") -> list[str]:
    return [problem.text for problem in validate_schema_input(USERS, text, domain).problems]


def warnings(text: str, domain: str = "") -> list[str]:
    validation = validate_schema_input(USERS, text, domain)
    assert validation.problems == ()
    return [warning.text for warning in validation.warnings]


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("domain", ["", "ECOMMERCE"])
def test_takes_every_schema_in_public_use(path: Path, domain: str) -> None:
    validation = validate_schema_input(USERS, path.read_text(), domain)
    assert (validation.problems, validation.warnings, validation.is_readable) == ((), (), True)


@pytest.mark.parametrize(
    ("domain", "file"),
    [
        ("", "01_docs_custom_age_gender.json"),
        ("ECOMMERCE", "02_docs_ecommerce_membership_status.json"),
        ("VIDEO_ON_DEMAND", "03_docs_vod_subscription_model.json"),
        ("A_DOMAIN_OF_TOMORROW", "01_docs_custom_age_gender.json"),
    ],
)
def test_each_domain_begins_with_the_schema_of_the_developer_guide(domain: str, file: str) -> None:
    (path,) = [path for path in SCHEMA_FILES if path.name == file]
    assert default_schema(USERS, domain) == path.read_text().strip()
    assert problems(default_schema(USERS, domain), domain) == []


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('{"name": "A-B", "type": "int"}', "Ln 3, Col 10 · The field name 'A-B' must consist of letters, digits and underscores, and start with a letter."),
        ('{"name": "A", "type": "bytes"}', f'Ln 3, Col 23 · A · The field A has the type "bytes". {TYPES}'),
        ('{"name": "A", "type": ["null", "bytes"]}', f'Ln 3, Col 32 · A · The field A has the type ["null", "bytes"]. {TYPES}'),
        ('{"name": "A", "type": {"type": "array", "items": "int"}}', f'Ln 3, Col 23 · A · The field A has the type {{"type": "array", "items": "int"}}. {TYPES}'),
        ('{"name": "A", "type": {"type": "array", "items": "a long name of a record"}}', f'Ln 3, Col 23 · A · The field A has the type {{"type": "array", "items": "a long name …. {TYPES}'),
        ('{"name": "A"}', f"Ln 3, Col 1 · A · The field A has the type null. {TYPES}"),
        ('{"name": "A", "type": []}', f"Ln 3, Col 23 · A · The field A has the type []. {TYPES}"),
        ('{"name": "A", "type": ["int", "int"]}', "Ln 3, Col 23 · A · The field A has a union that names a type twice."),
        ('{"type": "int"}', 'Ln 3, Col 1 · Field 2 of the schema must be an object with a "name".'),
        ('"AGE"', 'Ln 3, Col 1 · Field 2 of the schema must be an object with a "name".'),
        ('{"name": "user_id", "type": "int"}', "Ln 3, Col 10 · user_id · The fields USER_ID and user_id have the same letters and digits. Field names must differ in more than case and underscores."),
        ('{"name": "A", "type": "int", "default": "x"}', "Ln 3, Col 41 · A · The field A has a default of another type. Expected int."),
        ('{"name": "A", "type": ["null", "int"], "default": true}', "Ln 3, Col 51 · A · The field A has a default of another type. Expected int or null."),
        ('{"name": "A", "type": "null", "default": 0}', "Ln 3, Col 42 · A · The field A has a default of another type. Expected null."),
        ('{"name": "A", "type": "int", "order": "up"}', 'Ln 3, Col 39 · A · The field A has an unknown "order". Expected "ascending", "descending" or "ignore".'),
        ('{"name": "A", "type": "int", "default": NaN}', "Ln 3, Col 41 · Expected a JSON value; found “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable."),
        ('{"name": "A", "type": int}', "Ln 3, Col 23 · Expected a JSON value; found “int”. Write text in double quotes."),
    ],
)  # fmt: skip
def test_names_what_is_wrong_with_a_field_and_its_place(field: str, expected: str) -> None:
    assert problems(schema(USER_ID, field, SPEND)) == [expected]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ('"name": "Our users"', "Ln 1, Col 28 · "),
        ('"namespace": "com.example"', "Ln 1, Col 1 · "),
        ('"name": "Users", "namespace": "com..example"', "Ln 1, Col 50 · "),
    ],
)
def test_names_what_is_wrong_with_the_record(record: str, expected: str) -> None:
    sentence = (
        'The schema needs a "name", and may have a "namespace", of letters, digits and underscores. '
        "Dots separate the names of a namespace."
    )
    assert problems(schema(USER_ID, AGE, record=record)) == [expected + sentence]


@pytest.mark.parametrize(
    ("domain", "fields", "expected"),
    [
        ("", [AGE, '{"name": "B", "type": "int"}'], "Ln 1, Col 47 · USER_ID · The schema of the type USERS needs a field USER_ID of type string, without null, and this one has none."),
        ("", ['{"name": "USER_ID", "type": ["null", "string"]}', AGE], "Ln 2, Col 29 · USER_ID · The field USER_ID has the type string, with null. Expected string, without null, as the type USERS has it."),
        ("", ['{"name": "USER_ID", "type": "string", "categorical": true}', AGE], 'Ln 2, Col 54 · USER_ID · The field USER_ID of the type USERS must not have "categorical": true.'),
        ("", [USER_ID], "Ln 1, Col 47 · The schema of the type USERS has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ("ECOMMERCE", [USER_ID, *(AGE.replace("AGE", f"N{number}") for number in range(26))], "Ln 1, Col 47 · The schema of the type USERS in the domain ECOMMERCE has 26 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ("VIDEO_ON_DEMAND", [USER_ID, '{"name": "SUBSCRIPTION_MODEL", "type": "string"}'], 'Ln 3, Col 1 · SUBSCRIPTION_MODEL · The field SUBSCRIPTION_MODEL of the type USERS in the domain VIDEO_ON_DEMAND must have "categorical": true.'),
        ("VIDEO_ON_DEMAND", [USER_ID, '{"name": "SUBSCRIPTION_MODEL", "type": "string", "categorical": 1}'], 'Ln 3, Col 65 · SUBSCRIPTION_MODEL · The field SUBSCRIPTION_MODEL of the type USERS in the domain VIDEO_ON_DEMAND must have "categorical": true.'),
    ],
)  # fmt: skip
def test_names_what_a_users_dataset_needs(domain: str, fields: list[str], expected: str) -> None:
    assert problems(schema(*fields), domain) == [expected]


def test_names_all_problems_in_the_order_of_the_text() -> None:
    text = schema(
        '{"name": "USER_ID", "type": "long"}', '{"name": "A", "type": "text"}', '{"name": "B", "type": None}', "7,"
    )
    assert [problem.place for problem in validate_schema_input(USERS, text, "").problems] == [
        "Ln 2, Col 29",
        "Ln 3, Col 23",
        "Ln 4, Col 23",
        "Ln 5, Col 1",
        "Ln 5, Col 2",
    ]  # fmt: skip


def test_of_a_user_id_that_cannot_be_read_nothing_more_is_said() -> None:
    assert problems(schema('{"name": "USER_ID", "type": "text"}', AGE)) == [
        f'Ln 2, Col 29 · USER_ID · The field USER_ID has the type "text". {TYPES}'
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (schema(USER_ID, '{"name": "A", "type": {"type": "long", "logicalType": "timestamp-millis"}}'), "Ln 3, Col 23 · A · The field A has a logicalType. Expected a plain long."),
        (schema(USER_ID, AGE, record='"name": "com.example.users", "logicalType": "x"'), "Ln 1, Col 64 · The schema has a logicalType. Expected a plain record."),
        (schema(USER_ID, AGE, record='"name": "Members"'), 'Ln 1, Col 28 · The schema has the name “Members”. AWS\'s documents expect "Users" there.'),
    ],
)  # fmt: skip
def test_warns_of_what_aws_may_take_all_the_same(text: str, expected: str) -> None:
    assert warnings(text) == [expected]


# Each with the page of the developer guide that has the rule.
FIELD_PROBLEMS = {
    "how-it-works-dataset-schema: only Items schemas have textual fields": (
        '{"name": "BIO", "type": "string", "textual": true}',
        'Ln 3, Col 46 · BIO · The field BIO has "textual": true, which only a schema of the type ITEMS may have. Remove it.',
    ),
}
NO_USE = "Ln 1, Col 47 · The schema of the type USERS needs a metadata field that is a categorical string or a number, and has none."


@pytest.mark.parametrize("rule", FIELD_PROBLEMS)
def test_refuses_what_the_guide_refuses_of_a_field(rule: str) -> None:
    field, expected = FIELD_PROBLEMS[rule]
    assert problems(schema(USER_ID, field, AGE)) == [expected]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('{"name": "CITY", "type": "string"}', [NO_USE]),
        ('{"name": "CITY", "type": ["null", "string"], "categorical": false}', [NO_USE]),
        ('{"name": "VIP", "type": "boolean"}', [NO_USE]),
        ('{"name": "N", "type": "null"}', [NO_USE]),
        ('{"name": "CITY", "type": "string", "categorical": "true"}', [NO_USE]),
        ('{"name": "CITY", "type": ["null", "string"], "categorical": true}', []),
        *((f'{{"name": "A", "type": ["{type_}", "null"]}}', []) for type_ in ("int", "long", "float", "double")),
    ],
)
def test_one_metadata_field_is_a_categorical_string_or_a_number(field: str, expected: list[str]) -> None:
    """The developer guide, "Users dataset" (users-datasets) and custom-datasets-and-schemas."""
    assert problems(schema(USER_ID, field)) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('{"name": "A", "type": {"type": "string", "categorical": true}}', 'Ln 3, Col 23 · A · The field A has “categorical” in its type, where AWS does not read it. Write "categorical": true beside "type".'),
        ('{"name": "A", "type": [{"type": "string", "categorical": true}, "null"]}', 'Ln 3, Col 23 · A · The field A has “categorical” in its type, where AWS does not read it. Write "categorical": true beside "type".'),
        ('{"name": "A", "type": "string", "textual": "true"}', 'Ln 3, Col 44 · A · The field A has "textual": "true", which is neither true nor false: AWS does not treat the field as textual. Remove it.'),
        ('{"name": "A", "type": "string", "Textual": true}', 'Ln 3, Col 44 · A · The field A has the attribute “Textual”, which AWS does not know. Remove it.'),
        ('{"name": "A", "type": "int", "categorical": "true"}', 'Ln 3, Col 45 · A · The field A has "categorical": "true", which is neither true nor false: AWS does not treat the field as categorical. Remove it.'),
        ('{"name": "A", "type": "string", "categorical": "true"}', 'Ln 3, Col 48 · A · The field A has "categorical": "true", which is neither true nor false: AWS does not treat the field as categorical. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "categorical": 1}', 'Ln 3, Col 48 · A · The field A has "categorical": 1, which is neither true nor false: AWS does not treat the field as categorical. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "categorical": null}', 'Ln 3, Col 48 · A · The field A has "categorical": null, which is neither true nor false: AWS does not treat the field as categorical. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "Categorical": true}', 'Ln 3, Col 48 · A · The field A has the attribute “Categorical”, which AWS does not know. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "catagorical": true}', 'Ln 3, Col 48 · A · The field A has the attribute “catagorical”, which AWS does not know. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "is_categorical": true}', 'Ln 3, Col 51 · A · The field A has the attribute “is_categorical”, which AWS does not know. Write "categorical": true.'),
        ('{"name": "A", "type": "string", "categorical ": true}', 'Ln 3, Col 49 · A · The field A has the attribute “categorical ”, which AWS does not know. Write "categorical": true.'),
        ('{"name": "VIP", "type": "boolean"}', "Ln 3, Col 25 · VIP · The field VIP is boolean, which AWS uses neither in training nor in filters. Use a categorical string, or an int of 0 and 1: a schema cannot be changed."),
        ('{"name": "VIP", "type": ["null", "boolean"]}', "Ln 3, Col 25 · VIP · The field VIP is boolean, which AWS uses neither in training nor in filters. Use a categorical string, or an int of 0 and 1: a schema cannot be changed."),
    ],
)  # fmt: skip
def test_warns_of_what_will_not_do_what_is_meant(field: str, expected: str) -> None:
    """The developer guide, "Creating schema JSON files" (how-it-works-dataset-schema)."""
    assert warnings(schema(USER_ID, field, AGE)) == [expected]


def test_other_attributes_are_of_no_concern() -> None:
    field = (
        '{"name": "A", "type": "string", "categorical": false, "doc": "x", "aliases": [], "unit": "m", "text": "y"}'
    )
    assert warnings(schema(USER_ID, field, AGE)) == []


@pytest.mark.parametrize(
    ("record", "fields", "expected"),
    [
        ('"name": "Items"', ['{"name": "NAME", "type": "string"}', AGE], ["ITEMS", "The schema of the type ITEMS needs a field ITEM_ID of type string, without null, and this one has none."]),
        ('"name": "items"', ['{"name": "ITEM_ID", "type": "string"}', AGE], ["ITEMS"]),
        ('"name": "Interactions"', [USER_ID, '{"name": "ITEM_ID", "type": "string"}', '{"name": "TIMESTAMP", "type": "string"}'], ["INTERACTIONS", "The field TIMESTAMP has the type string. Expected long, without null, as the type INTERACTIONS has it."]),
        ('"name": "Action_Interactions"', [USER_ID, AGE], ["ACTION_INTERACTIONS", *(f"The schema of the type ACTION_INTERACTIONS needs a field {name} of type {type_}, without null, and this one has none." for name, type_ in (("ACTION_ID", "string"), ("EVENT_TYPE", "string"), ("TIMESTAMP", "long")))]),
    ],
)  # fmt: skip
def test_the_schema_of_another_type_is_told_so_and_what_that_type_wants(
    record: str, fields: list[str], expected: list[str]
) -> None:
    found = [problem.sentence for problem in validate_schema_input(USERS, schema(*fields, record=record), "").problems]
    name = record.split('"')[3]
    assert found[0] == (
        f"The schema has the name “{name}”, which is for the type {expected[0]}, "
        'and the dataset is of the type USERS. Use a schema with the name "Users".'
    )
    assert found[1:] == expected[1:]


MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def test_a_byte_order_mark_is_left_out_with_a_remark() -> None:
    text = MARK + schema(USER_ID, AGE)
    assert warnings(text) == [
        "Ln 1, Col 1 · The text begins with a byte order mark (U+FEFF), which is invisible. It is left out of what "
        "is sent: AWS refuses a schema that begins with one."
    ]
    assert sent_schema(text) == schema(USER_ID, AGE)
    with pytest.raises(SchemaError, match="begins with a byte order mark"):
        check_schema(text, "")
    check_schema(sent_schema(text), "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MARK * 2 + schema(USER_ID, AGE), "Ln 1, Col 2 · Expected a value; found zero width no-break space (U+FEFF). Remove it: it is invisible."),
        ("\u200b" + schema(USER_ID, AGE), "Ln 1, Col 1 · Expected a value; found zero width space (U+200B). Remove it: it is invisible."),
        ("\u2060" + schema(USER_ID, AGE), "Ln 1, Col 1 · Expected a value; found word joiner (U+2060). Remove it: it is invisible."),
        ("\u3000" + schema(USER_ID, AGE), "Ln 1, Col 1 · Expected a value; found ideographic space (U+3000). Replace it with an ordinary space."),
        ("ï»¿" + schema(USER_ID, AGE), "Ln 1, Col 1 · Expected a value; found latin small letter i with diaeresis (U+00EF). Remove “ï»¿”: a byte order mark that was read in another encoding."),
        (schema(USER_ID, AGE) + "\u200b", "Ln 4, Col 3 · Expected the end of the text; found zero width space (U+200B). Remove it: it is invisible."),
        (schema(USER_ID, AGE.replace(", ", ",\u00a0")), "Ln 3, Col 16 · Expected a name in double quotes; found no-break space (U+00A0). Replace it with an ordinary space."),
        (schema(USER_ID, AGE.replace("{", "{\u00ad")), "Ln 3, Col 2 · Expected a name in double quotes; found soft hyphen (U+00AD). Remove it: it is invisible."),
        (schema(USER_ID, AGE.replace("AGE", "AGE\u200b")), "Ln 3, Col 10 · The field name 'AGE\\u200b' must consist of letters, digits and underscores, and start with a letter."),
        (schema(USER_ID, AGE.replace("AGE", "\ufeffAGE")), "Ln 3, Col 10 · The field name '\\ufeffAGE' must consist of letters, digits and underscores, and start with a letter."),
        (schema(USER_ID, SPEND, AGE.replace("int", "int\u200b")), f'Ln 4, Col 25 · AGE · The field AGE has the type "int\\u200b". {TYPES}'),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_named(text: str, expected: str) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize("name", ["users_schema =", "const schema =", "schema="])
def test_an_assignment_is_to_be_removed(name: str) -> None:
    expected = f"Ln 1, Col 1 · Expected a JSON object; found “{name}”. Remove “{name}”."
    assert problems(f"{name} {schema(USER_ID, AGE)}") == [expected]


@pytest.mark.parametrize("answer", [{"schema": {"name": "x", "schema": "{}"}}, {"name": "x", "schema": "{}"}])
def test_the_answer_of_describe_schema_is_told_as_such(answer: dict[str, object]) -> None:
    (problem,) = problems(json.dumps(answer))
    assert (
        "This is a response of DescribeSchema, with the schema as text inside it. Paste the schema alone: " in problem
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Ln 1, Col 1 · Expected a schema, which is a JSON object; found no text."),
        (" \n\t", "Ln 1, Col 1 · Expected a schema, which is a JSON object; found no text."),
        ("{", "Ln 1, Col 2 · Expected a name in double quotes; found the end of the text."),
        ("\0", "Ln 1, Col 1 · Expected a value; found the character U+0000."),
        ("[" * 1000, "Ln 1, Col 33 · Expected at most 32 levels of brackets; found “[”."),
        ("x" * 20_001, "Ln 1, Col 1 · Expected at most 20000 characters of text; found 20001 characters."),
    ],
)
def test_a_text_that_is_no_json_has_its_sentence(text: str, expected: str) -> None:
    validation = validate_schema_input(USERS, text, "")
    assert [problem.text for problem in validation.problems] == [expected]
    assert not validation.is_readable


@pytest.mark.parametrize("text", ["7", "null", '"record"', "[]"])
def test_json_that_is_no_object_is_no_schema(text: str) -> None:
    assert problems(text) == ['Ln 1, Col 1 · The schema must be a JSON object with "type": "record".']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (avro({"name": "A", "type": "int"}, type="enum"), 'The schema must be a JSON object with "type": "record".'),
        (avro(fields=[]), 'The schema must have "fields": a list of at least one field.'),
        (avro(fields={}), 'The schema must have "fields": a list of at least one field.'),
    ],
)
def test_an_object_that_is_no_record_of_fields_is_no_schema(text: str, expected: str) -> None:
    assert [problem.sentence for problem in validate_schema_input(USERS, text, "").problems] == [expected]


SURROGATE = (
    "Expected whole characters; found half of a surrogate pair. Write the character itself, or both of its escapes."
)
NUMBER = "Expected a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double); found the number"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('"type": "bytes", "type": "int"', ["Ln 3, Col 32 · Expected each name in an object once; found “type” again. Keep one."]),
        (r'"type": "int", "n\u0061me": "B"', ["Ln 3, Col 30 · Expected each name in an object once; found “name” again. Keep one."]),
        ('"type": "int", "doc": {"a": [{"b": 1, "b": 1}]}', ["Ln 3, Col 53 · Expected each name in an object once; found “b” again. Keep one."]),
        ('"type": "double", "default": 1e999', [f"Ln 3, Col 44 · {NUMBER} 1e999. Write one that is nearer to 0."]),
        ('"type": "int", "version": [-1e309]', [f"Ln 3, Col 42 · {NUMBER} -1e309. Write one that is nearer to 0."]),
        ('"type": ["null", "float"], "default": 1e39', ["Ln 3, Col 53 · A · The field A has a default out of the range of its type. Expected a number from -3.4028235e38 to 3.4028235e38 (float)."]),
        (r'"type": "int", "doc": "\ud800"', [f"Ln 3, Col 37 · {SURROGATE}"]),
        (r'"type": "int", "aliases": ["\uDFFF x"]', [f"Ln 3, Col 42 · {SURROGATE}"]),
        (r'"type": "int", "\ud83d": 1', [f"Ln 3, Col 30 · {SURROGATE}"]),
        ('"type": "int", "default": -Infinity', ["Ln 3, Col 41 · Expected a JSON value; found “-Infinity”. JSON has only finite numbers. Write null for no value, if the field is nullable."]),
        (r'"type": "int", "doc": "\ud83d\ude00", "x": {"type": 1}', []),
        ('"type": "float", "default": 3.4028235E38', []),
    ],
)  # fmt: skip
def test_names_what_readers_of_json_do_not_read_alike(field: str, expected: list[str]) -> None:
    assert problems(schema(USER_ID, f'{{"name": "A", {field}}}', AGE)) == expected


def test_knows_the_longest_schema_of_the_service() -> None:
    model = ServiceModel(Loader().load_service_model("personalize", "service-2"))
    shape = model.operation_model("CreateSchema").input_shape
    assert shape is not None
    assert shape.members["schema"].metadata["max"] == LONGEST_SCHEMA


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["record", "int", "null", "USER_ID"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["type", "name", "fields", "default", "order", "namespace", "doc", "aliases", "logicalType", "categorical"]), inner),
)  # fmt: skip


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, VALUES)
def test_whatever_is_typed_has_sentences(record: object, field: object) -> None:
    for value in (
        record,
        {"type": "record", "name": "U", "fields": [field]},
        {
            "type": "record",
            "name": record,
            "fields": [{"name": "A", "type": "int", "default": field, "order": record}],
        },
    ):
        validate_schema_input(USERS, json.dumps(value), "VIDEO_ON_DEMAND")


def test_a_replacement_has_what_is_wrong_with_it_at_its_place() -> None:
    present = avro({"name": "AGE", "type": "int"}, {"name": "CITY", "type": "string", "categorical": True})
    text = (
        '{"type": "record", "name": "Users", "fields": [{"name": "USER_ID", "type": "string"},\n'
        ' {"name": "AGE", "type": "long"},\n {"name": "POINTS", "type": "int"}]}'
    )
    problems = validate_schema_input(USERS, text, "", present).problems
    assert [(each.line, each.column, each.field) for each in problems] == [
        (1, 47, "CITY"),
        (2, 26, "AGE"),
        (3, 29, "POINTS"),
    ]
    assert validate_schema_input(USERS, "[]", "", present).problems == validate_schema_input(USERS, "[]", "").problems
    assert validate_schema_input(USERS, present, "", present).problems == ()
