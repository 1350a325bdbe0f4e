"""The template that Record input starts from."""

import json

from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema


def placeholder(field: Field) -> str:
    """Return a field's placeholder in the template: the name of its data type."""
    return field.type_name


def record_template(schema: Schema) -> str:
    """Return JSON text of one record with the names of the template's fields and, as values, their data types."""
    return json.dumps({field.name: placeholder(field) for field in schema.template_fields}, indent=2)
