"""A position in a text that is being read, and the faults found so far."""

import re
from collections.abc import Callable

from console.records.json.characters import describe_character
from console.records.problems import Fault

# More faults than this would only hide the first ones.
MOST_FAULTS = 100

BLANKS = frozenset(" \t\n\r")
WHITE_SPACE = re.compile(r"[ \t\n\r]*")


class Stop(Exception):
    """Reading cannot go on; the fault says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


class Cursor:
    """The position in a text, whose offsets `offset_of` turns into those of the text that it was taken from."""

    def __init__(self, text: str, offset_of: Callable[[int], int]) -> None:
        self.text = text
        self.offset_of = offset_of
        self.position = 0
        self.faults: list[Fault] = []

    def peek(self) -> str:
        """Return the character that is next, or no text at the end."""
        return self.text[self.position : self.position + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Return the text that a pattern matches at the position, and move past it; no text if it does not match."""
        match = pattern.match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[0]

    def step(self) -> None:
        """Move past one character and the white space after it."""
        self.position += 1
        self.skip_white_space()

    def skip_white_space(self) -> None:
        """Move past JSON's white space (RFC 8259, section 2), if there is any at the position."""
        # Most places have none, and asking is cheaper than matching.
        if self.text[self.position : self.position + 1] in BLANKS:
            self.take(WHITE_SPACE)

    def place(self) -> int:
        """Return the position as an offset in characters in the text that this text was taken from."""
        return self.offset_of(self.position)

    def fault(self, expected: str, *, advice: str = "") -> Fault:
        """Return a fault at the position, which found the next character; `expected` says what may stand there."""
        return Fault(self.place(), expected, describe_character(self.peek()), advice)

    def stop(self, expected: str, *, advice: str = "") -> Stop:
        """Return the Stop, with a fault at the position, for the caller to raise."""
        return Stop(self.fault(expected, advice=advice))

    def report(self, fault: Fault) -> None:
        """Keep a fault, and read on; raise Stop if there are MOST_FAULTS of them."""
        self.faults.append(fault)
        if len(self.faults) == MOST_FAULTS:
            raise self.stop(f"fewer than {MOST_FAULTS} problems", advice="The text after this was not read.")
