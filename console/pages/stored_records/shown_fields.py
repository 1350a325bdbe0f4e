"""The fields of stored records and events, for display."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

NO_VALUE, LEFT_OUT = "No value (null)", "Left out"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a record: its name in the schema, its property name, and its value or the words for a missing one.

    `seconds` is the value of a timestamp, in seconds since 1970.
    """

    name: str
    property_name: str
    value: str
    words: str = ""
    seconds: float | None = None


def shown_fields(schema: Schema, record_id: str | None, properties: Mapping[str, Any]) -> list[ShownField]:
    """Return the fields in the schema's order, followed by the record's other properties.

    `record_id` is the value of the id field, None if it has none.
    """
    values = {field.name: properties[name] for name in properties if (field := schema.field(name))}
    if record_id is not None:
        values[schema.id_field.name] = record_id
    others = [name for name in properties if not schema.field(name)]
    own = [_shown(field.name, field.request_name, values, field) for field in schema.fields]
    return [*own, *(_shown(name, name, properties) for name in others)]


def as_sent(schema: Schema, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties of an event, with the names that a request uses for its own members."""
    return {_sent_name(schema, name): value for name, value in properties.items()}


def _sent_name(schema: Schema, name: str) -> str:
    field = schema.field(name)
    # A nested member has no name of its own among the properties.
    return field.member.member if field and field.member and "." not in field.member.member else name


def _shown(name: str, property_name: str, values: Mapping[str, Any], field: Field | None = None) -> ShownField:
    value = values.get(name)
    if value is None:
        return ShownField(name, property_name, "", NO_VALUE if name in values else LEFT_OUT)
    is_moment = field is not None and field.is_timestamp and isinstance(value, int | float)
    text = value if isinstance(value, str) else json.dumps(value)
    return ShownField(name, property_name, text, seconds=value if is_moment else None)
