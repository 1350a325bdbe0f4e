"""Rows that statements of SQL have: behind VALUES, as a SELECT of literals, or as MySQL's SET."""

import re
from dataclasses import dataclass

from console.records.json.nodes import Scalar
from console.records.pasted.tables.sql.literals import BETWEEN, line_of, read_rows, read_value
from console.records.pasted.tables.sql.statements import PART, bare_name
from console.records.pasted.tables.table import TableError

# The name of a value in a SELECT, which no word is that goes on with the statement.
ALIAS = re.compile(
    rf"\s*+(?:AS\s++(?P<name>{PART})|(?!--|(?:FROM|UNION|WHERE|ON|RETURNING|LIMIT|ORDER|GO)\b)(?P<bare>{PART}))",
    re.IGNORECASE,
)
COMMA = re.compile(rf"{BETWEEN},")
# Tables of one row, which some databases need.
ONE_ROW = r"(?:FROM\s++(?:dual|dummy|sysibm\.sysdummy1|rdb\$database)\b)?"
NEXT_SELECT = re.compile(
    rf"{BETWEEN}{ONE_ROW}{BETWEEN}(?:(?P<union>UNION(?:\s++(?:ALL|DISTINCT))?\s++SELECT\s++)"
    r"|(?=[;)]|\Z|(?:ON|RETURNING|WHERE|ORDER|GO|INSERT)\b))",
    re.IGNORECASE,
)
ASSIGNED = re.compile(rf"\s*+(?P<name>{PART}(?:\s*+\.\s*+{PART})*+)\s*+=")


@dataclass(frozen=True, slots=True)
class Source:
    """Rows, each with the offset where it begins, and their end.

    `names` are those of their values, None where not all have one.
    """

    rows: list[tuple[list[Scalar], int]]
    names: list[str] | None
    end: int


def read_source(match: re.Match[str], *, has_escapes: bool) -> Source | None:
    """Return the rows behind the word that a match of SOURCE ends with; raise TableError.

    None if they are no literals, as those of a SELECT from a table are not.
    """
    text, position = match.string, match.end()
    if match["select"]:
        return _selected(text, position, has_escapes=has_escapes)
    if match.groupdict().get("set"):
        return _assigned(text, position, has_escapes=has_escapes)
    rows = []
    for row, begin, end in read_rows(text, position, has_escapes=has_escapes):
        rows.append((row, begin))
        position = end
    return Source(rows, None, position)


def _selected(text: str, position: int, *, has_escapes: bool) -> Source | None:
    rows: list[tuple[list[Scalar], int]] = []
    names: list[str] | None = None
    while True:
        begin = position
        row: list[Scalar] = []
        called: list[str] = []
        while value := read_value(text, position, has_escapes=has_escapes):
            alias = ALIAS.match(text, value[1])
            position = alias.end() if alias else value[1]
            row.append(value[0])
            called += [bare_name(alias["name"] or alias["bare"])] if alias else []
            comma = COMMA.match(text, position)
            if comma is None:
                break
            position = comma.end()
        following = NEXT_SELECT.match(text, position) if value else None
        if following is None:
            return None
        names = called if not rows and len(called) == len(row) else names
        rows.append((row, begin))
        position = following.end()
        if not following["union"]:
            return Source(rows, names, position)


def _assigned(text: str, position: int, *, has_escapes: bool) -> Source:
    """Return the one row whose values stand behind their names; raise TableError."""
    row: list[Scalar] = []
    names: list[str] = []
    begin = position
    while True:
        match = ASSIGNED.match(text, position)
        value = read_value(text, match.end(), has_escapes=has_escapes) if match else None
        if match is None or value is None:
            raise TableError(f"Line {line_of(text, position)}: expected a value that is a text or a number.")
        names.append(bare_name(match["name"]))
        row.append(value[0])
        position = value[1]
        comma = COMMA.match(text, position)
        if comma is None:
            return Source([(row, begin)], names, position)
        position = comma.end()
