"""The columns of files: those of the schema, whatever a request makes of the fields of an event."""

import json
from collections.abc import Mapping
from typing import Any

from console.records.entities import INTERACTIONS, USERS
from console.records.files.columns import columns_schema
from console.records.schemas.schema import read_entity_schema

FIELDS: list[dict[str, Any]] = [
    {"name": "USER_ID", "type": "string"},
    {"name": "ITEM_ID", "type": "string"},
    {"name": "TIMESTAMP", "type": "long"},
    {"name": "IMPRESSION", "type": ["null", "string"]},
]


def text(*fields: Mapping[str, Any]) -> str:
    return json.dumps({"type": "record", "name": "Any", "fields": fields})


def test_a_file_of_records_has_the_fields_of_their_schema() -> None:
    users = text(FIELDS[0], {"name": "AGE", "type": "int"})
    assert columns_schema(USERS, users) is read_entity_schema(USERS, users)


def test_a_file_of_events_has_no_fields_beside_those_of_the_schema() -> None:
    columns = columns_schema(INTERACTIONS, text(*FIELDS)).fields
    assert [(each.name, each.nullable) for each in columns] == [
        ("USER_ID", False),
        ("ITEM_ID", False),
        ("TIMESTAMP", False),
        ("IMPRESSION", True),
    ]
    assert [each.name for each in columns if each.member is None] == ["IMPRESSION"]
