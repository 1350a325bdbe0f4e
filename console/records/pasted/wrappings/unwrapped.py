"""A text without what was around it, and how far a text is looked at for that."""

from dataclasses import dataclass

MOST_STARTS = 20
LONGEST_PROSE = 100_000
PREFIX_LEFT_OUT = "What stands before each line is left out: {} and so on."


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A text without what was around it, and what that was, in words."""

    text: str
    words: str
    notes: tuple[str, ...] = ()
