"""Records by names and values, some of which leave out fields that have no value."""

from collections.abc import Sequence

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.headings import field_named
from console.records.pasted.tables.table import Rows
from console.records.schemas.schema import Schema

# The line of a record in its text, and its fields in order.
type Block = tuple[int, list[tuple[str, Scalar]]]


def names_of_all(blocks: Sequence[Block]) -> list[str]:
    """Return the names of all fields, in the order in which they come."""
    return list(dict.fromkeys(name for _line, fields in blocks for name, _value in fields))


def uneven_line(schema: Schema, blocks: Sequence[Block]) -> int | None:
    """Return the line of the first record that has a field twice, or not one that others have and the schema needs."""
    heading = names_of_all(blocks)
    needed = {name for name in heading if (field := field_named(schema, name)) and not field.nullable}
    for line, fields in blocks:
        names = {name for name, _value in fields}
        if len(names) < len(fields) or needed - names:
            return line
    return None


def filled_rows(blocks: Sequence[Block]) -> tuple[list[str], Rows, tuple[str, ...]]:
    """Return the heading and the rows of records, and a sentence on the names that not all of them have."""
    heading = names_of_all(blocks)
    found = [(line, dict(fields)) for line, fields in blocks]
    rows: Rows = [(line, [values.get(name, Bare(0, "")) for name in heading]) for line, values in found]
    missing = [name for name in heading if any(name not in values for _line, values in found)]
    notes = (f"Not all records have {', '.join(missing)}: the others have no value there.",) if missing else ()
    return heading, rows, notes
