"""A JSON reader that keeps the place of everything it reads (RFC 8259).

The standard library's reader gives values without places, keeps only the last of two equal keys, and accepts NaN
and lone surrogates. This one keeps every member, and goes on after what it can step over, so that several faults
are found in one reading.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from console.records.json.characters import advice_on_character, advice_on_word, describe_word
from console.records.json.cursor import Cursor, Stop
from console.records.json.nodes import Array, Member, Node, Object, Scalar, Unreadable, quoted
from console.records.json.scalars import KEYWORDS, PLAIN_ITEM, PLAIN_MEMBER, number_value, plain_node
from console.records.json.strings import PART, PLAIN, string_value
from console.records.problems import Fault, Found

# A record input needs five levels at the most; the bound keeps nonsense from exhausting the stack.
DEEPEST_LEVEL = 32
# Ten records of a schema's fields have some hundreds. The bound keeps nonsense from taking long.
MOST_VALUES = 50_000

# The three bytes of a byte order mark in UTF-8, as Windows-1252 has them.
MISREAD_MARK = "\N{LATIN SMALL LETTER I WITH DIAERESIS}»¿"

WORD = re.compile(r"[\w.+-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the root, or None if the text cannot be read to its end, and the faults of its syntax."""

    root: Node | None
    faults: list[Fault]


def read_json(
    text: str, offset_of: Callable[[int], int] = lambda offset: offset, *, most_items: int = sys.maxsize
) -> Reading:
    """Return the value of a JSON text with the place of each part, and the faults of its syntax.

    `offset_of` turns an offset of this text into one of the text that it was taken from: JSON inside a JSON string
    is then placed where it stands in the outer text. An array at the root keeps at most `most_items` items, and counts
    the others, which are read for their faults.
    """
    reader = _Reader(text, offset_of, most_items)
    try:
        root = reader.whole_text()
    except Stop as stop:
        return Reading(None, [*reader.faults, stop.fault])
    return Reading(root, reader.faults)


class _Reader(Cursor):
    """A recursive descent over one text."""

    def __init__(self, text: str, offset_of: Callable[[int], int], most_items: int) -> None:
        super().__init__(text, offset_of)
        self.most_items = most_items
        self.level = 0
        self.values = 0

    def whole_text(self) -> Node:
        if self.text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
            self.position = 1
        self.skip_white_space()
        if self.text.startswith(MISREAD_MARK, self.position):
            raise self.stop(
                "a value", advice=f"Remove “{MISREAD_MARK}”: a byte order mark that was read in another encoding."
            )
        root = self.value()
        self.skip_white_space()
        if self.position < len(self.text):
            several = "Put several records into one array: [ …, … ]."
            advice = several if self.peek() in ("{", "[", ",") else advice_on_character(self.peek())
            raise self.stop("the end of the text", advice=advice)
        return root

    def value(self) -> Node:
        self.count_value()
        match self.peek():
            case "{":
                return self.object()
            case "[":
                return self.array()
            case '"':
                return self.string()
            case _:
                return self.number_or_word()

    def object(self) -> Object:
        node = Object(self.open(), [])
        while self.peek() != "}":
            start = self.place()
            plain = PLAIN_MEMBER.match(self.text, self.position) if self.level < DEEPEST_LEVEL else None
            if plain:
                self.position = plain.end()
                node.members.append(Member(start, plain["key"], plain_node(plain, self.offset_of)))
                self.count_value()
                continue
            if self.peek() != '"':
                bare_name = "Write names in double quotes." if self.peek().isalnum() else ""
                raise self.stop("a name in double quotes", advice=advice_on_character(self.peek()) or bare_name)
            key = self.string().value
            self.skip_white_space()
            if self.peek() != ":":
                raise self.stop("a colon after the name")
            self.step()
            value = self.value()
            # A key that cannot be read is reported already, and its member says nothing.
            if isinstance(key, str):
                node.members.append(Member(start, key, value))
            self.next_or("}")
        self.position, self.level = self.position + 1, self.level - 1
        return node

    def array(self) -> Array:
        start, items, count = self.open(), list[Node](), 0
        most = self.most_items if self.level == 1 else sys.maxsize
        while self.peek() != "]":
            plain = self.plain_items(items, most)
            count += plain or 1
            if not plain:
                item = self.value()
                self.next_or("]")
                items += [item] if count <= most else []
        self.position, self.level = self.position + 1, self.level - 1
        return Array(start, items, count - len(items))

    def open(self) -> int:
        """Move past an opening bracket and white space, and return its place; raise Stop at DEEPEST_LEVEL."""
        if self.level == DEEPEST_LEVEL:
            raise self.stop(f"at most {DEEPEST_LEVEL} levels of brackets")
        self.level += 1
        start = self.place()
        self.step()
        return start

    def plain_items(self, items: list[Node], most: int) -> int:
        """Step over the plain items that are next, keep them up to a number in all, and return how many they are."""
        count = 0
        # At the deepest level an empty pair of brackets is one too many.
        while self.level < DEEPEST_LEVEL and (match := PLAIN_ITEM.match(self.text, self.position)):
            count, self.position = count + 1, match.end()
            if len(items) < most:
                items.append(plain_node(match, self.offset_of))
                self.count_value()
        return count

    def count_value(self) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.stop(f"at most {MOST_VALUES} values in all")

    def next_or(self, closing: str) -> None:
        """Move past the comma before another member or value, or stay before the closing bracket; else raise Stop."""
        self.skip_white_space()
        if self.peek() == closing:
            return
        if self.peek() != ",":
            raise self.stop(f"a comma or “{closing}”", advice=advice_on_character(self.peek()))
        comma = self.place()
        self.step()
        if self.peek() == closing:
            self.report(Fault(comma, f"no comma before “{closing}”", Found("one", "one"), "Remove the comma."))

    def string(self) -> Scalar:
        start = self.place()
        self.position += 1
        plain = self.take(PLAIN)
        if self.peek() == '"':
            self.position += 1
            return Scalar(start, plain)
        parts = [plain]
        faults_before = len(self.faults)
        while self.peek() != '"':
            parts.append(self.take(PART) or self.skip_bad_character())
        self.position += 1
        value = None if len(self.faults) > faults_before else string_value("".join(parts))
        if value is not None:
            return Scalar(start, value)
        if len(self.faults) == faults_before:
            half = Found("half of a surrogate pair", "half of a character")
            self.report(Fault(start, "whole characters", half, "Write the character itself, or both of its escapes."))
        return Scalar(start, Unreadable(tuple(self.faults[faults_before:])))

    def skip_bad_character(self) -> str:
        """Report a character that is not valid in a string, and move past it; raise Stop where the string ends so."""
        character = self.peek()
        if character in ("", "\n", "\r"):
            raise self.stop("the closing double quote", advice="Write a line break inside text as \\n.")
        if character == "\\":
            escape = self.text[self.position : self.position + 2]
            expected = 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t, or \\u and four hexadecimal digits'
            found = Found(quoted(escape), "another escape")
            self.report(Fault(self.place(), expected, found, "Write a backslash as \\\\."))
            self.position += len(escape)
            return ""
        self.report(self.fault("text without control characters", advice="Write a tab as \\t."))
        self.position += 1
        return ""

    def number_or_word(self) -> Scalar:
        start = self.place()
        word = self.take(WORD)
        if not word:
            raise self.stop("a value", advice=advice_on_character(self.peek()))
        if word in KEYWORDS:
            return Scalar(start, KEYWORDS[word])
        number = number_value(word)
        if number is not None:
            return Scalar(start, number, word)
        fault = Fault(start, "a JSON value", describe_word(word), advice_on_word(word))
        self.report(fault)
        return Scalar(start, Unreadable((fault,)))
