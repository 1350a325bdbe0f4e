import json
from pathlib import Path
from typing import Any

import pytest

from console.records.entities import USERS
from console.records.schemas.fields import Field
from console.records.schemas.schema import SchemaError, read_entity_schema, read_schema
from tests.conftest import SCHEMA_FILES
from tests.records.literal_schemas import avro


@pytest.mark.parametrize("path", SCHEMA_FILES, ids=lambda path: path.stem)
def test_reads_every_schema_in_public_use(path: Path) -> None:
    schema = read_entity_schema(USERS, path.read_text())
    declared = json.loads(path.read_text())["fields"]
    assert [field.name for field in schema.fields] == [field["name"] for field in declared]
    assert [field.categorical for field in schema.fields] == [field.get("categorical") is True for field in declared]


def test_there_are_thirteen_schemas_in_public_use() -> None:
    assert len(SCHEMA_FILES) == 13


@pytest.mark.parametrize(
    ("type_", "types", "nullable"),
    [
        ("int", ("int",), False),
        (["null", "int"], ("int",), True),
        (["int", "null"], ("int",), True),
        (["string"], ("string",), False),
        (["null"], (), True),
        ("null", (), True),
        (["long", "double"], ("long", "double"), False),
        ({"type": "boolean"}, ("boolean",), False),
        (["null", {"type": "float"}], ("float",), True),
    ],
)
def test_reads_types_and_unions(type_: Any, types: tuple[str, ...], nullable: bool) -> None:
    schema = read_entity_schema(USERS, avro({"name": "X", "type": type_, "default": None}))
    assert schema.fields[1] == Field("X", types, nullable, categorical=False)


def test_reads_a_schema_of_another_record_name_without_version() -> None:
    assert read_entity_schema(USERS, avro({"name": "A", "type": "int"}, name="users", doc="x")).name == "users"


def test_names_a_field_by_any_of_its_spellings() -> None:
    schema = read_entity_schema(USERS, avro({"name": "MEMBERSHIP_TYPE", "type": "string"}))
    assert schema.field("membershipType") is schema.field("MEMBERSHIP_TYPE") is schema.fields[1]
    assert schema.field("membership") is None


def test_metadata_fields_are_all_but_the_user_id() -> None:
    schema = read_entity_schema(USERS, avro({"name": "AGE", "type": "int"}))
    assert [field.name for field in schema.metadata_fields] == ["AGE"]


def test_type_names_leave_null_out() -> None:
    schema = read_entity_schema(
        USERS,
        avro(
            {"name": "A", "type": ["null", "int"]},
            {"name": "B", "type": ["int", "string"]},
            {"name": "C", "type": "null"},
        ),
    )
    assert [field.type_name for field in schema.metadata_fields] == ["int", "int or string", "null"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The schema is not JSON"),
        ("[" * 100_000, "The schema is not JSON"),
        ("[]", 'must be a JSON object with "type": "record"'),
        ('{"type": "enum"}', 'must be a JSON object with "type": "record"'),
        ('{"type": "record"}', 'must have "fields"'),
        ('{"type": "record", "fields": []}', 'must have "fields"'),
        ('{"type": "record", "fields": ["x"]}', 'Field 1 of the schema must be an object with a "name"'),
        ('{"type": "record", "fields": [{"name": 1}]}', 'Field 1 of the schema must be an object with a "name"'),
        (avro({"name": "2ND", "type": "int"}), "The field name '2ND' must consist"),
        (avro({"name": "___", "type": "int"}), "The field name '___' must consist"),
        (avro({"name": "X", "type": "bytes"}), "The field X has the type"),
        (avro({"name": "X", "type": []}), "The field X has the type"),
        (avro({"name": "X", "type": ["int", ["string"]]}), "The field X has the type"),
        (avro({"name": "X", "type": {"type": "array", "items": "string"}}), "The field X has the type"),
        (avro({"name": "X"}), "The field X has the type null"),
        (avro({"name": "X", "type": ["int", "int"]}), "The field X has a union that names a type twice"),
        (
            avro({"name": "GENRES_FIELD_1", "type": "int"}, {"name": "GENRESFIELD1", "type": "int"}),
            "The fields GENRES_FIELD_1 and GENRESFIELD1 have the same letters and digits",
        ),
        (
            avro({"name": "X", "type": "int"}, {"name": "X", "type": "int"}),
            "The field X is there twice. Remove one of",
        ),
    ],
)
def test_refuses_what_is_no_flat_record(text: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message.replace("(", r"\(")):
        read_schema(text)


@pytest.mark.parametrize(
    ("user_id", "message"),
    [
        ({"name": "ID", "type": "string"}, "needs a field USER_ID"),
        ({"name": "USER_ID", "type": "int"}, "must be of type string"),
        ({"name": "USER_ID", "type": ["null", "string"]}, "must be of type string"),
    ],
)
def test_a_users_schema_has_a_user_id_of_type_string(user_id: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        read_entity_schema(USERS, json.dumps({"type": "record", "fields": [user_id]}))


def test_one_text_gives_one_schema() -> None:
    assert read_entity_schema(USERS, avro()) is read_entity_schema(USERS, avro())
