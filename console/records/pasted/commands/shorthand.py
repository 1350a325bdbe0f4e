"""The AWS CLI's shorthand syntax, as far as a list of records goes: `userId=u-1,properties="{…}"`.

Source: "Using shorthand syntax" in the CLI's user guide, and `awscli/shorthand.py`.
"""

import re

from console.records.json.cursor import Cursor, Stop
from console.records.json.nodes import Array, Member, Node, Object, Scalar, quoted
from console.records.problems import Fault, Found

# A value in quotes ends with its quote, another one with a comma; a backslash takes the meaning from what follows.
KEY = re.compile(r"\s*([A-Za-z]+)\s*=\s*")
DOUBLE_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
SINGLE_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*+'", re.DOTALL)
BARE = re.compile(r"(?:[^,\\]++|\\.?)*+", re.DOTALL)
BARE_INSIDE = re.compile(r"(?:[^,\\\]}]++|\\.?)*+", re.DOTALL)
SPACES = re.compile(r"\s*")
NO_SINGLE_QUOTES = "In cmd.exe, only double quotes hold an argument together."
NO_JSON = "Shorthand syntax cannot hold this JSON. Write the whole list as JSON: [{…}]."


def read_shorthand(argument: str) -> Object | Fault:
    """Return the members that one argument in shorthand syntax names, or the fault that makes it none.

    Values are texts, lists of texts, as in `impression=a,b` and `impression=[a,b]`, and members in braces.
    """
    try:
        return _Reader(argument).whole()
    except Stop as stop:
        return stop.fault


class _Reader(Cursor):
    def __init__(self, text: str) -> None:
        super().__init__(text, lambda offset: offset)

    def whole(self) -> Object:
        return self.members("")

    def members(self, end: str) -> Object:
        """Return members up to a character that ends them, or "" for the end of the argument."""
        found = Object(self.place(), [])
        while True:
            found.members.append(self.member(end, {member.key for member in found.members}))
            if self.peek() == end:
                return found
            self.expect(",")

    def member(self, end: str, earlier: set[str]) -> Member:
        self.take(SPACES)
        start, key = self.position, KEY.match(self.text, self.position)
        if key is None:
            advice = NO_JSON if end and self.peek() in ('"', "{", "[") else ""
            advice = NO_SINGLE_QUOTES if self.peek() == "'" else advice
            raise self.stop("a name and “=”", advice=advice)
        if key[1] in earlier:
            again = Found(f"{quoted(key[1])} again", "a name again")
            raise Stop(Fault(start, "each name once", again, "Put a space between two records."))
        self.position = key.end()
        return Member(start, key[1], self.value(end))

    def value(self, end: str) -> Node:
        start, opening = self.position, self.peek()
        # No member of these requests has braces within braces.
        if opening == "{" and not end:
            self.position += 1
            inner = self.members("}")
            self.close("}")
            return inner
        if opening == "[":
            self.position += 1
            values = self.texts(BARE_INSIDE, is_closed=True)
            self.close("]")
            return Array(start, values)
        values = self.texts(BARE_INSIDE if end else BARE, is_closed=False)
        return values[0] if len(values) == 1 else Array(start, values)

    def texts(self, bare: re.Pattern[str], *, is_closed: bool) -> list[Node]:
        """Return texts between commas; where no bracket closes them, the name of another member ends them."""
        values: list[Node] = []
        while True:
            values.append(self.one_text(bare))
            after = self.position + 1
            if self.peek() != "," or (not is_closed and (KEY.match(self.text, after) or after == len(self.text))):
                return values
            self.position = after

    def one_text(self, bare: re.Pattern[str]) -> Scalar:
        start = self.position
        for form, escape in ((DOUBLE_QUOTED, r'\\(["\\])'), (SINGLE_QUOTED, r"\\(['\\])")):
            text = self.take(form)
            if text:
                self.take(SPACES)
                return Scalar(start, re.sub(escape, r"\1", text[1:-1]))
        return Scalar(start, self.take(bare).replace("\\,", ",").strip())

    def expect(self, character: str) -> None:
        if self.peek() != character:
            raise self.stop(f"“{character}”")
        self.position += 1

    def close(self, bracket: str) -> None:
        self.expect(bracket)
        self.take(SPACES)
