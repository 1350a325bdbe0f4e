"""What is wrong with a record input, and where."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

LINE_BREAK = re.compile(r"\r\n|\r|\n")
# The bounds of a number, as the words of types have them.
BOUNDS = re.compile(r" from -[\d.e]+ to ([\d.e]+)(?= \()")
# The limits of a text, likewise.
LIMITS = re.compile(r", at most \d+ characters(?= \(string\))|(?<=categorical string): values of at most [^)]*")
# A number in a problem's "found", as JSON or as text; an ellipsis stands for more digits.
NUMBER = re.compile(r"(?:^|the number |the text “)[-+]?(\d[\d.]*(?:[eE][-+]?\d+)?)(…)?”?(?: of \d+ characters)?$")


@dataclass(frozen=True, slots=True)
class Found:
    """What stood in the text: as the person who typed it may read it, and its kind alone.

    The kind is for errors that leave the page, since the values of properties are sensitive. `told` is for those that
    answer the client who sent it: more than the kind, where that says nothing of a person.
    """

    text: str
    kind: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found in the place of a value, and how to write it; `told_advice` is the advice without the value."""

    found: Found
    advice: str = ""
    told_advice: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, at an offset of the text: what was expected there, and what was found.

    `record` counts from 1. `field` is the field's name in the schema, or the name that was typed if there is none.
    """

    offset: int
    expected: str
    found: Found
    advice: str = ""
    record: int | None = None
    field: str | None = None
    told_advice: str | None = None

    def sentence(self, *, reveal: bool = True) -> str:
        """Return the problem in words, without its place; `reveal` false leaves out what may be of a person."""
        if reveal:
            return sentence_of(self.expected, self.found, self.advice)
        return _told(self.expected, self.found, self.advice, self.told_advice)


@dataclass(frozen=True, slots=True)
class LineFault:
    """One thing that is wrong with a file of rows: as a fault, but for the line of the file instead of an offset.

    `line` is the one where the row begins, and counts from 1.
    """

    line: int
    field: str | None
    expected: str
    found: Found
    advice: str = ""
    told_advice: str | None = None

    def sentence(self, *, reveal: bool = True) -> str:
        """Return the problem in words, without its place; `reveal` false leaves out what may be of a person."""
        if reveal:
            return sentence_of(self.expected, self.found, self.advice)
        return _told(self.expected, self.found, self.advice, self.told_advice)


def _told(expected: str, found: Found, advice: str, told_advice: str | None) -> str:
    return _sentence(expected, found, found.told or found.kind, advice if told_advice is None else told_advice)


def sentence_of(expected: str, found: Found, advice: str) -> str:
    """Return a problem in words: what was expected, what was found, and what to do, "" for nothing."""
    return _sentence(expected, found, found.text, advice)


def _sentence(expected: str, found: Found, found_in_words: str, advice: str) -> str:
    words = f"Expected {wanted(expected, found.text)}; found {found_in_words}."
    return f"{words} {advice}" if advice else words


def wanted(expected: str, found: str) -> str:
    """Return what was expected, with bounds and limits only where they matter to what was found, in words."""
    bounded = BOUNDS.sub(lambda bounds: bounds[0] if _is_large(found, bounds[1]) else "", expected)
    return bounded if found.startswith("the text ") else LIMITS.sub("", bounded)


def _is_large(found: str, most: str) -> bool:
    """Return whether a number was found that is near bounds or beyond."""
    number = NUMBER.search(found)
    if number is None:
        return False
    try:
        return bool(number[2]) or Decimal(number[1]) > Decimal(most) / 2
    except InvalidOperation:
        # An exponent that Python does not take, or no number after all.
        return True


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on a place in the text: line and column count from 1, columns in characters."""

    line: int
    column: int
    record: int | None
    field: str | None
    sentence: str

    @property
    def place(self) -> str:
        """The place, as the status bar of an editor writes it."""
        return f"Ln {self.line}, Col {self.column}"

    @property
    def subject(self) -> str:
        """The record and the field that the remark is about; empty if it is about the whole text."""
        parts = [f"Record {self.record}"] if self.record else []
        parts += [self.field] if self.field else []
        return ", ".join(parts)

    @property
    def text(self) -> str:
        """The whole remark as one line, its place first."""
        return " · ".join(part for part in (self.place, self.subject, self.sentence) if part)


@dataclass(frozen=True, slots=True)
class Problem(Remark):
    """A fault with its place in the text. `kind` is that of what was found, without a typed value."""

    expected: str
    found: str
    kind: str


class Places:
    """Lines and columns of a text's offsets. A line ends at LF, CR LF or CR, as in an editor."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def of(self, fault: Fault) -> Problem:
        """Return the fault as a problem with its line and column."""
        line, column = self.at(fault.offset)
        return Problem(
            line=line,
            column=column,
            record=fault.record,
            field=fault.field,
            sentence=fault.sentence(),
            expected=fault.expected,
            found=fault.found.text,
            kind=fault.found.kind,
        )
