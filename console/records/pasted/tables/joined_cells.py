"""Rows with a separator in a cell without quotes, where one reading alone has the right number of cells."""

from collections.abc import Iterator, Sequence

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.headings import matched_columns
from console.records.pasted.tables.table import Rows
from console.records.pasted.values.conventions import conversion_of
from console.records.pasted.values.dialect import PLAIN
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

# More separators in one cell are left to the person.
MOST_TOO_MANY = 3
JOINED = "Line {}: {} is taken for one cell, as nothing else gives the row as many cells as its heading has."


def with_joined_cells(
    schema: Schema, separator: str, heading: Sequence[str], rows: Rows
) -> tuple[Rows, tuple[str, ...]]:
    """Return rows in which the parts of a cell are joined where that is certain, and a sentence on each of them.

    It is where the types of the fields, or the spaces behind separators that no other cell has, leave one place. Other
    rows stay as they are, for the person to see which it is.
    """
    width = len(heading)
    if len(rows) > schema.entity.most_per_call:
        # Beyond the number of records that can be sent, rows are only counted.
        return rows, ()
    widths = {len(row) for _line, row in rows}
    # Where each row is too long, the heading may lack a name.
    if width not in widths or max(widths) == width:
        return rows, ()
    fields = [schema.field(name) for name in matched_columns(schema, heading)[0]]
    if schema.id_field not in fields:
        return rows, ()
    has_spaces = any(_begins_with_space(cell) for _line, row in rows if len(row) == width for cell in row)
    kept: Rows = []
    notes: list[str] = []
    for line, row in rows:
        number = len(row) - width
        places = list(_places(fields, row, number)) if 0 < number <= MOST_TOO_MANY else []
        if len(places) > 1 and not has_spaces:
            places = [place for place in places if _is_spaced(row, place, number)]
        if len(places) != 1:
            kept.append((line, row))
            continue
        (place,) = places
        text = separator.join(str(cell.value) for cell in row[place : place + number + 1])
        kept.append((line, [*row[:place], Scalar(0, text), *row[place + number + 1 :]]))
        notes.append(JOINED.format(line, quoted(text)))
    return kept, tuple(notes)


def _places(fields: Sequence[Field | None], row: Sequence[Scalar], number: int) -> Iterator[int]:
    """Yield each column whose cell may have so many separators, all others fitting the types of their fields."""
    for place, field in enumerate(fields):
        parts = row[place : place + number + 1]
        cells = [*row[:place], *row[place + number + 1 :]]
        others = [*fields[:place], *fields[place + 1 :]]
        is_text = field is None or ("string" in field.types and not field.is_id)
        if is_text and all(isinstance(part, Bare) for part in parts) and all(map(_fits, others, cells)):
            yield place


def _fits(field: Field | None, cell: Scalar) -> bool:
    """Return whether a cell may be of a field."""
    if field is None or "string" in field.types:
        return field is None or not field.is_id or bool(str(cell.value).strip())
    return conversion_of(field, cell, PLAIN) is not None


def _is_spaced(row: Sequence[Scalar], place: int, number: int) -> bool:
    """Return whether exactly the parts of a cell but the first begin with a space in their row."""
    spaced = [index for index, cell in enumerate(row) if _begins_with_space(cell)]
    return spaced == list(range(place + 1, place + number + 1))


def _begins_with_space(cell: Scalar) -> bool:
    return isinstance(cell, Bare) and str(cell.value)[:1] == " "
