"""Records as names and values on one line each: logfmt, Miller's DKVP, and what Python shows of models."""

import re

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.literals.tokens import Token, string_text
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

PAIR = re.compile(
    r"""(?P<name>[A-Za-z_][\w.-]*)=(?:(?P<double>"(?:[^"\\]|\\.)*")|(?P<single>'(?:[^'\\]|\\.)*')|(?P<bare>[^\s,;"']*))"""
    r"(?:[ \t]*[,;][ \t]*|[ \t]+|$)"
)


def read_pairs(schema: Schema, text: str) -> Table | None:
    """Return the table of a text each of whose lines is pairs of a name and a value, or None; raise TableError."""
    records: list[tuple[int, dict[str, Scalar]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        pairs = _pairs(line.strip())
        if len(pairs) < 2:
            return None
        records.append((number, pairs))
    heading = list(records[0][1]) if records else []
    if not names_fields(schema, heading):
        return None
    for number, pairs in records:
        if list(pairs) != heading:
            raise TableError(f"Line {number}: expected the names of the first line: {', '.join(heading)}.")
    return Table("rows of names and values", heading, [(number, list(pairs.values())) for number, pairs in records])


def _pairs(line: str) -> dict[str, Scalar]:
    """Return the pairs that a line is as a whole; none if it has anything else, or a name twice."""
    pairs: dict[str, Scalar] = {}
    position = 0
    while position < len(line):
        match = PAIR.match(line, position)
        if match is None or match["name"] in pairs:
            return {}
        pairs[match["name"]] = _value(match)
        position = match.end()
    return pairs


def _value(match: re.Match[str]) -> Scalar:
    for kind in ("double", "single"):
        if match[kind]:
            return Scalar(0, string_text(Token("string" if kind == "double" else kind, match[kind], 0)) or "")
    return Bare(0, match["bare"])
