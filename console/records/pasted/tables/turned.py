"""Tables that have a record in each column, as a data frame's `T` and lists of a field and its value have them."""

from collections.abc import Sequence

from console.records.json.nodes import Scalar
from console.records.pasted.tables.headings import field_named, names_fields
from console.records.pasted.tables.table import Rows
from console.records.schemas.schema import Schema


def turned(schema: Schema, heading: Sequence[str], rows: Rows) -> tuple[list[str], Rows] | None:
    """Return the heading and the rows of a table whose first column has the names of fields; None of any other."""
    names = [str(row[0].value).strip() for _line, row in rows if row]
    known = [name for name in names if field_named(schema, name)]
    if len(set(names)) < max(len(rows), 2) or 3 * len(known) < 2 * len(names) or not names_fields(schema, names):
        return None
    if names_fields(schema, heading) or any(len(row) != len(heading) or len(row) < 2 for _line, row in rows):
        return None
    columns: list[tuple[Scalar, ...]] = list(zip(*(row[1:] for _line, row in rows), strict=True))
    return names, [(rows[0][0], column) for column in columns]
