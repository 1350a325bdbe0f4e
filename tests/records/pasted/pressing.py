"""What one press makes of a pasted text, for tests."""

from typing import Any

from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", MEMBERSHIP_TYPE="categorical string")
GOLD = ("u-1", 34, 1.5, True, "Gold")
BASIC = ("u-2", None, 2.0, False, "Basic")


def read(text: str, schema: Schema = SCHEMA) -> Detected:
    """Return what a text is detected as."""
    detected = detect(schema, "", text)
    assert detected is not None
    return detected


def values(text: str, schema: Schema = SCHEMA) -> list[tuple[Any, ...]]:
    """Return the id and the values of each record that one press makes of a text."""
    detected = read(text, schema)
    assert detected.refusal == ""
    validation = validate_record_input(schema, detected.text)
    assert validation.problems == ()
    names = [field.property_name for field in schema.metadata_fields]
    return [(each.record_id, *(each.properties.get(name) for name in names)) for each in validation.records]
