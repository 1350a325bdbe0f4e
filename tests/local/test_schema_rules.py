"""What CreateSchema and CreateDataset ask of a schema, through real boto3."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import SCHEMA_FILES
from tests.local.schemas import text
from tests.local.shop import AGE, GROUP_ARN, SCHEMA_ARN, refused
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

HALF = "Expected whole characters; found half of a surrogate pair. Write the character itself, or both of its escapes."
TYPES = "Expected string, int, long, float, double, boolean, or a union of these with null."
ORDER = 'The field A has an unknown "order". Expected "ascending", "descending" or "ignore".'
NAME = 'The schema needs a "name", and may have a "namespace", of letters, digits and underscores. Dots separate the names of a namespace.'


def refusal(personalize: "PersonalizeClient", schema: str) -> str:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_schema(name="shop-users", schema=schema)
    assert personalize.list_schemas()["schemas"] == []
    return refused(error)[2]


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.stem)
def test_takes_the_real_schemas_for_users_datasets(personalize: "PersonalizeClient", path: Path) -> None:
    personalize.create_dataset_group(name="shop")
    personalize.create_schema(name="shop-users", schema=path.read_text())
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")


@pytest.mark.parametrize(
    "field",
    [
        text("A", default="x"),
        {"name": "A", "type": ["null", "int"], "default": None},
        {"name": "A", "type": ["int", "null"], "default": None},
        {"name": "A", "type": ["null", "int"], "default": 3},
        text("A", "float", default=1),
        text("A", "boolean", default=False),
        text("A", "null"),
        {"name": "A", "type": {"type": "int"}, "doc": "Of one's own", "order": "ignore"},
    ],
)
def test_takes_what_is_avro(personalize: "PersonalizeClient", field: dict[str, Any]) -> None:
    personalize.create_schema(name="shop-users", schema=avro(AGE, field, doc="Ours", namespace="com.example"))


@pytest.mark.parametrize(
    ("field", "message"),
    [
        (
            {"name": "A", "type": {"type": "array", "items": "string"}},
            f'The field A has the type {{"type": "array", "items": "string"}}. {TYPES}',
        ),
        (text("A", "bytes"), f'The field A has the type "bytes". {TYPES}'),
        ({"name": "A", "type": []}, f"The field A has the type []. {TYPES}"),
        ({"name": "A", "type": ["null", ["int"]]}, f'The field A has the type ["null", ["int"]]. {TYPES}'),
        ({"name": "A", "type": ["int", "int"]}, "The field A has a union that names a type twice."),
        (text("A", "int", default="x"), "The field A has a default of another type. Expected int."),
        (text("A", "int", default=True), "The field A has a default of another type. Expected int."),
        (text("A", "int", default=2**31), "The field A has a default of another type. Expected int."),
        (text("A", "int", default=None), "The field A has a default of another type. Expected int."),
        (text("A", "null", default=0), "The field A has a default of another type. Expected null."),
        (
            {"name": "A", "type": ["null", "int"], "default": "x"},
            "The field A has a default of another type. Expected int or null.",
        ),
        (
            {"name": "A", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
            "The field A has a logicalType. Expected a plain long.",
        ),
        (text("A", order="up"), ORDER),
        (text("A", order="\0"), ORDER),
        (
            text("A-B"),
            "The field name 'A-B' must consist of letters, digits and underscores, and start with a letter.",
        ),
        (
            text("user_id"),
            "The fields USER_ID and user_id have the same letters and digits. Field names must differ in more than case and underscores.",
        ),
        (
            text("AGE"),
            "The field AGE is there twice. Remove one of the two.",
        ),
    ],
)
def test_refuses_a_field_by_its_name(personalize: "PersonalizeClient", field: dict[str, Any], message: str) -> None:
    assert refusal(personalize, avro(AGE, field)) == message


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (
            "{",
            "The schema is not JSON, line 1, column 2: Expected a name in double quotes; found the end of the text.",
        ),
        ("[]", 'The schema must be a JSON object with "type": "record".'),
        (avro(AGE, type="enum"), 'The schema must be a JSON object with "type": "record".'),
        (avro(AGE, fields=[]), 'The schema must have "fields": a list of at least one field.'),
        (
            avro(text("A", "double", default=float("nan"))),
            "The schema is not JSON, line 1, column 130: Expected a JSON value; found “NaN”. "
            "JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        (avro(AGE, name=None), NAME),
        (avro(AGE, name="Our users"), NAME),
        (avro(AGE, name="string"), NAME),
        (avro(AGE, namespace="com..example"), NAME),
        (avro(AGE, namespace=7), NAME),
        (avro(AGE, logicalType="decimal"), "The schema has a logicalType. Expected a plain record."),
    ],
)
def test_refuses_what_is_no_flat_avro_record(personalize: "PersonalizeClient", schema: str, message: str) -> None:
    assert refusal(personalize, schema) == message


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ('"type": "record"', "valid, line 2, column 1: Expected each name in an object once; found “type” again. Keep one."),
        ('"x": {"a": 1, "b": 2, "a": 1}', "valid, line 2, column 23: Expected each name in an object once; found “a” again. Keep one."),
        (
            '"x": 1e999',
            "valid, line 2, column 6: Expected a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double); "
            "found the number 1e999. Write one that is nearer to 0.",
        ),
        (
            f'"x": -1{"0" * 5000}',
            "valid, line 2, column 6: Expected a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double); "
            f"found the number -1{"0" * 38}…. Write one that is nearer to 0.",
        ),
        (r'"doc": "\ud800"', f"JSON, line 2, column 8: {HALF}"),
        (r'"namespace": "\udc00\ud800"', f"JSON, line 2, column 14: {HALF}"),
        (r'"\uDBFF": 1', f"JSON, line 2, column 1: {HALF}"),
        ("'doc': 1", "JSON, line 2, column 1: Expected a name in double quotes; found “'”. Write text in double quotes."),
    ],
)  # fmt: skip
def test_refuses_what_readers_of_json_do_not_read_alike(
    personalize: "PersonalizeClient", member: str, message: str
) -> None:
    schema = avro(AGE).removesuffix("}") + f",\n{member}}}"
    assert refusal(personalize, schema) == f"The schema is not {message}"


@pytest.mark.parametrize("default", [1e39, -(10**39), 3.5e38])
def test_refuses_a_default_out_of_the_range_of_its_type(personalize: "PersonalizeClient", default: float) -> None:
    assert refusal(personalize, avro(AGE, text("A", "float", default=default))) == (
        "The field A has a default out of the range of its type. "
        "Expected a number from -3.4028235e38 to 3.4028235e38 (float)."
    )
