"""Columns of a data frame on a line each, as `glimpse` of polars and of R shows them."""

import re

from console.records.json.nodes import Array, Bare, Scalar
from console.records.json.writing import json_of
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import CUT_MARKS, Rows, Table, TableError
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

SIZE = re.compile(r"\s*+Rows: (?P<rows>[0-9][0-9,]{0,14}+)[ \t\r]*+\nColumns: [0-9,]+[ \t\r]*+\n")
COLUMN = re.compile(r"\$ ++(?P<name>.*?\S) +<(?P<type>[^<>]+)> ++(?P<values>.*)")
# The number of digits that R prints.
ROUNDED = re.compile(r"-?[0.]*+(?:[0-9]\.?){7}(?:[.e].*)?")
MAY_BE_ROUNDED = (
    "glimpse of R shows seven digits of a number, so {} may be rounded. Check it, or paste the output of dput or "
    "write.csv."
)
FIRST_OF_ROWS = "It shows the first values of {} rows. Paste the output of write_csv or write.csv, or import it."
OF_STR = re.compile(r"\s*+(?:'data\.frame':\t|tibble |Classes )[^\n]*\n")
WORDS = "rows of columns on a line each"


def read_glimpse(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that has a column on each line, or None; raise TableError if something is cut."""
    if OF_STR.match(text):
        raise TableError("R's str rounds numbers and cuts what is long. Paste the output of print, dput or write.csv.")
    size = SIZE.match(text)
    lines = [line for line in text[size.end() :].split("\n") if line.strip()] if size else []
    columns = [match for line in lines if (match := COLUMN.fullmatch(line.strip()))]
    names = [each["name"].strip("`") for each in columns]
    if size is None or not columns or len(columns) < len(lines) or not names_fields(schema, names):
        return None
    rows = int(size["rows"].replace(",", ""))
    if rows > schema.entity.most_per_call:
        raise TableError(FIRST_OF_ROWS.format(size["rows"]))
    values = [_values(each["name"], each["values"], rows) for each in columns]
    found: Rows = [(number, [column[number] for column in values]) for number in range(rows)]
    return Table(WORDS, names, found, Dialect(has_quotes=True), _on_rounded(columns))


def _on_rounded(columns: list[re.Match[str]]) -> tuple[str, ...]:
    """Return a sentence on a number that R may have rounded."""
    numbers = (number for each in columns if each["type"] == "dbl" for number in each["values"].split(", "))
    rounded = next(filter(ROUNDED.fullmatch, numbers), None)
    return (MAY_BE_ROUNDED.format(rounded),) if rounded else ()


def _values(name: str, text: str, rows: int) -> list[Scalar]:
    """Return the values of a column; raise TableError if they are not as many as there are rows."""
    literal = None if text.endswith(CUT_MARKS) else read_literal(f"[{text}]")
    items = literal.node.items if literal and isinstance(literal.node, Array) else []
    found = [each for each in items if isinstance(each, Scalar)]
    if len(found) != rows:
        raise TableError(f"The values of {name} are cut. Print the whole table.")
    # A number without quotes is a cell as of any table.
    return [each if isinstance(each.value, str) else Bare(0, json_of(each)) for each in found]
