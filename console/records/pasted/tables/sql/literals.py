"""Rows of literals of SQL, as they stand behind VALUES."""

import re
from collections.abc import Iterator

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.sql.statements import COMMENT
from console.records.pasted.tables.table import TableError

# A literal (ISO 9075): a text has its quotes twice, and PostgreSQL names its type behind it, SQL Server in CAST.
LITERAL = (
    r"\s*+(?P<cast>CAST\s*+\(\s*+)?(?:(?P<kind>[bBeEnN]|_\w++ ?|DATE ?|TIMESTAMP ?)?(?:{texts})|(?P<bare>[-+\w.]++))"
    r"(?(cast)\s++AS\s++[\w ]++(?:\([\w, ]*+\)\s*+)?\)"
    r"|(?:::[\w.]++(?: (?:varying|precision))?(?:\([0-9, ]*+\))?(?: with(?:out)? time zone)?)?)"
)
STANDARD = re.compile(LITERAL.format(texts=r"'(?P<text>(?:[^']|'')*+)'"), re.IGNORECASE)
ESCAPED = re.compile(
    LITERAL.format(texts=r"'(?P<text>(?:[^'\\]|''|\\.)*+)'|\"(?P<double>(?:[^\"\\]|\"\"|\\.)*+)\""),
    re.IGNORECASE | re.DOTALL,
)
IS_ESCAPED = re.compile(r"\s*+E'", re.IGNORECASE)
# In quotes of one's choice.
OF_ORACLE = re.compile(
    r"\s*+n?q'(?:\[(?P<square>.*?)\]|\((?P<round>.*?)\)|\{(?P<braces>.*?)\}|<(?P<angles>.*?)>"
    r"|(?P<mark>[^\s\w\[({<])(?P<text>.*?)(?P=mark))'",
    re.IGNORECASE | re.DOTALL,
)
# The shell of sqlite dumps a text with line breaks as `replace('a\\nb','\\n',char(10))`, since 3.50 as `unistr(…)`.
OF_SQLITE = re.compile(
    r"\s*+(?P<calls>(?:replace\()++)'(?P<text>(?:[^']|'')*+)'(?P<marks>(?:,'[^']++',char\((?:10|13)\)\))++)"
)
MARK_OF_SQLITE = re.compile(r",'([^']++)',char\((10|13)\)\)")
UNISTR = re.compile(r"\s*+unistr\('(?P<text>(?:[^']|'')*+)'\)")
BY_CODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(\\))")
# PostgreSQL shows a boolean as one letter.
OF_TEXT = re.compile(r"[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|null|true|false|[tf]", re.IGNORECASE)
BITS = re.compile(r"[01]{1,63}")
# Up to what ends a value.
NO_VALUE = re.compile(r"\s*+(?P<found>[^\n,()]++(?:\([^\n()]*+\))?)")
EXPECTED = "expected a value that is a text or a number"
BETWEEN = rf"(?:\s++|{COMMENT})*+"
# MySQL has ROW before the parentheses of VALUES as a statement.
OPENING = re.compile(rf"{BETWEEN},?{BETWEEN}(?:ROW\s*+)?\(", re.IGNORECASE)
END_OF_VALUE = re.compile(rf"{BETWEEN}(?P<end>[,)])")
# MySQL keeps the backslashes of % and _.
ESCAPE = re.compile(r"\\([^%_])", re.DOTALL)
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "0": "\0", "Z": "\x1a"}
BY_NUMBER = re.compile(r"(?<!\\)(?:\\\\)*\\[0-7xuU]")


def read_rows(text: str, position: int, *, has_escapes: bool) -> Iterator[tuple[list[Scalar], int, int]]:
    """Yield the values in each pair of parentheses, and the offsets where they begin and end; raise TableError.

    `has_escapes` says that backslashes begin escapes in texts, as in MySQL.
    """
    while match := OPENING.match(text, position):
        row: list[Scalar] = []
        begin = position = match.end()
        while True:
            value = read_value(text, position, has_escapes=has_escapes)
            end = END_OF_VALUE.match(text, value[1]) if value else None
            if value is None or end is None:
                raise TableError(no_value_at(text, position))
            row.append(value[0])
            position = end.end()
            if end["end"] == ")":
                break
        yield row, begin, position


def read_value(text: str, position: int, *, has_escapes: bool) -> tuple[Scalar, int] | None:
    """Return the literal at an offset of a text, and the offset of its end; None if there is none."""
    of_oracle = OF_ORACLE.match(text, position)
    if of_oracle:
        return Scalar(0, of_oracle[of_oracle.lastgroup or 0]), of_oracle.end()
    of_sqlite = _of_sqlite(text, position)
    if of_sqlite:
        return of_sqlite
    is_escaped = has_escapes or IS_ESCAPED.match(text, position) is not None
    match = (ESCAPED if is_escaped else STANDARD).match(text, position)
    cell = _value(match, is_escaped=is_escaped) if match else None
    return (cell, match.end()) if match and cell else None


def _of_sqlite(text: str, position: int) -> tuple[Scalar, int] | None:
    replaced = OF_SQLITE.match(text, position)
    if replaced:
        value, marks = replaced["text"].replace("''", "'"), MARK_OF_SQLITE.findall(replaced["marks"])
        for mark, code in marks:
            value = value.replace(mark, chr(int(code)))
        return (Scalar(0, value), replaced.end()) if replaced["calls"].count("(") == len(marks) else None
    coded = UNISTR.match(text, position)
    if coded is None:
        return None
    value = BY_CODE.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\\", coded["text"].replace("''", "'"))
    return Scalar(0, value), coded.end()


def no_value_at(text: str, position: int) -> str:
    """Return the sentence on what is no literal at an offset of a text."""
    found = NO_VALUE.match(text, position)
    named = f"; found {quoted(found['found'])}" if found else ""
    return f"Line {line_of(text, found.start('found') if found else position)}: {EXPECTED}{named}."


def line_of(text: str, position: int) -> int:
    """Return the number of the line that an offset stands in."""
    return text.count("\n", 0, position) + 1


def _value(match: re.Match[str], *, is_escaped: bool) -> Scalar | None:
    if match["bare"]:
        return Bare(0, match["bare"]) if OF_TEXT.fullmatch(match["bare"]) else None
    kind = (match["kind"] or "").lower()
    found = match.groupdict()
    quote = "'" if found["text"] is not None else '"'
    written = found["text"] if quote == "'" else found["double"]
    if kind == "b":
        return Bare(0, str(int(written, 2))) if BITS.fullmatch(written) else None
    if kind == "e" and BY_NUMBER.search(written):
        return None
    text = written.replace(2 * quote, quote)
    return Scalar(0, ESCAPE.sub(lambda each: ESCAPES.get(each[1], each[1]), text) if is_escaped else text)
