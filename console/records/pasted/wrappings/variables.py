"""Calls in a program whose arguments are names, with the values that lines above give these names."""

import re
from dataclasses import dataclass
from itertools import islice

from console.records.json.nodes import quoted
from console.records.pasted.detected import Refusal
from console.records.pasted.literals.parsing import read_literal_at
from console.records.pasted.wrappings.code import check_later_lines
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS

# A type or a word of declaration, and the name that is given a value.
GIVEN = re.compile(
    r"(?:^|[;{}])[ \t]*+(?:(?:final|const|let|var|val|my)[ \t]++)*+(?:[A-Z][\w.]*+(?:<[\w<>, .?]{1,80}>)?[ \t]++)?"
    r"(?P<name>[A-Za-z_]\w*+)(?:[ \t]*+:[ \t]*+[\w<>\[\], .?]++)?[ \t]*+(?:=|:=)(?![=>])\s*+(?!(?P=name)\b)",
    re.MULTILINE,
)
# Where a function has the name for what it is given.
PARAMETER = (
    r"\b(?:def|function|fun|func|fn|void|static)\b[^\n(=]{{0,100}}+\([^()\n]{{0,200}}?\b{name}\b"
    r"|\blambda\b[^\n:]{{0,100}}?\b{name}\b|\([^()\n]{{0,200}}?\b{name}\b[^()\n]{{0,200}}+\)\s*+=>|\b{name}\s*+=>"
)
GIVEN_AGAIN = "{} is given a value more than once, and only the program knows which one counts. Print them as JSON."
# Members of requests, which JavaScript has without a value where a variable is called so.
MEMBERS = frozenset(
    ("datasetArn", "trackingId", "users", "items", "actions", "actionInteractions", "eventList", "userId", "sessionId")
)
AT_END = re.compile(r"[ \t\r]*+(?:[;\n]|//|#|\Z)")
# A string, or a name that is an argument or an item as a whole.
ARGUMENT = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')|(?<=[(\[{,=: \n])(?P<name>[A-Za-z_]\w*+)(?=\s*+[,)\]}])"
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
    values: dict[str, tuple[str, int]] = {}
    used: dict[str, None] = {}
    parts = [text[: given[0].start()]]
    ends = [*(each.start() for each in given[1:]), len(text)]
    for each, end in zip(given, ends, strict=True):
        line = text[text.rfind("\n", 0, each.start("name")) + 1 : each.start("name")]
        indent = len(line) - len(line.lstrip())
        rest = _replaced(text[each.end() : end], indent, values, used)
        literal = read_literal_at(rest, 0) if names.count(each["name"]) == 1 else None
        # Behind an argument that has a name stands a comma.
        if literal and AT_END.match(rest, literal.end):
            value, behind = rest[: literal.end], rest[literal.end :]
            values[each["name"]] = (value, indent)
            rest = value + _replaced(behind, indent, {each["name"]: values[each["name"]]}, used)
        parts += [each[0], rest]
    for each in given:
        name = each["name"]
        if name in used and re.search(PARAMETER.format(name=re.escape(name)), text):
            raise Refusal(GIVEN_AGAIN.format(quoted(name)))
        if name in used:
            check_later_lines(text[each.end() :], name)
    again = {name for name in names if names.count(name) > 1}
    arguments = dict.fromkeys(each["name"] for each in ARGUMENT.finditer(text) if each["name"] in again)
    return WithValues("".join(parts), tuple(used), tuple(arguments))


def _replaced(text: str, indent: int, values: dict[str, tuple[str, int]], used: dict[str, None]) -> str:
    """Return a part of a program with values in the places of their names, which are added to `used`.

    The first line of the part stands so far from the left as `indent` says. A value that is given further right is
    that of another block.
    """

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None or name not in values:
            return match[0]
        start = text.rfind("\n", 0, match.start()) + 1
        line = text[start : match.start()]
        given, given_indent = values[name]
        if given_indent > (len(line) - len(line.lstrip()) if start else indent):
            return match[0]
        used[name] = None
        before = text[: match.start()].rstrip()
        is_member = name in MEMBERS and before[-1:] in ("{", ",") and before.rfind("{") > before.rfind("[")
        return f"{name}: {given}" if is_member else given

    return ARGUMENT.sub(value, text)
