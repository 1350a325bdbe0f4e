import json

from console.records.entities import USERS
from console.records.schemas.schema import read_entity_schema
from console.records.template import example_record, record_template
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


def test_an_example_has_what_a_record_needs_and_nothing_else() -> None:
    schema = users_schema(
        AGE="int", GENDER=["null", "string"], SCORE="double", ACTIVE="boolean", SEEN_TIMESTAMP="long"
    )
    assert json.loads(example_record(schema)) == {
        "USER_ID": "user-1",
        "AGE": 1,
        "SCORE": 1.5,
        "ACTIVE": True,
        "SEEN_TIMESTAMP": "2026-11-29T10:00:00Z",
    }


def test_an_example_has_the_example_of_its_type_where_the_schema_does() -> None:
    schema = users_schema(CITY="string", MEMBERSHIP_TYPE=["null", "string"])
    assert json.loads(example_record(schema)) == {
        "USER_ID": "user-1",
        "CITY": "text",
        "MEMBERSHIP_TYPE": "Premium Class|Legacy Member",
    }
    assert json.loads(example_record(users_schema(MEMBERSHIP_TYPE="int")))["MEMBERSHIP_TYPE"] == 1
