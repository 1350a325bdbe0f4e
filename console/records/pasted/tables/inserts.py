"""Rows as INSERT statements of SQL, as database clients export them."""

import re
from collections.abc import Iterator

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

INSERT = re.compile(r"\s*+INSERT\s++INTO\s++[^()]{1,300}+\((?P<columns>[^()]*+)\)\s*+VALUES\s*+", re.IGNORECASE)
# A literal of SQL (ISO 9075): a text has its quotes twice, and PostgreSQL names its type behind it.
VALUE = re.compile(
    r"\s*(?:[eEnN]?'(?P<text>(?:[^']|'')*)'|(?P<bare>[-+\w.]+))(?:::[\w ]+)?\s*(?P<end>[,)])",
)
OF_TEXT = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|null|true|false", re.IGNORECASE)
DIALECT = Dialect(has_quotes=True)


def read_inserts(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that is INSERT statements with the names of their columns, or None; raise TableError.

    All of them have the same columns.
    """
    match = INSERT.match(text)
    if match is None:
        return None
    heading = _names(match["columns"])
    if not names_fields(schema, heading):
        return None
    rows: list[tuple[int, list[Scalar]]] = []
    position = counted = 0
    line = 1
    while match := INSERT.match(text, position):
        if _names(match["columns"]) != heading:
            raise TableError(f"Line {_line(text, match.end())}: this statement has other columns than the first one.")
        position = match.end()
        for row, begin, end in _rows(text, position):
            # The line breaks of each part of the text are counted once.
            line, counted = line + text.count("\n", counted, begin), begin
            rows.append((line, row))
            position = end
        position = re.compile(r"\s*;?").match(text, position).end()  # type: ignore[union-attr]  # It matches everywhere.
    if text[position:].strip():
        raise TableError(f"Line {_line(text, position)}: expected an INSERT statement with values alone.")
    return Table("rows of INSERT statements", heading, rows, DIALECT)


def _names(columns: str) -> list[str]:
    return [name.strip().strip('"`[]') for name in columns.split(",")]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _rows(text: str, position: int) -> Iterator[tuple[list[Scalar], int, int]]:
    """Yield the values in each pair of parentheses, and the offsets of its first one and behind them."""
    opening = re.compile(r"\s*,?\s*\(")
    while match := opening.match(text, position):
        row: list[Scalar] = []
        begin = position = match.end()
        while True:
            value = VALUE.match(text, position)
            if value is None or (value["bare"] and not OF_TEXT.fullmatch(value["bare"])):
                raise TableError(f"Line {_line(text, position)}: expected a value that is a text or a number.")
            quoted = value["text"]
            row.append(Bare(0, value["bare"]) if quoted is None else Scalar(0, quoted.replace("''", "'")))
            position = value.end()
            if value["end"] == ")":
                break
        yield row, begin, position
