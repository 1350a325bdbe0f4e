"""Rows of a table with separators that are no records: rules, types, and headings that come again."""

import re
from collections.abc import Callable, Sequence

from console.records.entities import ENTITIES
from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.headings import bare_names, has_json
from console.records.pasted.tables.table import Rows, TableError
from console.records.property_names import match_key

# A single dash is how programs write a missing value, and the rule of a column that is one character wide.
RULE = re.compile(r"-+|=+")
SHORTEST_RULE = 2
NAME = re.compile(r"[A-Za-z_][\w .-]*")
# The second line of ClickHouse's formats WithNamesAndTypes.
CLICKHOUSE_TYPE = (
    r"(?:Nullable|LowCardinality|Array|Map|Tuple|FixedString|Decimal(?:32|64|128|256)?|Enum(?:8|16)|DateTime(?:64)?)\(.*\)"
    r"|U?Int(?:8|16|32|64|128|256)|Float(?:32|64)|String|Bool|Date(?:32)?|DateTime(?:64)?|UUID|JSON|IPv[46]"
)
# Type names of databases, data frames and Avro; a length may follow.
SQL_TYPE = (
    r"(?:n?varchar2?|n?char|(?:national )?character(?: varying)?|n?text|string|str|utf8|object|category|clob"
    r"|u?(?:tiny|small|medium|big|huge)?int|integer|u?int(?:8|16|32|64)|long|float(?:32|64)?"
    r"|double(?: precision)?|real|decimal|numeric|number|bool|boolean|bit|blob|date|datetime|datetime64\[\w+\]"
    r"|interval|time|timestamp|timestamptz|uuid|json|jsonb|varbinary|bytes|[iuf](?:8|16|32|64|128)|str|cat|enum"
    r"|(?:list|struct|array|map|datetime)[\[(<].*[\])>])"
    r"(?:\([0-9]+(?:, ?[0-9]+)?\))?(?: with(?:out)? time zone)?(?:\[[0-9]*\])*"
)
# Column types as R and Julia print them.
FRAME_TYPE = r"<[a-z]+(?:<.*>)?>|(?:String[0-9]*|U?Int[0-9]+|Float[0-9]+|Bool|Date|DateTime|Any|Missing|Symbol)\??"
TYPE = re.compile(rf"{CLICKHOUSE_TYPE}|{FRAME_TYPE}|(?i:{SQL_TYPE})|(?i:\((?:{SQL_TYPE})\))")
TYPES_LEFT_OUT = "The line of types below the heading is left out."
COMMENT = "#"
ID_FIELDS = frozenset(match_key(entity.id_field) for entity in ENTITIES.values())


def are_types(names: Sequence[str]) -> bool:
    """Return whether the cells of a row are names of types, as databases and data frames have them below a heading."""
    return bool(names) and all(TYPE.fullmatch(name) for name in names)


def without_others(heading: Sequence[str], rows: Rows) -> tuple[Rows, tuple[str, ...]]:
    """Return the rows below a heading that may be records, and a sentence on each kind of row that is left out.

    A row that begins as a comment stays, and is named. Raise TableError if the heading of another table is among them.
    """
    rows, rules = _left_out(rows, _is_rule, "a rule of dashes")
    rows, comments = _left_out(rows, lambda row: _is_comment(heading, row), "a comment")
    notes = (*rules, *comments)
    is_named = not has_json(heading)
    rows, repeated = _left_out(rows, lambda row: is_named and _names(row) == list(heading), "the heading again")
    if rows and are_types(_names(rows[0][1])):
        del rows[0]
        notes = (*notes, TYPES_LEFT_OUT)
    for line, row in rows:
        if _is_heading(_names(row)):
            raise TableError(f"It has more than one table: line {line} is a heading too. Paste the one that you mean.")
    return rows, (*notes, *repeated, *_comments(rows), *_perhaps_heading(heading, rows))


def _left_out(rows: Rows, is_other: Callable[[Sequence[Scalar]], bool], what: str) -> tuple[Rows, tuple[str, ...]]:
    kept = [(line, row) for line, row in rows if not is_other(row)]
    number = len(rows) - len(kept)
    if not number:
        return rows, ()
    first = next(line for line, row in rows if is_other(row))
    if number == 1:
        return kept, (f"Line {first} is left out: {what}.",)
    return kept, (f"{number} lines are left out, the first of them line {first}: {what}.",)


def _is_rule(row: Sequence[Scalar]) -> bool:
    names = _names(row)
    is_drawn = all(isinstance(cell, Bare) for cell in row) and all(RULE.fullmatch(name) for name in names)
    return is_drawn and max(len(name) for name in names) >= SHORTEST_RULE


def _is_comment(heading: Sequence[str], row: Sequence[Scalar]) -> bool:
    """Return whether a row is a comment: one without separators, in a table of several columns."""
    return len(row) == 1 < len(heading) and isinstance(row[0], Bare) and str(row[0].value).strip().startswith(COMMENT)


def _names(row: Sequence[Scalar]) -> list[str]:
    return [str(cell.value).strip() for cell in row]


def _is_heading(names: Sequence[str]) -> bool:
    """Return whether cells are names of columns, the id of some type of record among them."""
    names = bare_names(names)
    is_of_names = all(NAME.fullmatch(name) for name in names) and len(set(names)) == len(names)
    return is_of_names and any(match_key(name.replace(" ", "")) in ID_FIELDS for name in names)


def _comments(rows: Rows) -> tuple[str, ...]:
    """Return a sentence on the rows that begin as comments do, if others do not."""
    found = [(line, str(row[0].value)) for line, row in rows if str(row[0].value).startswith(COMMENT)]
    if not found or len(found) == len(rows):
        return ()
    line, text = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return (f"Line {line} begins with {COMMENT} and is taken for a record: {quoted(text)}{more}.",)


def _perhaps_heading(heading: Sequence[str], rows: Rows) -> tuple[str, ...]:
    """Return a sentence on a row that may be the heading of another table: names alone, behind a blank line."""
    below_blanks = [place for place in range(1, len(rows)) if _is_below_blank(rows, place)]
    if not below_blanks:
        return ()
    style = _style(heading)
    are_words = [all(name.isalpha() for name in _names(row)) for _line, row in rows]
    has_one_of_words = are_words.count(True) == 1
    for place in below_blanks:
        line, names = rows[place][0], _names(rows[place][1])
        is_named = (style and _style(names) == style) or (has_one_of_words and are_words[place])
        if is_named and 1 < len(names) == len(set(names)):
            shown = quoted(", ".join(names))
            return (f"Line {line} is taken for a record, and may be the heading of another table: {shown}.",)
    return ()


def _is_below_blank(rows: Rows, place: int) -> bool:
    """Return whether a line stands between a row and the one before it, which may have lines within its cells."""
    (line, row), (following, _row) = rows[place - 1], rows[place]
    return following > line + 1 and following > line + 1 + sum(str(cell.value).count("\n") for cell in row)


def _style(names: Sequence[str]) -> str:
    """Return how names are written, "" where that does not tell them from values."""
    if not all(NAME.fullmatch(name) for name in names):
        return ""
    if all(name == name.upper() for name in names):
        return "capitals"
    return "underscores" if any("_" in name for name in names) and all(name == name.lower() for name in names) else ""
