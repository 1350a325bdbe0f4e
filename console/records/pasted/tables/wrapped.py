"""Tables whose cells wrap onto further lines: since a break may be within a word, they are refused."""

from collections.abc import Sequence
from itertools import pairwise

from console.records.pasted.tables.drawing import is_rule
from console.records.pasted.tables.headings import matched_columns
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

CONTINUED = (
    "Line {}: its cells go on with those of the line above, and may be parts of words. "
    "Print the table wider, or paste CSV or JSON."
)
# How psql marks a cell that wraps: at the end of one line and at the start of the next.
WRAPPED = (".", "\u2026")


def check_wrapped_by_psql(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Raise TableError if a cell continues on the next line: psql's format `wrapped` marks both ends."""
    for (_line, above), (line, below) in pairwise(rows):
        if any(
            one[-1:] in WRAPPED and two[:1] in WRAPPED and one and two for one, two in zip(above, below, strict=True)
        ):
            raise TableError(CONTINUED.format(line))


def check_wrapped(
    schema: Schema, heading: Sequence[str], lines: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> None:
    """Raise TableError if a row continues the cells of the row above, as in a table that is too wide.

    Such a row has no id, or is nearly empty although there are rules between rows. `lines` are those of the text, by
    which a row's number counts from 1.
    """
    place = _place_of_id(schema, heading)
    has_rules = sum(is_rule(lines[line - 2]) for line, _row in rows) > 1
    for line, row in rows[1:]:
        empty = sum(not cell.strip() for cell in row)
        is_without_id = place is not None and not row[place].strip() and (has_rules or empty > 1)
        if not is_rule(lines[line - 2]) and (is_without_id or (has_rules and 2 * empty > len(row))):
            raise TableError(CONTINUED.format(line))


def check_aligned(schema: Schema, table: Table) -> None:
    """Raise TableError if a row of a table with aligned columns continues the row above: it lacks its id and more.

    A first cell alone is a mark or a word below the table.
    """
    place = _place_of_id(schema, table.heading or ())
    for line, row in table.rows[1:]:
        filled = [number for number, cell in enumerate(row) if str(cell.value).strip()]
        if place is not None and place not in filled and 0 < len(filled) < len(row) - 1 and filled != [0]:
            raise TableError(CONTINUED.format(line))


def _place_of_id(schema: Schema, heading: Sequence[str]) -> int | None:
    names, _notes = matched_columns(schema, heading)
    return names.index(schema.id_field.name) if schema.id_field.name in names else None
