import json

from console.records.entities import USERS
from console.records.schemas.schema import read_entity_schema
from console.records.template import record_template
from tests.records.literal_schemas import avro, users_schema


def test_shows_field_names_and_data_types() -> None:
    schema = users_schema(AGE="int", GENDER=["null", "string"], SCORE="double", ACTIVE=["boolean", "null"])
    assert record_template(schema) == (
        "{\n"
        '  "USER_ID": "string",\n'
        '  "AGE": "int",\n'
        '  "GENDER": "string",\n'
        '  "SCORE": "double",\n'
        '  "ACTIVE": "boolean"\n'
        "}"
    )


def test_is_json_for_a_schema_with_user_id_alone() -> None:
    assert json.loads(record_template(read_entity_schema(USERS, avro()))) == {"USER_ID": "string"}
