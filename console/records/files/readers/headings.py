"""The row of a file that is its heading: the first one that names the schema's fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.records.files.source import BadCell, Cell, Row
from console.records.json.nodes import quoted
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.table import UNNAMED_LEFT_OUT
from console.records.schemas.schema import Schema

# The last row that may be a heading: above it are titles.
LAST_ROW = 20
# More of them than any schema has fields.
MOST_COLUMNS = 1000


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its row, the names of its columns, and how many fields they name."""

    row: int
    names: tuple[str, ...]
    fields: int
    notes: tuple[str, ...] = ()


def find_heading(schema: Schema, rows: Iterable[Row]) -> Heading | None:
    """Return the first of some rows that names the schema's fields, with a note on those above it, or None."""
    above: list[str] = []
    for row in rows:
        if row.number > LAST_ROW:
            break
        names = tuple("" if cell is None or isinstance(cell, BadCell) else str(cell).strip() for cell in row.cells)
        if len(names) <= MOST_COLUMNS and names_fields(schema, names):
            fields = {name for name in matched_columns(schema, names)[0] if schema.field(name)}
            return Heading(row.number, names, len(fields), _on_rows_above(above))
        above.append(" ".join(name for name in names if name))
    return None


def no_heading(schema: Schema) -> str:
    """Return the sentence on rows of which none names the schema's fields."""
    names = ", ".join(field.name for field in schema.declared_fields)
    return (
        f"None of its first {LAST_ROW} rows names the fields of the schema. "
        f"Write names such as {names} into a row above the others."
    )


def _on_rows_above(above: Sequence[str]) -> tuple[str, ...]:
    others = [text for text in above if text]
    if not others:
        return ()
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    return (f"Left out above the heading: {quoted(others[0])}{more}.",)


def with_row_names(names: tuple[str, ...], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the names of columns with one more in front, without a name, if each row has a running number there.

    R's write.table writes the names of rows so, and none above them.
    """
    is_shorter = bool(rows) and all(len(row.cells) == len(names) + 1 for row in rows)
    return ("", *names) if is_shorter and _are_row_numbers([row.cells[0] for row in rows]) else names


def notes_on_unnamed(names: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return a sentence on the columns without a name that have something in some rows: they are no fields."""
    unnamed = [
        place
        for place, name in enumerate(names)
        if not name and any(place < len(row.cells) and row.cells[place] not in (None, "") for row in rows)
    ]
    notes: list[str] = []
    if unnamed[:1] == [0] and _are_row_numbers([row.cells[0] for row in rows if row.cells]):
        notes.append(UNNAMED_LEFT_OUT)
        del unnamed[0]
    if unnamed:
        columns = ", ".join(column_letters(place) for place in unnamed)
        are = (
            "Column {} has no name, and is left out."
            if len(unnamed) == 1
            else "Columns {} have no name, and are left out."
        )
        notes.append(are.format(columns))
    return tuple(notes)


def _are_row_numbers(cells: Sequence[Cell]) -> bool:
    texts = [str(cell) for cell in cells]
    return all(text.isdecimal() for text in texts) and len(set(texts)) == len(texts)


def column_letters(place: int) -> str:
    """Return what spreadsheets call a column, by its place from 0: A, then Z, then AA."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
