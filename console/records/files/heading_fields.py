"""Which field of the schema each column of a file is, by its name."""

from collections.abc import Sequence

from console.records.pasted.tables.headings import matched_columns
from console.records.schemas.schema import Schema

# Between the names of objects within one another.
WITHIN = "."


def fields_of_columns(schema: Schema, heading: Sequence[str]) -> list[str | None]:
    """Return the field of each column of a heading, None for a column that no field is; each field once.

    A field that no column names may stand in one of the objects: `event_properties.item_id`.
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
    """Return the field that the last part of a name in an object is; None if there is none.

    A required field may also have one of its other names there. Those of others may be of things that are no part of
    the record.
    """
    outer, _dot, last = name.rpartition(WITHIN)
    if not outer or not last:
        return None
    field = schema.field(last)
    if field is None:
        by_alias = schema.field(matched_columns(schema, [last])[0][0])
        field = None if by_alias is None or by_alias.nullable else by_alias
    return field.name if field else None
