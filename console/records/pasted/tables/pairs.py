"""Records as names and values on one line each: logfmt, Miller's DKVP, and what Python shows of models."""

import re

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.literals.tokens import Token, string_text
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import Table, TableError
from console.records.pasted.tables.uneven import Block, filled_rows, uneven_line
from console.records.schemas.schema import Schema

PAIR = re.compile(
    r"""(?P<name>[A-Za-z_][\w.-]*)=(?:(?P<double>"(?:[^"\\]|\\.)*")|(?P<single>'(?:[^'\\]|\\.)*')|(?P<bare>(?:[^\s,;"'][^\s,;"]*)?))"""
    r"(?P<end>[ \t]*[,;][ \t]*|[ \t]+|$)"
)
# Labeled Tab-separated Values (ltsv.org), whose values begin with any mark, and what people write with commas, where
# two marks are those of a program.
LABELED = (
    r"""(?P<name>[A-Za-z_][\w.-]*)[ ]*[:=]%s[ ]*+"""
    r"""(?:(?P<double>"(?:[^"\\%s]|\\.)*+")|(?P<single>'(?:[^'\\%s]|\\.)*+')|(?P<bare>%s[^\n]*?))(?:%s|\Z)"""
)
CODE = re.compile(r"[()\[\]{}=]")
BETWEEN_LABELED = {
    "\t": "rows of LTSV",
    " | ": "rows of names and values",
    ", ": "rows of names and values",
    "; ": "rows of names and values",
}
FIRST_LABELED = re.compile(LABELED % ("", "", "", "", ""))
# No value of LTSV has a tab.
GUARDS = {"\t": ("", r"\t", r"\t", "")}
OTHER_GUARDS = ("(?![:=>])", "", "", "(?![\"'])")
IN_LABELED = {
    each: re.compile(LABELED % (*GUARDS.get(each, OTHER_GUARDS), re.escape(each))) for each in BETWEEN_LABELED
}
NAME_IN_LINE = re.compile(r"(?:\A|,)(?P<name>[A-Za-z_][\w.-]*)=")
TAKEN_FOR_ONE = "Taken for one value each, as there are no quotes: {}."
# More of them than any schema has fields.
MOST_PAIRS = 1000
# Names that loggers add to the values of each line.
OF_LOGS = frozenset(
    ("time", "ts", "timestamp", "t", "level", "lvl", "severity", "msg", "message", "logger", "caller", "source")
)
GROUP = re.compile(r"(?P<group>[A-Za-z_][\w-]*)\.(?=[A-Za-z_])")
OF_LOG_LEFT_OUT = "What the log has beside the values of each line is left out: {}."
GROUP_LEFT_OUT = "The name of their group before the names is left out: {}."
MIXED = "Line {}: it is not certain whether a comma or semicolon belongs to a value. Put such values in double quotes."


def read_pairs(schema: Schema, text: str) -> Table | None:
    """Return the table of a text each of whose lines is pairs of a name and a value, or None; raise TableError."""
    return _with_equals(schema, text) or _with_colons(schema, text) or _between_names(schema, text)


def _with_equals(schema: Schema, text: str) -> Table | None:
    found: list[tuple[int, list[re.Match[str]]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        matches = _pairs(line.strip())
        if len(matches) < 2:
            return None
        found.append((number, matches))
    names = [_names(matches) for _line, matches in found]
    left_out = _of_logs(schema, names)
    group = _group([name for each in names for name in each if name not in left_out])
    if not found or not names_fields(schema, [name.removeprefix(group) for name in names[0]]):
        return None
    blocks = [(line, list(zip(_names(matches), _values(line, matches), strict=True))) for line, matches in found]
    blocks = [
        (line, [(name.removeprefix(group), value) for name, value in pairs if name not in left_out])
        for line, pairs in blocks
    ]
    notes: tuple[str, ...] = (OF_LOG_LEFT_OUT.format(", ".join(left_out)),) if left_out else ()
    notes += (GROUP_LEFT_OUT.format(quoted(group)),) if group else ()
    return _table(schema, "rows of names and values", blocks, notes)


def _of_logs(schema: Schema, names: list[list[str]]) -> tuple[str, ...]:
    """Return the names of what a log has beside the values of each line, its level among them, in order."""
    first = names[0] if names else []
    found = tuple(name for name in first if name in OF_LOGS and not schema.field(name))
    return (
        found if {"level", "lvl", "severity"} & set(found) and all(set(found) <= set(each) for each in names) else ()
    )


def _group(names: list[str]) -> str:
    """Return the name of a group that stands before all names, with its dot, as of Go's slog; "" if none does."""
    match = GROUP.match(names[0]) if names else None
    return match[0] if match and all(name.startswith(match[0]) for name in names) else ""


def _with_colons(schema: Schema, text: str) -> Table | None:
    """Return the table of a text each of whose lines is names and values with colons, or None; raise TableError."""
    first = text.strip().partition("\n")[0]
    if not FIRST_LABELED.match(first):
        return None
    tables = (_between(schema, text, each) for each in BETWEEN_LABELED if each in first)
    return next((table for table in tables if table), None)


def _between(schema: Schema, text: str, separator: str) -> Table | None:
    blocks: list[Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        pairs = _labeled(_bare_line(line, separator), separator)
        if len(pairs) < 2 or (separator != "\t" and any(map(_may_be_code, pairs))):
            return None
        blocks.append((number, pairs))
    if not names_fields(schema, [name for name, _value in blocks[0][1]]):
        return None
    return _table(schema, BETWEEN_LABELED[separator], blocks)


def _between_names(schema: Schema, text: str) -> Table | None:
    """Return the table of lines that all have the same names with commas before them, as Miller's DKVP, or None.

    Of several lines a comma in a value is certain: no name and its equals sign are behind it.
    """
    blocks: list[Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        matches = list(NAME_IN_LINE.finditer(line.strip()))
        if len(matches) < 2 or matches[0].start() or len(matches) > MOST_PAIRS:
            return None
        ends = [*(each.start() for each in matches[1:]), len(line.strip())]
        values = [line.strip()[each.end() : end] for each, end in zip(matches, ends, strict=True)]
        if any(CODE.search(value) or value[:1] in ('"', "'") for value in values):
            return None
        blocks.append((number, [(each["name"], Bare(0, value)) for each, value in zip(matches, values, strict=True)]))
    names = [[name for name, _value in pairs] for _line, pairs in blocks]
    if not blocks or any(each != names[0] for each in names) or len(set(names[0])) < len(names[0]):
        return None
    if not all(map(schema.field, names[0])):
        return None
    joined = [str(value.value) for _line, pairs in blocks for _name, value in pairs if "," in str(value.value)]
    if joined and len(blocks) < 2:
        return None
    notes = (TAKEN_FOR_ONE.format(", ".join(map(quoted, joined))),) if joined else ()
    return _table(schema, "rows of names and values", blocks, notes)


def _labeled(line: str, separator: str) -> list[tuple[str, Scalar]]:
    """Return the pairs that a line is as a whole, where a separator in quotes is a part of its value; or none."""
    pairs: list[tuple[str, Scalar]] = []
    position = 0
    while position < len(line) and len(pairs) <= MOST_PAIRS:
        match = IN_LABELED[separator].match(line, position)
        if match is None:
            return []
        pairs.append((match["name"], _value(match)))
        position = match.end()
    return pairs if position == len(line) else []


def _may_be_code(pair: tuple[str, Scalar]) -> bool:
    """Return whether a value has brackets or an equals sign, as those of programs have."""
    return isinstance(pair[1], Bare) and CODE.search(str(pair[1].value)) is not None


def _bare_line(line: str, separator: str) -> str:
    """Return a line without the mark at its end that stands between its pairs as well."""
    return line.strip("\r") if separator == "\t" else line.strip().removesuffix(separator.strip())


def _table(schema: Schema, words: str, blocks: list[Block], before: tuple[str, ...] = ()) -> Table:
    line = uneven_line(schema, blocks)
    if line is not None:
        names = ", ".join(name for name, _value in blocks[0][1])
        raise TableError(f"Line {line}: expected the names of the first line: {names}.")
    heading, rows, notes = filled_rows(blocks)
    return Table(words, heading, rows, notes=(*before, *notes))


def _pairs(line: str) -> list[re.Match[str]]:
    """Return the pairs that a line is as a whole; none if it has anything else, or a name twice."""
    pairs: dict[str, re.Match[str]] = {}
    position = 0
    while position < len(line):
        match = PAIR.match(line, position)
        if match is None or match["name"] in pairs:
            return []
        pairs[match["name"]] = match
        position = match.end()
    return list(pairs.values())


def _names(matches: list[re.Match[str]]) -> list[str]:
    return [match["name"] for match in matches]


def _values(line: int, matches: list[re.Match[str]]) -> list[Scalar]:
    """Return the values of a line, whose pairs all end alike; raise TableError if they do not.

    Behind the last of pairs with spaces between them, a comma or semicolon is a part of the value.
    """
    between = {match["end"].strip() for match in matches[:-1]}
    last = matches[-1]
    mark = last["end"].strip()
    is_of_value = bool(mark) and between == {""}
    if len(between) > 1 or (mark and mark not in between and not (is_of_value and last["bare"])):
        raise TableError(MIXED.format(line))
    values = [_value(match) for match in matches]
    return [*values[:-1], Bare(0, last["bare"] + last["end"].rstrip())] if is_of_value else values


def _value(match: re.Match[str]) -> Scalar:
    for kind in ("double", "single"):
        if match[kind]:
            return Scalar(0, string_text(Token("string" if kind == "double" else kind, match[kind], 0)) or "")
    return Bare(0, match["bare"])
