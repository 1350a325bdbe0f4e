"""Records with a field on each line: of psql's \\x, MariaDB's \\G, sqlite, PowerShell's Format-List, Miller's xtab."""

import re
from collections.abc import Sequence

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.values.dialect import PLAIN, Dialect
from console.records.schemas.schema import Schema

RECORD_OF_PSQL = re.compile(r"-\[ RECORD \d+ \][-+]*\s*")
RECORD_OF_MYSQL = re.compile(r"\*+ \d+\. row \*+\s*")
FIELD_OF_PSQL = re.compile(r"(?P<name>\S.*?) *\| ?(?P<value>.*)")
FIELD_OF_MYSQL = re.compile(r" *(?P<name>[^:]+): ?(?P<value>.*)")
FIELD_OF_SQLITE = re.compile(r" *(?P<name>[\w.-]+) = ?(?P<value>.*)")
# As Format-List has them; YAML has no space before the colon.
FIELD_OF_POWERSHELL = re.compile(r"(?P<name>[\w.-]+) +:(?: (?P<value>.*))?")
FIELD_OF_MILLER = re.compile(r"(?P<name>[\w.-]+) ++(?!:(?: |$))(?P<value>.*)|(?P<alone>[\w.-]+)")
# The last line of one row of a data frame.
OF_SERIES = re.compile(r"Name: .*, dtype: .*")
END = re.compile(r"\(\d+ rows?\)|\d+ rows? in set.*|")


def read_vertical(schema: Schema, text: str) -> Table | None:
    """Return the table of a text that has a field on each line, or None; raise TableError."""
    lines = text.split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    for is_record, field, words, dialect in (
        (RECORD_OF_PSQL, FIELD_OF_PSQL, "records of psql", PLAIN),
        (RECORD_OF_MYSQL, FIELD_OF_MYSQL, "records of MySQL or MariaDB", Dialect(frozenset(("NULL",)))),
    ):
        starts = [number for number, line in enumerate(lines) if is_record.fullmatch(line)]
        if starts:
            return _table(words, _marked(lines, starts, field), dialect)
    if text.lstrip()[:1] in ("[", "{"):
        return None
    for field, words in (
        (FIELD_OF_SQLITE, "records of sqlite"),
        (FIELD_OF_POWERSHELL, "records of PowerShell"),
        (FIELD_OF_MILLER, "records of Miller"),
    ):
        blocks = _blocks(lines, field)
        if blocks and all(_are_fields(schema, [name for name, _value in fields]) for _line, fields in blocks):
            return _table(words, blocks, PLAIN)
    return None


def _are_fields(schema: Schema, names: Sequence[str]) -> bool:
    """Say whether most of the names at the beginnings of lines are fields: nearly any line begins with a word."""
    known = [name for name in names if schema.field(name)]
    return 3 * len(known) >= 2 * len(names) > 2 and names_fields(schema, names)


type Block = tuple[int, list[tuple[str, str]]]


def _marked(lines: Sequence[str], starts: Sequence[int], field: re.Pattern[str]) -> list[Block]:
    """Return the fields of each record that begins at a line of its own."""
    blocks: list[Block] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        fields: list[tuple[str, str]] = []
        for number in range(start + 1, end):
            match = field.fullmatch(lines[number])
            if match:
                fields.append((match["name"].strip(), match["value"]))
            elif not END.fullmatch(lines[number]):
                raise TableError(f"Line {number + 1}: expected a field and its value; found “{lines[number][:40]}”.")
        blocks.append((start + 1, fields))
    return blocks


def _blocks(lines: Sequence[str], field: re.Pattern[str]) -> list[Block]:
    """Return the fields of each record, with blank lines between records; none if a line is no field."""
    blocks: list[Block] = []
    is_new = True
    for number, line in enumerate(lines):
        if not line.strip() or OF_SERIES.fullmatch(line):
            is_new = True
            continue
        match = field.fullmatch(line)
        if match is None:
            return []
        found = match.groupdict()
        if is_new:
            blocks.append((number + 1, []))
        blocks[-1][1].append((found.get("alone") or found["name"], (found["value"] or "").strip()))
        is_new = False
    return blocks


def _table(words: str, blocks: Sequence[Block], dialect: Dialect) -> Table:
    heading = list(dict.fromkeys(name for _line, fields in blocks for name, _value in fields))
    rows: list[tuple[int, list[Scalar]]] = []
    for line, fields in blocks:
        values = dict(fields)
        if len(values) < len(fields) or len(values) < len(heading):
            raise TableError(f"The record at line {line} has other fields than the others, or one of them twice.")
        rows.append((line, [Bare(0, values[name].rstrip()) for name in heading]))
    return Table(words, heading, rows, dialect)
