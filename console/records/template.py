"""The template that Record input starts from, and an example of a whole record."""

import json

from console.records.schemas.fields import NUMBER_TYPES, Field
from console.records.schemas.schema import Schema

EXAMPLE_DATE = "2026-11-29T10:00:00Z"
EXAMPLES: dict[str, str | bool | float] = {"string": "text", "boolean": True, "float": 1.5, "double": 1.5}


def placeholder(field: Field) -> str:
    """Return a field's placeholder in the template: the name of its data type."""
    return field.type_name


def record_template(schema: Schema) -> str:
    """Return JSON text of one record with the names of the template's fields and, as values, their data types."""
    return json.dumps({field.name: placeholder(field) for field in schema.template_fields}, indent=2)


def example_record(schema: Schema) -> str:
    """Return JSON text of one valid record: the fields that it needs, and the type's example if the schema has it."""
    shown, _value = schema.entity.example
    fields = [field for field in schema.template_fields if field.is_id or not field.nullable or field.name == shown]
    return json.dumps({field.name: example_of(schema, field) for field in fields}, indent=2)


def example_of(schema: Schema, field: Field) -> str | bool | float:
    """Return a valid value of a field, as an example."""
    entity = schema.entity
    name, value = entity.example
    if field.is_id or (entity.is_event and field.name == entity.object_field):
        return f"{field.name.removesuffix('_ID').lower()}-1"
    if entity.is_event and field.name == "EVENT_TYPE":
        return "Taken" if entity.has_own_tracker else "Watch"
    if field.is_timestamp:
        return EXAMPLE_DATE
    kind = field.types[0]
    if field.name == name and kind == "string":
        return value
    return 1 if kind in NUMBER_TYPES - EXAMPLES.keys() else EXAMPLES[kind]
