"""Values as programs print them without quotes: toString of Java, Kotlin, Scala and C#, and what Go and others show.

Where a value ends is certain only by what stands behind it: the name of the next one, or the bracket that is open.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar, quoted
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.numbered_characters import NUMBERED
from console.records.pasted.literals.printed_styles import LAST_LINE_BREAK, Style, without_type
from console.records.pasted.literals.tokens import Token, string_text

DEEPEST_LEVEL = 16
MOST_VALUES = 30_000
MOST_TRIES = 50
MOST_NAMED = 3
PAIRS = {"[": "]", "{": "}", "(": ")"}
LISTS = frozenset(("", "List", "Array", "Seq", "Vector", "Set", "WrappedArray", "ArrayBuffer", "ArraySeq", "Arrays"))
OPTIONS = frozenset(("Some", "Optional", "OptionalInt", "OptionalLong", "OptionalDouble", "Option", "Just"))
COMPOSITE = re.compile(r"(?:class )?(?P<name>[@&]|[A-Za-z_][\w.$@]*+)? ?(?P<opening>[\[{(])\s*+")
# Go's %v prints values alone.
GO_VALUES = re.compile(r"\s*\[?\{[^\s{}\[\]:=\"',;]+(?: [^\s{}\[\]:=\"',;]+)++\}(?: \{[^{}\[\]:=\"',;]+\})*+\]?\s*")
# In characters of its line.
LONGEST_BEFORE_VALUE = 200
# A name at the start of a line, as Commons Lang prints it: the bracket below belongs to the layout.
NAME_ALONE = re.compile(r"[ \t]++[\w.$]++[ ]?[=:][ ]?")
# Addresses, and what programs show of types that they cannot print and of what they hide.
NO_VALUE_SHOWN = re.compile(
    r"0x[0-9a-f]{6,16}|[\w.$]*\.[A-Z]\w*@[0-9a-f]{5,8}|System\.[\w.]+(?:\[\])?|\*\*\* Sensitive Data Redacted \*\*\*"
)
# Up to a quote that a value may end with.
IN_QUOTES = {
    "'": re.compile(r"'((?:[^'\n]|'(?!\s*+(?:[,;)\]}]|$)))*+)'"),
    '"': re.compile(r'"((?:[^"\n]|"(?!\s*+(?:[,;)\]}]|$)))*+)"'),
}
# DuckDB escapes quotes and backslashes with a backslash.
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPED_IN_QUOTES = re.compile(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL)


class Doubt(NoLiteral):
    """A text that is certainly printed so, of which it is not certain where a value ends, or what it is."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a program has printed, and sentences on what was taken for what."""

    node: Node
    notes: tuple[str, ...]


def read_printed(text: str, style: Style) -> Printed:
    """Return what a text is that a program has printed in a style; raise NoLiteral, or Doubt."""
    reader = _Reader(without_type(text).strip(), style)
    nodes: list[Node] = []
    while not reader.is_at_end():
        start = reader.position
        if nodes and not COMPOSITE.match(reader.text, start):
            raise reader.doubt(start)
        nodes.append(reader.composite())
        reader.pass_over(r"\s*,?\s*")
    return Printed(nodes[0] if len(nodes) == 1 else Array(0, nodes), tuple(reader.notes()))


@dataclass(slots=True)
class _Reader:
    text: str
    style: Style
    position: int = 0
    level: int = 0
    values: int = 0
    joined: list[str] = field(default_factory=list)
    has_nothing: bool = False

    def is_at_end(self) -> bool:
        return self.position >= len(self.text)

    def notes(self) -> Iterator[str]:
        if self.joined:
            yield f"Taken for one value each, as there are no quotes: {', '.join(self.joined[:MOST_NAMED])}."
        if self.has_nothing:
            yield "Nothing at all behind a name is taken for no value, and might be an empty text."

    def pass_over(self, pattern: str) -> None:
        match = re.compile(pattern).match(self.text, self.position)
        self.position = match.end() if match else self.position

    def composite(self) -> Node:
        """Read an object or a list with its brackets."""
        match = COMPOSITE.match(self.text, self.position)
        self.level += 1
        if match is None or self.level > DEEPEST_LEVEL:
            raise NoLiteral
        start, name, closing = self.position, match["name"] or "", PAIRS[match["opening"]]
        self.position = match.end()
        if name in OPTIONS:
            node: Node = self.value(is_item=True)
            self.close(closing)
        elif self.style.member_name(self.text, self.position):
            node = Object(start, self.members(closing))
        elif name in LISTS or self.level <= 2:
            node = Array(start, self.items(closing))
        else:
            raise NoLiteral
        self.level -= 1
        return node

    def members(self, closing: str) -> list[Member]:
        found: list[Member] = []
        while match := self.style.member_name(self.text, self.position):
            self.position = match.end()
            found.append(Member(match.start(), match["name"], self.value(is_item=False)))
            self.go_on(is_item=False)
        self.close(closing)
        return found

    def items(self, closing: str) -> list[Node]:
        found: list[Node] = []
        while not self.is_at_end() and self.text[self.position] != closing:
            found.append(self.value(is_item=True))
            self.go_on(is_item=True)
        self.close(closing)
        return found

    def go_on(self, *, is_item: bool) -> None:
        """Go on behind what stands between two values."""
        match = self.style.ends(is_item=is_item).match(self.text, self.position)
        self.position = match.end() if match else self.position

    def close(self, closing: str) -> None:
        self.pass_over(r"\s*")
        if not self.text.startswith(closing, self.position):
            raise self.doubt(self.position)
        self.position += 1

    def value(self, *, is_item: bool) -> Node:
        self.values += 1
        if self.values > MOST_VALUES:
            raise NoLiteral
        start = self.position
        node = self.json() or self.in_quotes() or self.nested(is_item=is_item)
        if node and self.is_behind_value(is_item=is_item):
            return node
        self.position = start
        return self.plain(is_item=is_item)

    def is_behind_value(self, *, is_item: bool) -> bool:
        """Return whether a value may end here: before a closing bracket, or before the next one."""
        if self.text[self.position : self.position + 2].strip()[:1] in (*PAIRS.values(), ""):
            return True
        match = self.style.ends(is_item=is_item).match(self.text, self.position)
        return match is not None and (is_item or self.style.member_name(self.text, match.end()) is not None)

    def json(self) -> Scalar | None:
        """Read properties, which are JSON in a text."""
        if not self.text.startswith('{"', self.position):
            return None
        try:
            _value, end = json.JSONDecoder().raw_decode(self.text, self.position)
        except (ValueError, RecursionError):
            raise self.doubt(self.position) from None
        start, self.position = self.position, end
        return Scalar(start, self.text[start:end])

    def in_quotes(self) -> Scalar | None:
        pattern = None if self.is_at_end() else IN_QUOTES.get(self.text[self.position])
        if pattern is None:
            return None
        match = (ESCAPED_IN_QUOTES if self.style.has_escapes else pattern).match(self.text, self.position)
        text = self.text_in_quotes(match) if match else None
        if match is None or text is None:
            raise self.doubt(self.position)
        self.position = match.end()
        return Scalar(match.start(), text)

    def text_in_quotes(self, match: re.Match[str]) -> str | None:
        """Return what a text in quotes stands for; None if an escape in it is not certain."""
        if self.style.has_escapes:
            return ESCAPE.sub(r"\1", match[1])
        if NUMBERED.search(match[1]):
            # In decimal or in octal.
            return None
        return string_text(Token("string", match[0], match.start())) if "\\" in match[1] else match[1]

    def nested(self, *, is_item: bool) -> Node | None:
        """Read an object or a list within another one; None if the bracket is that of a text."""
        match = COMPOSITE.match(self.text, self.position)
        is_named = match is not None and (
            (match["name"] or "") in LISTS | OPTIONS or self.style.member_name(self.text, match.end()) is not None
        )
        if match is None or not (is_named or is_item):
            return None
        level = self.level
        try:
            return self.composite()
        except Doubt:
            # A bracket open here is open in the surrounding text as well.
            raise
        except NoLiteral:
            self.level = level
            self.values += MOST_VALUES // MOST_TRIES
            return None

    def plain(self, *, is_item: bool) -> Scalar:
        """Read a value up to where the next one begins, or to the bracket that closes its object."""
        start, open_brackets, has_between = self.position, [], False
        for mark in self.style.marks(is_item=is_item).finditer(self.text, start):
            if mark[0] in PAIRS:
                open_brackets.append(PAIRS[mark[0]])
            elif mark[0] in PAIRS.values():
                if not open_brackets:
                    return self.ended(start, mark.start(), has_between=has_between)
                if open_brackets.pop() != mark[0]:
                    raise self.doubt(start)
            elif not open_brackets:
                if is_item or self.style.member_name(self.text, mark.end()):
                    return self.ended(start, mark.start(), has_between=has_between)
                has_between = True
        raise self.doubt(start)

    def ended(self, start: int, end: int, *, has_between: bool) -> Scalar:
        self.position = end
        text = self.text[start:end]
        if self.style.is_padded and text.endswith(" ") and self.text[end] in PAIRS.values():
            text = text[:-1]
            has_between = self.style.between.search(text) is not None
        before = self.text[max(0, start - LONGEST_BEFORE_VALUE) : start].rpartition("\n")[2]
        begins_line = NAME_ALONE.fullmatch(before) is not None
        if (self.style.between_items or begins_line) and self.text[end] in PAIRS.values():
            text = LAST_LINE_BREAK.sub("", text)
            has_between = self.style.between.search(text) is not None
        if has_between and text.strip():
            self.joined.append(quoted(text))
        if text or not self.style.has_empty_texts:
            self.has_nothing = self.has_nothing or not text
            return Bare(start, text)
        return Scalar(start, "")

    def doubt(self, start: int) -> Doubt:
        beginning = self.text[max(0, start - 20) : start + 20]
        return Doubt(f"It has no quotes, so it is not certain where the value ends in {quoted(beginning)}.")
