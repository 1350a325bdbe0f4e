"""Rows of literals of SQL without a statement around them, as MySQL Workbench and others copy them."""

import re

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.cells import ESCAPED_IN_QUOTES
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.sql.literals import read_rows
from console.records.pasted.tables.table import Table
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

LITERAL = r"(?:'(?:[^'\\]|\\.|'')*+'|NULL|TRUE|FALSE|[tf](?=[ \t]*+[,)]|\Z)|[-+]?[0-9.]++(?:[eE][-+]?[0-9]++)?)"
ROW = re.compile(rf"[ \t]*+{LITERAL}(?:[ \t]*+,[ \t]*+{LITERAL})++[ \t]*+,?", re.IGNORECASE)
ESCAPED_QUOTE = "\\'"
IN_PARENTHESES = re.compile(r"\((?P<values>.*)\)[,;]?")
# A quote that is written twice, what ends a statement, and words that programs have for variables alone.
ONLY_OF_SQL = re.compile(r"[^\s,('\\]''|''[^\s,)'\\]|\);\Z|[,(][ \t]*+(?:NULL|[tf])[ \t]*+[,)]")


def read_bare_rows(schema: Schema, text: str) -> Table | None:
    """Return the rows of a text whose lines are literals of SQL, one for each field, the first in quotes, or None."""
    text = _without_parentheses(text.strip())
    if not text.startswith("'"):
        return None
    lines = text.split("\n")
    if not all(ROW.fullmatch(line.strip()) for line in lines):
        return None
    has_escapes = ESCAPED_QUOTE in text
    rows = [
        (number, row)
        for number, line in enumerate(lines, 1)
        for row, _start, _end in read_rows(f"({line.strip().removesuffix(',')})", 0, has_escapes=has_escapes)
    ]
    heading = [str(cell.value) for cell in rows[0][1]]
    if names_fields(schema, heading):
        # sqlite's mode `quote`; rows whose texts have no commas are read as CSV.
        is_one = "'," in text and not has_escapes and all(len(row) == len(heading) for _line, row in rows)
        return Table("rows of SQL", heading, rows[1:], Dialect(has_quotes=True)) if is_one and len(rows) > 1 else None
    fields = schema.declared_fields
    if any(len(row) != len(fields) for _line, row in rows):
        return None
    cells = [(cell, field) for _line, row in rows for cell, field in zip(row, fields, strict=True)]
    if any(_is_letter(cell) and "boolean" not in field.types for cell, field in cells):
        return None
    notes = (ESCAPED_IN_QUOTES,) if has_escapes else ()
    return Table("rows of SQL", None, rows, Dialect(has_quotes=True), notes)


def _is_letter(cell: Scalar) -> bool:
    """Return whether a cell is a boolean as PostgreSQL shows it."""
    return isinstance(cell, Bare) and cell.value in ("t", "f")


def _without_parentheses(text: str) -> str:
    """Return rows without the parentheses of each, where they can only be SQL's."""
    if not text.startswith("(") or "\\" in text or not ONLY_OF_SQL.search(text):
        return text
    rows = [IN_PARENTHESES.fullmatch(line.strip()) for line in text.split("\n")]
    return "\n".join(row["values"] if row else "" for row in rows)
