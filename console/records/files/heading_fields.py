"""Which field of the schema each column of a file is, by its name."""

from collections.abc import Sequence

from console.records.pasted.tables.headings import matched_columns
from console.records.schemas.schema import Schema

# Between the names of objects within one another.
WITHIN = "."


def fields_of_columns(schema: Schema, heading: Sequence[str]) -> list[str | None]:
    """Return the field of each column of a heading, None for a column that no field is; each field once.

    A required field that no column names may be the only one that stands in an object: `event_properties.item_id`.
    """
    known = {each.name for each in schema.fields}
    names, _notes = matched_columns(schema, heading)
    taken: set[str] = set()
    fields: list[str | None] = []
    for name in names:
        is_free = name in known and name not in taken
        fields.append(name if is_free else None)
        if is_free:
            taken.add(name)
    inner = [None if field else inner_field(schema, name) for field, name in zip(fields, heading, strict=True)]
    return [
        name if name and name not in taken and inner.count(name) == 1 else field
        for field, name in zip(fields, inner, strict=True)
    ]


def inner_field(schema: Schema, name: str) -> str | None:
    """Return the required field that the last part of a name in an object is; None if there is none."""
    outer, _dot, last = name.rpartition(WITHIN)
    field = schema.field(matched_columns(schema, [last])[0][0]) if outer and last else None
    return field.name if field and not field.nullable else None
