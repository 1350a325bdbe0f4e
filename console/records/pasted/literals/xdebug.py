"""What var_dump of PHP shows in a browser with Xdebug: as HTML, and as the text that is copied from there."""

import re
from collections.abc import Iterator

from console.records.html_references import without_references
from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.scalars import number_value
from console.records.pasted.literals.cursor import NoLiteral

DEEPEST_LEVEL = 16
IN_HTML = re.compile(r"\s*+<pre class=['\"]xdebug-var-dump['\"]")
TAG = re.compile(r"<[^<>]*+>")
PLACE = re.compile(r"/[^\n]*\.php:[0-9]+:")
OPENING = re.compile(r"(?:array \(size=[0-9]+\)|object\([\w\\]+\)\[[0-9]+\])")
BEGINNING = re.compile(rf"\s*+(?:{PLACE.pattern}\s*+)?{OPENING.pattern}[ \t\r]*+\n")
# For a member of an object, the visibility comes before the name.
MEMBER = re.compile(r"(?:(?:public|protected|private) )?(?:'(?P<name>[^']*+)'|(?P<number>[0-9]+)) =>(?P<value>.*)")
TEXT = re.compile(r"string '(?P<text>.*)' \(length=(?P<length>[0-9]{1,9})\)")
NUMBER = re.compile(r"(?:int|float) (?P<number>\S+)")
WORDS: dict[str, bool | None] = {"boolean true": True, "boolean false": False, "null": None}


def is_xdebug(text: str) -> bool:
    """Return whether a text begins as Xdebug shows an array or an object in a browser."""
    return IN_HTML.match(text) is not None or BEGINNING.match(text) is not None


def read_xdebug(text: str) -> Node:
    """Return the array or object that a text is as Xdebug shows it; raise NoLiteral if a line is no part of one."""
    if IN_HTML.match(text):
        text = without_references(TAG.sub("", text))
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if lines and PLACE.fullmatch(lines[0].strip()):
        del lines[0]
    reader = _Lines(lines)
    node = _value(reader, next(reader, ""), 0)
    if next(reader, ""):
        raise NoLiteral
    return node


class _Lines(Iterator[str]):
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.position = 0

    def __next__(self) -> str:
        if self.position == len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]

    def indent(self) -> int:
        """Return how far the next line stands from the left; -1 at the end."""
        line = self.lines[self.position] if self.position < len(self.lines) else ""
        return len(line) - len(line.lstrip()) if line else -1


def _value(lines: _Lines, text: str, level: int) -> Node:
    """Return a value that begins in a line, whose members stand further right in the lines below."""
    bare = text.strip()
    if not OPENING.fullmatch(bare):
        return _plain(bare)
    if level > DEEPEST_LEVEL:
        raise NoLiteral
    own = len(text) - len(text.lstrip())
    members: list[Member] = []
    while lines.indent() > own:
        line = next(lines)
        if line.strip() == "empty":
            break
        match = MEMBER.fullmatch(line.strip())
        if match is None:
            raise NoLiteral
        name = match["number"] if match["name"] is None else match["name"]
        # Arrays stand in the line below their name.
        value = match["value"] if match["value"].strip() else next(lines, "")
        members.append(Member(0, name, _value(lines, value, level + 1)))
    is_list = all(each.key == str(number) for number, each in enumerate(members))
    return Array(0, [each.value for each in members]) if is_list else Object(0, members)


def _plain(text: str) -> Scalar:
    if text in WORDS:
        return Scalar(0, WORDS[text])
    match = TEXT.fullmatch(text)
    # A text that goes on in the next line, or was cut, is not as long as it says.
    if match and len(match["text"].encode()) == int(match["length"]):
        return Scalar(0, match["text"])
    number = NUMBER.fullmatch(text)
    if number is None:
        raise NoLiteral
    value = number_value(number["number"])
    return Bare(0, number["number"]) if value is None else Scalar(0, value, number["number"])
