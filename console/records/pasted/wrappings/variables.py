"""Calls in a program whose arguments are names, with the values that lines above give these names."""

import re
from dataclasses import dataclass
from itertools import islice

from console.records.pasted.literals.parsing import read_literal_at
from console.records.pasted.wrappings.code import check_later_lines
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS

# A type or a word of declaration, and the name that is given a value.
GIVEN = re.compile(
    r"(?:^|[;{}])[ \t]*+(?:(?:final|const|let|var|val|my)[ \t]++)*+(?:[A-Z][\w.]*+(?:<[\w<>, .?]{1,80}>)?[ \t]++)?"
    r"(?P<name>[A-Za-z_]\w*+)(?:[ \t]*+:[ \t]*+[\w<>\[\], .?]++)?[ \t]*+(?:=|:=)(?![=>])\s*+(?!(?P=name)\b)",
    re.MULTILINE,
)
AT_END = re.compile(r"[ \t\r]*+(?:[;\n]|//|#|\Z)")
# A string, or a name that is an argument or an item as a whole.
ARGUMENT = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')|(?<=[(\[,=: \n])(?P<name>[A-Za-z_]\w*+)(?=\s*+[,)\]}])"
)


@dataclass(frozen=True, slots=True)
class WithValues:
    """A program with values in the places of their names, these names, and others that are given several values."""

    text: str
    used: tuple[str, ...]
    given_again: tuple[str, ...]


def with_values(text: str) -> WithValues | None:
    """Return a program with the values of names in the places where they are arguments, or None.

    A value is a literal that a line gives a name once. Raises Refusal if a line below may change it.
    """
    if len(text) > LONGEST_PROSE:
        return None
    given = list(islice(GIVEN.finditer(text), MOST_STARTS + 1))
    if not given or len(given) > MOST_STARTS:
        return None
    names = [each["name"] for each in given]
    values: dict[str, str] = {}
    used: dict[str, None] = {}
    parts = [text[: given[0].start()]]
    ends = [*(each.start() for each in given[1:]), len(text)]
    for each, end in zip(given, ends, strict=True):
        rest = _replaced(text[each.end() : end], values, used)
        literal = read_literal_at(rest, 0) if names.count(each["name"]) == 1 else None
        # Behind an argument that has a name stands a comma.
        if literal and AT_END.match(rest, literal.end):
            value, behind = rest[: literal.end], rest[literal.end :]
            values[each["name"]] = value
            rest = value + _replaced(behind, {each["name"]: value}, used)
        parts += [each[0], rest]
    for each in given:
        if each["name"] in used:
            check_later_lines(text[each.end() :], each["name"])
    again = {name for name in names if names.count(name) > 1}
    arguments = dict.fromkeys(each["name"] for each in ARGUMENT.finditer(text) if each["name"] in again)
    return WithValues("".join(parts), tuple(used), tuple(arguments))


def _replaced(text: str, values: dict[str, str], used: dict[str, None]) -> str:
    """Return a part of a program with values in the places of their names, which are added to `used`."""

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None or name not in values:
            return match[0]
        used[name] = None
        return values[name]

    return ARGUMENT.sub(value, text)
