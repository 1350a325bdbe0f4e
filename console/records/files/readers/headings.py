"""The row of a file that is its heading: the first that names the schema's fields, or else one of names alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from console.records.files.source import BadCell, Cell, Row
from console.records.json.nodes import quoted
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.table import UNNAMED_LEFT_OUT
from console.records.schemas.schema import Schema

# The last row that may be a heading: above it are titles.
LAST_ROW = 20
# More of them than any schema has fields.
MOST_COLUMNS = 1000
# A row of other names is known by the rows below it.
ROWS_THAT_TELL = 100
LONGEST_NAME = 100
# Every name has a letter.
LETTER = re.compile(r"[^\W\d_]")
TAKEN = "Row {} is taken for the heading, though it does not name the record as the schema does."
# Rows of equal width needed to make a table: prose with commas rarely has as many.
ROWS_OF_A_TABLE = 3
LONGEST_CELL = 1000
WITHOUT_NAMES = "No row is taken for a heading, since none has the names of fields: choose the field of each column."
NONE_KNOWN = "None of its names is that of a field: choose the field of each column."
SOME_KNOWN = "Only {} was recognised among its names: choose the fields of the other columns."


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


def likely_heading(schema: Schema, rows: Iterable[Row]) -> Heading | None:
    """Return the first row that has several names and nothing else, with rows of as many cells below it, or None.

    So it is where a program or a language has other names than the schema: a person chooses the fields then.
    """
    first = list(islice(rows, ROWS_THAT_TELL))
    for place, row in enumerate(first):
        if row.number > LAST_ROW:
            break
        if len(_filled(row)) > 1:
            return _heading_of_names(schema, row, first[place + 1 :])
    return None


def no_names(rows: Iterable[Row]) -> Heading | None:
    """Return a heading for rows that have none, or None where they are not all as wide, as in a text of words.

    A person chooses the fields of its columns, which have the names that spreadsheets give them.
    """
    first = list(islice(rows, ROWS_THAT_TELL))
    widths = {len(row.cells) for row in first}
    if len(first) < ROWS_OF_A_TABLE or len(widths) > 1 or not 1 < max(widths) <= MOST_COLUMNS:
        return None
    if any(not row.cells[0] or any(len(str(cell)) > LONGEST_CELL for cell in row.cells) for row in first):
        return None
    return Heading(0, tuple(f"Column {column_letters(place)}" for place in range(max(widths))), 0, (WITHOUT_NAMES,))


def _heading_of_names(schema: Schema, row: Row, below: Sequence[Row]) -> Heading | None:
    names = tuple(cell.strip() if isinstance(cell, str) else "" for cell in row.cells)
    given = [name for name in names if name]
    if len(names) > MOST_COLUMNS or len(given) < len(_filled(row)) or not all(map(_is_name, given)):
        return None
    alike = [each for each in below if len(_filled(each)) > 1 and max(_filled(each)) < len(names)]
    if len({name.lower() for name in given}) < len(given) or 2 * len(alike) <= len(below):
        return None
    known = [name for name in matched_columns(schema, names)[0] if schema.field(name)]
    said = SOME_KNOWN.format(" and ".join(known)) if known else NONE_KNOWN
    return Heading(row.number, names, len(known), (f"{TAKEN.format(row.number)} {said}",))


def _filled(row: Row) -> list[int]:
    """Return the places of the cells of a row that have something."""
    return [
        place
        for place, cell in enumerate(row.cells)
        if cell is not None and not (isinstance(cell, str) and not cell.strip())
    ]


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and text.isprintable() and LETTER.search(text) is not None


def no_heading(schema: Schema, where: str = "the file") -> str:
    """Return the sentence on rows of which none is a heading."""
    names = ", ".join(field.name for field in schema.declared_fields)
    return (
        f"No heading was found in the first {LAST_ROW} rows of {where}. "
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
