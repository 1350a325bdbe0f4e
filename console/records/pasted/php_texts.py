"""Records as print_r of PHP shows them, and as dump of Symfony and Laravel shows them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from console.records.json.nodes import Bare, Node, Object, Scalar
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.literals.print_r import is_print_r, read_print_r
from console.records.pasted.literals.xdebug import is_xdebug, read_xdebug
from console.records.pasted.reader import in_literal, records_in, within
from console.records.pasted.values.dialect import AS_PRINTED
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

PRINT_R = "what print_r of PHP shows"
SEVERAL_LINES = "A value of several lines does not tell where it ends. Print it with json_encode or var_export."
NOTHING = "For {}, it shows nothing, which is false as well as null. Print it with json_encode or var_export."
EMPTY = "Nothing at all behind a name is taken for no value, and might be an empty text."
DUMPED = "what dump of PHP shows"
XDEBUG = "what Xdebug shows"
NOT_WHOLE = (
    "It has a value of several lines, or one that Xdebug has cut, as it does behind 512 characters. Print it with "
    "json_encode or var_export."
)
# `App\User {#12` above lines such as `+"user_id": "u-1"`.
OPENING = re.compile(r"(?:(?<![\w\\])[A-Za-z_][\w\\]*+(?:@anonymous)?\^?[ ])?\{#[0-9]+[ ]?[\u25bc\u25be^]?")
AT_END = re.compile(rf"(?P<before>[ \t]*+(?:.*?(?:: |=> ))?){OPENING.pattern}[ \t\r]*+")
CLOSING = re.compile(r"[ \t]*+\}[ \t\r]*+")
# Public, protected and private ones, and those that were not declared, which have quotes.
MEMBER = re.compile(r"[ \t]*+[-+#~](?P<quote>\"?)(?P<name>\w++)(?P=quote): (?P<value>.*)")
# A text, alone or behind its name or number: there is no escape for a quote in it.
TEXT = re.compile(
    r"""(?P<before>[ \t]*+(?:(?:"[^"\n]*+"|-?[0-9]++)[ ]=>[ ]|[-+\#~](?P<quote>"?)\w++(?P=quote):[ ])?)
        "(?P<text>.*)"[ \t\r]*+""",
    re.VERBOSE,
)
SEVERAL_QUOTES = '"""'
ARRAY = re.compile(r"\s*+array:[0-9]++ \[")
# How PHP escapes invisible characters, and a backslash with the character after it.
ESCAPE = re.compile(r"\\(?:[tnvfre]|x[0-9A-F]{2}|u\{[0-9A-F]++\})")
ESCAPED = (
    "“{}” in “{}” is a character that does not show, or the text as it stands: dump has no escape for a backslash. "
    "Print it with json_encode."
)
# Ends every line of a text of several lines; the last line only if a line break follows.
LINE_BREAK = "\\n"
LINE_BREAK_AT_END = re.compile(r"\\n\Z")
MOST_LINES = 5000


def read_php(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that print_r has shown, or None; raise Refusal if a value is not certain."""
    if not is_print_r(text):
        return None
    try:
        node = read_print_r(text)
    except NoLiteral:
        raise Refusal(SEVERAL_LINES, PRINT_R) from None
    found = records_in(schema, target, node)
    if found is None:
        return None
    is_empty = False
    for record in found.records:
        for member in record.members if isinstance(record, Object) else ():
            field = schema.field(member.key)
            if isinstance(member.value, Bare) and member.value.value == "" and field:
                is_empty = True
                if "boolean" in field.types:
                    raise Refusal(NOTHING.format(field.name), PRINT_R)
    notes = (EMPTY,) if is_empty else ()
    return replace(within(schema, found, "as print_r shows them"), notes=(*found.notes, *notes), dialect=AS_PRINTED)


def read_xdebug_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that Xdebug has shown in a browser, or None; raise Refusal if a value is not whole."""
    if len(text) > LONGEST_PROSE or not is_xdebug(text):
        return None
    try:
        node = read_xdebug(text)
    except NoLiteral:
        raise Refusal(NOT_WHOLE, XDEBUG) from None
    found = records_in(schema, target, node)
    return within(schema, found, "as Xdebug shows them") if found else None


def read_dumped(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records that dump shows as arrays or objects, or None; raise Refusal if a value is not certain."""
    has_objects = OPENING.search(text[:LONGEST_PROSE]) is not None
    if len(text) > LONGEST_PROSE or not (has_objects or ARRAY.match(text)):
        return None
    literal = read_literal("\n".join(_as_arrays(text.strip().split("\n", MOST_LINES))), keeps_code=True)
    words = f"as dump of PHP shows {'objects' if has_objects else 'arrays'}"
    found = in_literal(schema, target, literal, words) if literal else None
    for record in found.records if found else ():
        _refuse_escapes(record)
    return found


def _refuse_escapes(record: Node) -> None:
    """Raise Refusal if a text may have an escape."""
    for member in record.members if isinstance(record, Object) else ():
        value = member.value.value if isinstance(member.value, Scalar) else None
        escape = ESCAPE.search(value) if isinstance(value, str) else None
        if escape:
            raise Refusal(ESCAPED.format(escape[0], value), DUMPED)


def _as_arrays(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a dump with objects as it shows arrays, and texts as JSON has them."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        opened = AT_END.fullmatch(line)
        if opened:
            line = f"{opened['before']}array:1 ["
        elif CLOSING.fullmatch(line):
            line = "]"
        elif line.endswith(f" {SEVERAL_QUOTES}") and "".join(lines[number : number + 1]).endswith(LINE_BREAK):
            texts = list(takewhile(lambda each: each.strip() != SEVERAL_QUOTES, lines[number:]))
            number += len(texts) + 1
            line = line.removesuffix(SEVERAL_QUOTES) + _several_lines(texts, "".join(lines[number - 1 : number]))
        elif match := TEXT.fullmatch(line):
            line = match["before"] + _as_json(match["text"])
        member = MEMBER.fullmatch(line)
        yield f'"{member["name"]}" => {member["value"]}' if member else line


def _several_lines(texts: list[str], end: str) -> str:
    """Return a text of several lines, which are as far from the margin as its end."""
    indent = len(end) - len(end.lstrip(" "))
    return _as_json("".join(LINE_BREAK_AT_END.sub("\n", each[indent:]) for each in texts))


def _as_json(text: str) -> str:
    """Return a text in quotes, of which nothing is a variable or code of another language."""
    return json.dumps(text, ensure_ascii=False).replace("$", "\\u0024").replace("#", "\\u0023")
