"""Files to fill in: console/records/files/templates.py."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from console.records.entities import INTERACTIONS, USERS
from console.records.files.readers.look import look_at
from console.records.files.templates import csv_template, xlsx_template
from console.records.schemas.schema import Schema, read_entity_schema

FIELDS: list[dict[str, Any]] = [
    {"name": "USER_ID", "type": "string"},
    {"name": "AGE", "type": ["null", "int"]},
    {"name": "MEMBERSHIP_TYPE", "type": "string", "categorical": True},
    {"name": "NEWSLETTER", "type": ["boolean", "null"]},
    {"name": "MEMBER_SINCE_TIMESTAMP", "type": "long"},
]


@pytest.fixture
def users() -> Schema:
    return read_entity_schema(USERS, json.dumps({"type": "record", "name": "Users", "fields": FIELDS}))


def test_a_csv_template_is_the_fields_in_the_order_of_the_schema(users: Schema) -> None:
    assert csv_template(users) == "USER_ID,AGE,MEMBERSHIP_TYPE,NEWSLETTER,MEMBER_SINCE_TIMESTAMP\r\n"


def test_a_template_of_events_has_what_a_request_cannot_do_without() -> None:
    fields = [{"name": name, "type": "string"} for name in ("USER_ID", "ITEM_ID")] + [
        {"name": "TIMESTAMP", "type": "long"}
    ]
    schema = read_entity_schema(INTERACTIONS, json.dumps({"type": "record", "name": "I", "fields": fields}))
    assert csv_template(schema) == "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\r\n"


def test_a_workbook_explains_each_field_and_keeps_texts_as_they_are_typed(users: Schema) -> None:
    book = load_workbook(BytesIO(xlsx_template(users)))
    records, fields = book["Records"], book["Fields"]
    assert [cell.value for cell in next(iter(records.rows))] == [
        "USER_ID",
        "AGE",
        "MEMBERSHIP_TYPE",
        "NEWSLETTER",
        "MEMBER_SINCE_TIMESTAMP",
    ]
    formats = {letter: column.number_format for letter, column in records.column_dimensions.items()}
    assert formats == {"A": "@", "B": "General", "C": "@", "D": "General", "E": "General"}
    assert [[cell.value for cell in row] for row in fields.rows] == [
        ["Field", "Type", "Required", "Example"],
        ["USER_ID", "string", "yes", "user-1"],
        ["AGE", "int", "no", "1"],
        ["MEMBERSHIP_TYPE", "string, several with | between them", "yes", "Premium Class|Legacy Member"],
        ["NEWSLETTER", "boolean", "no", "true"],
        ["MEMBER_SINCE_TIMESTAMP", "long", "yes", "2026-11-29T10:00:00Z"],
    ]


def test_a_template_that_was_filled_in_is_read(users: Schema, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(xlsx_template(users)))
    book["Records"].append(["007", 34, "Gold", True, 1600000000])
    file = tmp_path / "filled.xlsx"
    book.save(file)
    look = look_at(file, users)
    assert (look.sheet, look.heading[0], len(look.first_rows)) == ("Records", "USER_ID", 1)
    assert look.first_rows[0].cells[0] == "007"
