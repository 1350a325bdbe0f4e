"""What print_r of PHP shows: names in brackets, and values without quotes up to the ends of their lines."""

import re
from collections.abc import Iterator

from console.records.json.nodes import Array, Bare, Member, Node, Object
from console.records.pasted.literals.cursor import NoLiteral

MOST_LINES = 20_000
DEEPEST_LEVEL = 16
BEGINNING = re.compile(r"\s*+(?:Array|[\w\\]+ Object)[ \t\r]*+\n[ \t]*+\(")
OPENING = re.compile(r"(?:Array|[\w\\]+ Object)")
# For a private or protected member, the name is followed by a mark or by its class.
MEMBER = re.compile(r"\[(?P<name>[^\]:]++)(?::[\w\\:]++)?\] => ?(?P<value>.*)")


def is_print_r(text: str) -> bool:
    """Return whether a text begins as print_r shows an array or an object."""
    return BEGINNING.match(text) is not None


def read_print_r(text: str) -> Node:
    """Return the array or object that a text is as print_r shows it; raise NoLiteral if a line is no part of one."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise NoLiteral
    reader = iter(lines[1:])
    node = _value(lines[0], reader, 0)
    if next(reader, ""):
        raise NoLiteral
    return node


def _value(text: str, lines: Iterator[str], level: int) -> Node:
    """Return a value that begins in a line, and ends there unless a parenthesis is on the next one."""
    if not OPENING.fullmatch(text):
        return Bare(0, text)
    if level > DEEPEST_LEVEL or next(lines, "") != "(":
        raise NoLiteral
    members: list[Member] = []
    for line in lines:
        if line == ")":
            is_list = all(each.key == str(number) for number, each in enumerate(members))
            return Array(0, [each.value for each in members]) if is_list else Object(0, members)
        match = MEMBER.fullmatch(line)
        if match is None:
            break
        members.append(Member(0, match["name"], _value(match["value"], lines, level + 1)))
    # A value of several lines does not tell where it ends.
    raise NoLiteral
