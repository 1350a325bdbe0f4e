"""Records in SQL that are no rows: documents, objects of names and values, and what placeholders stand for."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.parsing import Literal, read_literal_at
from console.records.pasted.reader import found_without, in_literal, records_in, within
from console.records.pasted.table_records import found_in_table
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.sql.literals import BETWEEN, line_of, read_value
from console.records.pasted.tables.sql.script import read_script
from console.records.pasted.tables.sql.statements import (
    BEHIND_ROWS,
    NAME,
    SPACE,
    end_of,
    end_of_statement,
    names_of,
    notes_behind,
)
from console.records.pasted.wrappings.sql_logs import without_sql_prefixes
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS
from console.records.record_input import up_to_most
from console.records.schemas.schema import Schema

# Documents of PartiQL, Cassandra, ClickHouse and SurrealDB.
DOCUMENT = re.compile(
    rf"(?:INSERT|UPSERT|REPLACE)\s++INTO\s++(?:TABLE\s++)?{NAME}\s*+(?:VALUES?|JSON|CONTENT|FORMAT\s++JSONEachRow)?\s*+"
    r"(?=[{\['\"]|<<)",
    re.IGNORECASE,
)
BAG = re.compile(r"\s*+(?:<<|>>)")
NEXT_DOCUMENT = re.compile(r"\s*+,?\s*+(?=\{)")
TEXT = re.compile(r"'((?:[^']|'')*+)'|\"(?:[^\"\\]|\\.)*+\"")
# Functions of Oracle, MySQL, PostgreSQL, sqlite, Snowflake and Spark that take names and values in turn, or with a
# word or colon in between.
OBJECT = re.compile(
    r"\b(?:OBJECT_CONSTRUCT(?:_KEEP_NULL)?|JSON_OBJECT|JSONB?_BUILD_OBJECT|NAMED_STRUCT|MAP)\s*+\(", re.IGNORECASE
)
BEFORE_OBJECT = re.compile(rf"{BETWEEN}(?:SELECT|INSERT|VALUES|JSON|OBJECT|NAMED|MAP|ARRAY)", re.IGNORECASE)
KEY = re.compile(rf"{BETWEEN}(?:KEY\b)?", re.IGNORECASE)
AFTER_NAME = re.compile(rf"{BETWEEN}(?:,|:(?!:)|VALUE\b|IS\b)", re.IGNORECASE)
AFTER_VALUE = re.compile(
    rf"{BETWEEN}(?P<end>,|(?:(?:NULL|ABSENT)\s++ON\s++NULL\s*+)?(?:RETURNING\s++\w++\s*+)?\))", re.IGNORECASE
)
PLACEHOLDER = r"(?:\?|%s|%\(\w++\)s|[:@$]\w++)"
BOUND = re.compile(
    rf"\b(?:INSERT|UPSERT|REPLACE)\s++(?:\w++\s++)?INTO\s++{NAME}\s*+\((?P<columns>[^()]*+)\)\s*+"
    rf"VALUES\s*+\((?P<marks>\s*+{PLACEHOLDER}(?:::\w++)?\s*+(?:,\s*+{PLACEHOLDER}(?:::\w++)?\s*+)*+)\)",
    re.IGNORECASE,
)
BRACKET = re.compile(r"[\[({]")
# A row of values, which a text or a number begins, and no call.
BEGUN_ROW = re.compile(r"(?<!\w)[\[({]\s*+(?:[bru]?[\"']|-?[0-9][0-9.]*+\s*+,)")
GIVEN = re.compile(r"\$(?P<number>[0-9]{1,4})\s*+=\s*+")
COMMA = re.compile(r"\s*+,\s*+")
DOCUMENTS = "documents in SQL"
MOST_DOCUMENTS = 1000
BOUND_VALUES = "an INSERT statement with placeholders"
NOT_THERE = (
    "The values of its placeholders are not behind it, or not as lists that can be read. Paste the values as JSON, or "
    "statements that have them in them."
)

MORE_VALUES = (
    "Line {}: more values stand outside of the list that was read. If that list is cut, complete it; otherwise put "
    "all rows into one list."
)


def read_logged_rows(schema: Schema, target: str, text: str) -> Found | None:
    """Return the rows of statements in a log."""
    return found_without(without_sql_prefixes(text), (("rows in SQL", found_in_table(read_script)),), schema, target)


def read_documents(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of INSERT statements that have documents instead of rows; raise Refusal."""
    position = end_of(SPACE, text, 0)
    if not DOCUMENT.match(text, position):
        return None
    text = TEXT.sub(_in_json, text)
    nodes: list[Node] = []
    tails: dict[str, None] = {}
    while (position := end_of(SPACE, text, position)) < len(text):
        match = DOCUMENT.match(text, position)
        if match is None:
            line = line_of(text, position)
            raise Refusal(f"Line {line}: expected an INSERT statement with a document.", DOCUMENTS)
        position = match.end()
        for literal in _literals(text, position):
            if literal.code:
                return None
            node = literal.node
            nodes += node.items if isinstance(node, Array) else [node]
            position = literal.end
            if len(nodes) > MOST_DOCUMENTS:
                most = up_to_most(schema.entity)
                raise Refusal(f"Expected {most}; found more than {MOST_DOCUMENTS}.", DOCUMENTS)
        behind = BAG.match(text, position)
        position = end_of(SPACE, text, behind.end() if behind else position)
        tail = BEHIND_ROWS.match(text, position)
        if tail:
            position = end_of_statement(text, tail.end())
            tails[text[tail.end() : position]] = None
    found = records_in(schema, target, Array(0, nodes)) if nodes else None
    if found is None:
        return None
    return within(schema, replace(found, notes=(*found.notes, *notes_behind(list(tails)))), "as documents in SQL")


def _in_json(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else json.dumps(match[1].replace("''", "'"))


def _literals(text: str, position: int) -> Iterator[Literal]:
    """Yield the documents at an offset: one, or several with or without commas between them, or in a bag."""
    bag = BAG.match(text, position)
    position = bag.end() if bag else position
    while literal := read_literal_at(text, position, keeps_code=True):
        yield literal
        behind = NEXT_DOCUMENT.match(text, literal.end)
        if behind is None:
            return
        position = behind.end()


def read_objects(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of calls such as JSON_OBJECT, which have names and values in turn; raise Refusal."""
    if not BEFORE_OBJECT.match(text):
        return None
    nodes: list[Node] = []
    position = 0
    while match := OBJECT.search(text, position):
        node = _object(text, match.end())
        if node is None:
            return None
        nodes.append(node[0])
        position = node[1]
    found = records_in(schema, target, Array(0, nodes)) if nodes else None
    return within(schema, found, "as objects in SQL") if found else None


def _object(text: str, position: int) -> tuple[Object, int] | None:
    """Return the names and values behind an opening parenthesis, and the offset behind the closing one."""
    members: list[Member] = []
    start = position
    while True:
        key = KEY.match(text, position)
        name = read_value(text, key.end() if key else position, has_escapes=False)
        behind = AFTER_NAME.match(text, name[1]) if name else None
        value = read_value(text, behind.end(), has_escapes=False) if behind else None
        end = AFTER_VALUE.match(text, value[1]) if value else None
        if name is None or value is None or end is None:
            return None
        members.append(Member(start, str(name[0].value), value[0]))
        position = end.end()
        if end["end"] != ",":
            return Object(start, members), position


def read_bound(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of INSERT statements with placeholders and what these stand for behind them; raise Refusal.

    So have logs, and programs that execute such a statement.
    """
    if len(text) > LONGEST_PROSE:
        return None
    matches = [match for match in BOUND.finditer(text) if names_fields(schema, names_of(match["columns"]))]
    if not matches or any(match["marks"].count(",") != match["columns"].count(",") for match in matches):
        return None
    nodes: list[Node] = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        bound = _bound(text, match.end(), following.start() if following else len(text), names_of(match["columns"]))
        if not bound:
            raise Refusal(NOT_THERE, BOUND_VALUES)
        nodes += bound
    found = in_literal(schema, target, Literal(Array(0, nodes), (), 0), "as values of placeholders in SQL")
    if found is None:
        raise Refusal(NOT_THERE, BOUND_VALUES)
    return found


def _bound(text: str, position: int, end: int, names: list[str]) -> list[Node]:
    """Return the records of the one list of values for all columns in a part of a text; none if there is none.

    Raises Refusal if there are two, as where the list around them is cut.
    """
    numbered = _numbered(text[position:end], names)
    if numbered:
        return [numbered]
    found: list[Node] = []
    for _start in range(MOST_STARTS):
        bracket = BRACKET.search(text, position, end)
        if bracket is None:
            break
        literal = read_literal_at(text, bracket.start())
        records = _records(literal.node, names) if literal and literal.end <= end else []
        if found and (records or (literal is None and BEGUN_ROW.match(text, bracket.start(), end))):
            line = line_of(text, bracket.start())
            raise Refusal(MORE_VALUES.format(line), BOUND_VALUES)
        found = found or records
        position = literal.end if literal and records else bracket.end()
    return found


def _numbered(text: str, names: list[str]) -> Node | None:
    """Return the record of values behind their numbers, as PostgreSQL logs parameters: `$1 = 'u-1', $2 = NULL`."""
    first = GIVEN.search(text)
    position = first.start() if first else -1
    members: list[Member] = []
    while match := GIVEN.match(text, position):
        value = read_value(text, match.end(), has_escapes=False)
        if value is None or int(match["number"]) != len(members) + 1 or len(members) == len(names):
            return None
        # A parameter is a text whatever its type is.
        cell = value[0] if value[0].value == "NULL" else Bare(0, value[0].value)
        members.append(Member(0, names[len(members)], cell))
        comma = COMMA.match(text, value[1])
        if comma is None:
            break
        position = comma.end()
    return Object(0, members) if members and len(members) == len(names) else None


def _records(node: Node, names: list[str]) -> list[Node]:
    """Return the records of rows of values, of one row, of several in one list, or of objects with names."""
    if isinstance(node, Object):
        return [node]
    items = node.items if isinstance(node, Array) else []
    pairs = [(each.items[0], each.items[1]) for each in items if isinstance(each, Array) and len(each.items) == 2]
    if [name.value for name, _value in pairs if isinstance(name, Scalar)] == names and len(items) == len(names):
        # Names with their values, as Rails logs them.
        return [Object(0, [Member(0, name, value) for name, (_name, value) in zip(names, pairs, strict=True)])]
    if items and all(isinstance(each, Object) for each in items):
        return items
    if items and all(isinstance(each, Scalar) for each in items):
        items = [Array(0, items[start : start + len(names)]) for start in range(0, len(items), len(names))]
    rows = [each.items for each in items if isinstance(each, Array)]
    if len(rows) < len(items) or any(len(row) != len(names) for row in rows):
        return []
    if any(not isinstance(each, Scalar) for row in rows for each in row):
        return []
    return [Object(0, [Member(0, name, each) for name, each in zip(names, row, strict=True)]) for row in rows]
