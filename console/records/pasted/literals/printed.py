"""Values as programs print them without quotes: toString of Java, Kotlin, Scala and C#, and what Go and others show.

Where a value ends is certain only by what stands behind it: the name of the next one, or the bracket that is open.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar, quoted
from console.records.pasted.literals.cursor import NoLiteral

DEEPEST_LEVEL = 16
MOST_VALUES = 30_000
MOST_TRIES = 50
# How far into a text the first name may be.
LONGEST_HEAD = 1000
MOST_NAMED = 3
PAIRS = {"[": "]", "{": "}", "(": ")"}
LISTS = frozenset(("", "List", "Array", "Seq", "Vector", "Set", "WrappedArray", "ArrayBuffer", "ArraySeq", "Arrays"))
OPTIONS = frozenset(("Some", "Optional", "Option", "Just"))
COMPOSITE = re.compile(r"(?:class )?(?P<name>[@&]|[A-Za-z_][\w.$@]*+)? ?(?P<opening>[\[{(])\s*+")
# As IntelliJ IDEA shows the type of a value before it.
TYPE_OF_DEBUGGER = re.compile(r"\s*\{[\w.$]+@[0-9]+\}\s+(?=\S)")
FIRST_NAME = re.compile(
    r"(?P<before>@?[\[{(])\s*(?:'(?P<quoted>[^'\n]+)': |[A-Za-z_][\w$]*(?P<assign> = |=| -> |:)(?=[^:=/\s]))"
)
BEFORE_FIRST_NAME = re.compile(r"[\w.$@&\s\[({]*\Z")
WITHOUT_NAMES = re.compile(r"\s*(?:List|Array|Seq|Vector|WrappedArray|ArrayBuffer|ArraySeq)\((?:\[|[A-Z]\w*\()")
# Go's %v prints values alone.
GO_VALUES = re.compile(r"\s*\[?\{[^\s{}\[\]:=\"',;]+(?: [^\s{}\[\]:=\"',;]+)++\}(?: \{[^{}\[\]:=\"',;]+\})*+\]?\s*")
# Addresses, and what programs show of types that they cannot print and of what they hide.
NO_VALUE_SHOWN = re.compile(
    r"0x[0-9a-f]{6,16}|[\w.$]*\.[A-Z]\w*@[0-9a-f]{5,8}|System\.[\w.]+(?:\[\])?|\*\*\* Sensitive Data Redacted \*\*\*"
)
# Up to a quote that a value may end with.
IN_QUOTES = {
    "'": re.compile(r"'((?:[^'\n]|'(?!\s*+(?:[,;)\]}]|$)))*+)'"),
    '"': re.compile(r'"((?:[^"\n]|"(?!\s*+(?:[,;)\]}]|$)))*+)"'),
}


class Doubt(NoLiteral):
    """A text that is certainly printed so, of which it is not certain where a value ends, or what it is."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a program prints: its names, with what stands behind them, and what is between values.

    `between_items` is what is between those of a list where values end with their lines. `empty` is the value of
    nothing at all. `is_padded` says whether a space stands before the closing bracket.
    """

    name: re.Pattern[str]
    between: re.Pattern[str]
    has_empty_texts: bool = True
    is_padded: bool = False
    between_items: re.Pattern[str] | None = None

    def ends(self, *, is_item: bool) -> re.Pattern[str]:
        """Return what is between values: those of a list, or those of an object."""
        return self.between_items if is_item and self.between_items else self.between

    def marks(self, *, is_item: bool) -> re.Pattern[str]:
        """Return the pattern of all that may end a value."""
        return re.compile(rf"[\[\](){{}}]|{self.ends(is_item=is_item).pattern}")


NAME = r"(?P<name>[A-Za-z_$][\w.$]*+)"
JAVA = Style(re.compile(rf"{NAME}="), re.compile(r",\s*+"))
C_SHARP = Style(re.compile(rf"{NAME} = ?"), re.compile(r", "), has_empty_texts=False, is_padded=True)
SCALA = Style(re.compile(rf"{NAME} -> "), re.compile(r", "))
# Go's %+v.
GO = Style(re.compile(rf"{NAME}:"), re.compile(r" "))
GROOVY = Style(re.compile(rf"{NAME}:"), re.compile(r", "))
POWERSHELL = Style(re.compile(rf"{NAME}="), re.compile(r"; "), has_empty_texts=False)
# Of Java, with a line for each value: commons-lang's MULTI_LINE_STYLE, and what generators for OpenAPI write.
ON_LINES = re.compile(r"[ \t\r]*\n\s*+")
LAST_LINE_BREAK = re.compile(r"[ \t\r]*\n\s*+\Z")
JAVA_ON_LINES = Style(re.compile(rf"{NAME}="), ON_LINES, between_items=re.compile(r",\s*+"))
COLONS_ON_LINES = Style(re.compile(rf"{NAME}: "), ON_LINES, between_items=re.compile(r",\s*+"))
IS_ON_LINES = re.compile(
    rf"(?P<class>class )?(?P<type>[\w.$]++(?:@[0-9a-f]++)?) ?[\[{{][ \t\r]*\n\s*+{NAME.replace('?P<name>', '?:')}"
    rf"(?P<assign>=|: )[^\n]*(?<![,;\s])[ \t\r]*\n\s*+(?:{NAME.replace('?P<name>', '?:')}(?P=assign)|[\])}}])"
)
DUCKDB = Style(re.compile(r"'(?P<name>[^'\n]++)': "), re.compile(r", "))
STYLES = {"=": JAVA, " = ": C_SHARP, " -> ": SCALA, ":": GO}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a program has printed, and sentences on what was taken for what."""

    node: Node
    notes: tuple[str, ...]


def style_of(text: str) -> Style | None:
    """Return the style in which a text as a whole may be printed, or None."""
    head = _without_type(text[:LONGEST_HEAD])
    on_lines = IS_ON_LINES.search(head)
    if on_lines and BEFORE_FIRST_NAME.match(head[: on_lines.start()]):
        if on_lines["assign"] == "=":
            return JAVA_ON_LINES
        return COLONS_ON_LINES if on_lines["class"] else None
    first = FIRST_NAME.search(head)
    if first is None:
        return JAVA if WITHOUT_NAMES.match(head) else None
    if not BEFORE_FIRST_NAME.match(head[: first.start()]):
        return None
    if first["quoted"]:
        return DUCKDB
    if first["before"] == "[" and first["assign"] == ":" and not head[: first.start()].endswith("map"):
        return GROOVY
    return POWERSHELL if first["before"].startswith("@") else STYLES[first["assign"]]


def may_be_code(text: str, style: Style) -> bool:
    """Say whether a text may be a program as well, whose words are variables: a call or an initializer."""
    opening = re.search(r"[(\[{](?=[^(\[{]*\Z)", text[: _start_of_names(text)])
    return style in (C_SHARP, SCALA, DUCKDB) or (opening is not None and opening[0] == "(")


def _start_of_names(text: str) -> int:
    first = FIRST_NAME.search(text[:LONGEST_HEAD])
    return first.start("before") + len(first["before"]) if first else 0


def names_in(text: str, style: Style) -> list[str]:
    """Return the names at the beginning of a text."""
    return [match["name"] for match in style.name.finditer(text[:LONGEST_HEAD])]


def read_printed(text: str, style: Style) -> Printed:
    """Return what a text is that a program has printed in a style; raise NoLiteral, or Doubt."""
    reader = _Reader(_without_type(text).strip(), style)
    nodes: list[Node] = []
    while not reader.is_at_end():
        start = reader.position
        if nodes and not COMPOSITE.match(reader.text, start):
            raise reader.doubt(start)
        nodes.append(reader.composite())
        reader.pass_over(r"\s*,?\s*")
    return Printed(nodes[0] if len(nodes) == 1 else Array(0, nodes), tuple(reader.notes()))


def _without_type(text: str) -> str:
    return TYPE_OF_DEBUGGER.sub("", text, count=1) if TYPE_OF_DEBUGGER.match(text) else text


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
        elif self.style.name.match(self.text, self.position):
            node = Object(start, self.members(closing))
        elif name in LISTS or self.level <= 2:
            node = Array(start, self.items(closing))
        else:
            raise NoLiteral
        self.level -= 1
        return node

    def members(self, closing: str) -> list[Member]:
        found: list[Member] = []
        while match := self.style.name.match(self.text, self.position):
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
        """Say whether a value may end here: before a closing bracket, or before the next one."""
        if self.text[self.position : self.position + 2].strip()[:1] in (*PAIRS.values(), ""):
            return True
        match = self.style.ends(is_item=is_item).match(self.text, self.position)
        return match is not None and (is_item or self.style.name.match(self.text, match.end()) is not None)

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
        match = pattern.match(self.text, self.position)
        if match is None:
            raise self.doubt(self.position)
        self.position = match.end()
        return Scalar(match.start(), match[1])

    def nested(self, *, is_item: bool) -> Node | None:
        """Read an object or a list within another one; None if the bracket is that of a text."""
        match = COMPOSITE.match(self.text, self.position)
        is_named = match is not None and (
            (match["name"] or "") in LISTS | OPTIONS or self.style.name.match(self.text, match.end()) is not None
        )
        if match is None or not (is_named or is_item):
            return None
        level = self.level
        try:
            return self.composite()
        except Doubt:
            # What is open here is open around it as well.
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
                if is_item or self.style.name.match(self.text, mark.end()):
                    return self.ended(start, mark.start(), has_between=has_between)
                has_between = True
        raise self.doubt(start)

    def ended(self, start: int, end: int, *, has_between: bool) -> Scalar:
        self.position = end
        text = self.text[start:end]
        if self.style.is_padded and text.endswith(" ") and self.text[end] in PAIRS.values():
            text = text[:-1]
            has_between = self.style.between.search(text) is not None
        if self.style.between_items and self.text[end] in PAIRS.values():
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
