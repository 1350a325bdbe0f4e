"""Numbers and keywords of JSON, and the items and members that are read in one match.

Most items and members are plain: their value is a string without escapes, a number, a keyword or an empty pair of
brackets. One match for the whole of it, comma included, takes a fraction of the time of reading it piece by piece.
"""

import math
import re
from collections.abc import Callable

from console.records.json.nodes import Array, Node, Object, Scalar

# Python refuses to read whole numbers of over 4300 digits, and no type of a schema takes one of these.
LONGEST_WHOLE_NUMBER = 400

KEYWORDS = {"true": True, "false": False, "null": None}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")

SPACE = r"[ \t\n\r]*+"
TEXT = r'[^"\\\x00-\x1f\ud800-\udfff]*+'
VALUE = (
    rf'(?:"(?P<text>{TEXT})"'
    r"|(?P<whole>-?(?:0|[1-9][0-9]{0,17}))(?![0-9.eE])"
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)"
    r"|(?P<keyword>true|false|null)"
    rf"|(?P<array>\[{SPACE}\])"
    rf"|(?P<object>\{{{SPACE}\}}))"
)
# Each reaches to what is read next: another item or member, or the closing bracket. A comma before that is a fault.
PLAIN_ITEM = re.compile(rf"{VALUE}{SPACE}(?:,{SPACE}(?!\])|(?=\]))")
PLAIN_MEMBER = re.compile(rf'"(?P<key>{TEXT})"{SPACE}:{SPACE}{VALUE}{SPACE}(?:,{SPACE}(?!\}})|(?=\}}))')


def number_value(literal: str) -> int | float | None:
    """Return the number that a literal of JSON's grammar stands for, or None if it is not one.

    A number with neither fraction nor exponent is an int. One that is too large for a double is infinite.
    """
    match = NUMBER.fullmatch(literal)
    if match is None:
        return None
    if match[1] or match[2]:
        return float(literal)
    if len(literal) > LONGEST_WHOLE_NUMBER:
        return -math.inf if literal.startswith("-") else math.inf
    return int(literal)


def plain_node(match: re.Match[str], offset_of: Callable[[int], int]) -> Node:
    """Return the value of a plain item or member that matched; `offset_of` turns its offset into the node's."""
    kind = match.lastgroup or ""
    source, start = match[kind], offset_of(match.start(kind) - (kind == "text"))
    if kind == "whole":
        return Scalar(start, int(source), source)
    if kind == "text":
        return Scalar(start, source)
    if kind == "number":
        return Scalar(start, number_value(source), source)
    if kind == "keyword":
        return Scalar(start, KEYWORDS[source])
    return Array(start, []) if kind == "array" else Object(start, [])
