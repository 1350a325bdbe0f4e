"""Rows as conditions of SQL: `user_id = 'u-1' AND age = 34`, as DataGrip copies them for a WHERE clause."""

import re
from collections.abc import Sequence

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.sql.literals import line_of, read_value
from console.records.pasted.tables.table import Table
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

BEGINNING = re.compile(r"\s*+(?:WHERE\b\s*+)?\(?\s*+[\w.\"`\[\]]++\s*+(?:=|IS\s++NULL\b)", re.IGNORECASE)
BEFORE_ROW = re.compile(r"\s*+(?:WHERE\b|OR\b)?\s*+(?P<opened>\()?", re.IGNORECASE)
NAME = re.compile(
    r"\s*+(?:\w++\.)*+(?:(?P<bare>\w++)|\"(?P<double>[^\"\n]++)\"|`(?P<back>[^`\n]++)`|\[(?P<square>[^\]\n]++)\])"
    r"\s*+(?:(?P<equals>=)|IS\s++NULL\b)",
    re.IGNORECASE,
)
AND = re.compile(r"\s*+AND\b", re.IGNORECASE)
CLOSED = re.compile(r"\s*+\)")
END = re.compile(r"\s*+;?\s*+\Z")
OR = re.compile(r"\s*+OR\b", re.IGNORECASE)
MOST_NAMES = 1000
# Conditions are copied for a few rows only.
LONGEST = 100_000


def read_conditions(schema: Schema, text: str) -> Table | None:
    """Return the rows of conditions, each of which gives the same columns a value, or None of another text."""
    if len(text) > LONGEST or not BEGINNING.match(text):
        return None
    rows: list[tuple[int, Sequence[Scalar]]] = []
    heading: list[str] = []
    position = 0
    while rows == [] or OR.match(text, position):
        found = _row(text, position)
        names = [name for name, _value in found[0]] if found else []
        if found is None or not names_fields(schema, names) or (heading and names != heading):
            return None
        heading = names
        rows.append((line_of(text, position), [value for _name, value in found[0]]))
        position = found[1]
    is_whole = END.match(text, position) and len(heading) > 1 and len(set(heading)) == len(heading)
    return Table("rows as conditions of SQL", heading, rows, Dialect(has_quotes=True)) if is_whole else None


def _row(text: str, position: int) -> tuple[list[tuple[str, Scalar]], int] | None:
    """Return the names and values between AND, and where they end; None if one is another condition."""
    before = BEFORE_ROW.match(text, position)
    position = before.end() if before else position
    cells: list[tuple[str, Scalar]] = []
    while len(cells) < MOST_NAMES and (name := NAME.match(text, position)):
        value = read_value(text, name.end(), has_escapes=False) if name["equals"] else (Bare(0, "NULL"), name.end())
        if value is None:
            return None
        cells.append((name[_kind(name)], value[0]))
        position = value[1]
        following = AND.match(text, position)
        if following is None:
            break
        position = following.end()
    closed = CLOSED.match(text, position) if before and before["opened"] else None
    is_closed = closed or not (before and before["opened"])
    return (cells, closed.end() if closed else position) if cells and is_closed else None


def _kind(name: re.Match[str]) -> str:
    """Return which quotes a name stands in."""
    return next(kind for kind in ("bare", "double", "back", "square") if name[kind])
