"""One cell of a file, turned into the value that its field takes, or into what is wrong with it.

The rules are those of `records/validation`. What a value becomes is in `records/pasted/values/conventions.py` and
here: each change is certain, of a kind that a person can leave out, and is counted by the caller.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from console.records.files.cells import words_in_cells
from console.records.files.dates import DateOrder, has_order, seconds_of_date, seconds_of_text
from console.records.files.source import BadCell, Cell
from console.records.json.nodes import Bare, Scalar, Value, quoted, shortened
from console.records.json.scalars import number_value
from console.records.json.strings import SURROGATE
from console.records.pasted.values.conventions import conversion_of
from console.records.pasted.values.dialect import PLAIN, Dialect
from console.records.pasted.values.grouped_numbers import ungrouped
from console.records.problems import Found, sentence_of
from console.records.schemas.field_types import BOUNDS
from console.records.schemas.fields import Field
from console.records.validation.moment_doubts import MOMENTS, doubts_on_moment
from console.records.validation.number_texts import describe_text_of
from console.records.validation.rules import is_valid_value, scalar_of, typed
from console.records.validation.text_doubts import AROUND, IN_FILE, Doubt, doubts_on_text
from console.records.validation.timestamps import LEAST, MOST
from console.records.validation.validation import COMPACT, diagnosis

SPACES, DATES, NUMBERS = "spaces", "date", "number"
SPACE = re.compile("[ \u00a0\u2009\u202f]")
# `conversion_of` would turn dates into text for record input; here they become seconds.
NEVER = frozenset(("moment",))
# Spreadsheets keep so many digits of a number.
DIGITS_OF_SPREADSHEETS = 15
# From here on, the doubles that spreadsheets have are not all whole numbers.
LONGEST_EXACT = 2**53
# A long number as a spreadsheet displays it, which can never be trusted as an id.
ROUNDED_ID = re.compile(r"[0-9][.,][0-9]+[eE]\+[0-9]{2,3}")
EMPTY = Found("an empty cell", "an empty cell")
NULL = "null"
REQUIRED = "The field is required."
UNCLEAR_DATE = "Say which of its numbers is the month: choose the order of the dates of this column."


@dataclass(frozen=True, slots=True)
class CellRules:
    """How the cells of one column are taken.

    `is_strict` changes no value: a cell is what the column's type reads of it, as AWS's jobs read a CSV file.
    Otherwise spaces around cells go, unless `keeps_spaces`, and values are converted but for the kinds `without`.
    `is_sheet` says that numbers come from a spreadsheet, of which `takes_long_numbers` takes those too that have more
    digits than it keeps for certain. Events after `now`, in seconds since 1970, are doubtful.
    """

    dialect: Dialect = PLAIN
    is_strict: bool = False
    keeps_spaces: bool = False
    is_sheet: bool = False
    takes_long_numbers: bool = False
    without: frozenset[str] = frozenset()
    date_order: DateOrder | None = None
    now: float = math.inf


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell: what was expected, what was found, and what to do."""

    expected: str
    found: Found
    advice: str = ""

    @property
    def sentence(self) -> str:
        """The fault in words, without its place."""
        return sentence_of(self.expected, self.found, self.advice)


class Change(NamedTuple):
    """A change of a cell: its kind, and both texts as a person reads them."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The value of a cell: its JSON text, and of an id the text itself; how it was changed, and what is doubtful."""

    text: str
    change: Change | None = None
    doubts: tuple[Doubt, ...] = field(default=())


def take_cell(each: Field, cell: Cell, rules: CellRules) -> Taken | CellFault:
    """Return the value of a cell in a field, or what is wrong with it."""
    if isinstance(cell, BadCell):
        return CellFault(words_in_cells(each), Found(cell.found, cell.found), cell.advice)
    if isinstance(cell, str) and not cell.isascii() and SURROGATE.search(cell):
        return CellFault("whole characters", Found("half of a surrogate pair", "half of a character"))
    if isinstance(cell, date):
        return _taken_date(each, cell, rules)
    if rules.is_sheet and "string" in each.types and is_long_number(cell):
        is_taken = rules.takes_long_numbers and isinstance(cell, int) and abs(cell) < LONGEST_EXACT
        if not is_taken:
            return _too_many_digits(each, cell)
    value = _scalar(each, cell, rules)
    change = _spaces_change(cell, value) if not rules.is_strict else None
    if not rules.is_strict and value.value is not None:
        found = _converted(each, value, rules)
        if found:
            kind, converted = found
            change = _change(kind, value, converted) or change
            return _checked(each, cell, rules, value, converted, change)
    return _checked(each, cell, rules, value, value, change)


def _scalar(each: Field, cell: Cell, rules: CellRules) -> Scalar:
    """Return what a cell has, as a scalar: text without quotes, of which a field of numbers reads a number."""
    if cell is None and rules.is_strict and not each.nullable:
        # A job takes it as a text without characters, where a column has texts.
        return Bare(0, "")
    if cell is None or isinstance(cell, bool):
        return Scalar(0, cell)
    if isinstance(cell, int | float):
        return Scalar(0, cell, str(cell))
    if isinstance(cell, Decimal):
        return Scalar(0, float(cell), str(cell))
    assert isinstance(cell, str)
    if rules.is_strict:
        return _strict_scalar(each, cell)
    text = cell if rules.keeps_spaces or SPACES in rules.without else AROUND.sub("", cell)
    # A text without characters is one where a text is taken, as `""` in a CSV file.
    if not text and each.nullable and (cell or "string" not in each.types):
        return Scalar(0, None)
    is_text = rules.keeps_spaces or (not text and "string" in each.types)
    return Scalar(0, text) if is_text else Bare(0, text)


def _strict_scalar(each: Field, cell: str) -> Scalar:
    """Return what AWS reads of a text in a CSV file."""
    if not cell:
        return Scalar(0, None) if each.nullable and "string" not in each.types else Bare(0, cell)
    found = scalar_of(each, cell)
    # JSON has no text for infinity, which a number too large for a double becomes.
    is_number = isinstance(found.value, float) and math.isfinite(found.value)
    return found if is_number or not isinstance(found.value, str | float) else Bare(0, cell)


def _spaces_change(cell: Cell, value: Scalar) -> Change | None:
    if not isinstance(cell, str) or value.value == cell or value.value is None:
        return None
    return Change(SPACES, quoted(cell), quoted(str(value.value)))


def _converted(each: Field, value: Scalar, rules: CellRules) -> tuple[str, Scalar] | None:
    found = conversion_of(each, value, rules.dialect, rules.without | NEVER) or _grouped_by_spaces(each, value, rules)
    if found or DATES in rules.without or not isinstance(value.value, str) or not _takes_dates(each):
        return found
    seconds = seconds_of_text(value.value, rules.date_order)
    return None if seconds is None else (DATES, _seconds(each, seconds))


def _grouped_by_spaces(each: Field, value: Scalar, rules: CellRules) -> tuple[str, Scalar] | None:
    """Return a number whose thousands are separated by spaces: of other separators it is not certain what they are."""
    if NUMBERS in rules.without or not isinstance(value, Bare) or not SPACE.search(str(value.value)):
        return None
    text = ungrouped(each, str(value.value))
    number = None if text is None else number_value(text)
    return None if text is None or number is None else (NUMBERS, Scalar(0, number, text))


def _takes_dates(each: Field) -> bool:
    """Return whether a field may hold seconds since 1970; 32-bit numbers count only in timestamp fields."""
    return "string" not in each.types and ("int" not in each.types or each.is_timestamp) and _takes_numbers(each)


def _takes_numbers(each: Field) -> bool:
    return not BOUNDS.keys().isdisjoint(each.types)


def _seconds(each: Field, seconds: float) -> Scalar:
    whole = seconds if {"float", "double"} & set(each.types) else int(seconds)
    return Scalar(0, whole, str(whole))


def _taken_date(each: Field, cell: date, rules: CellRules) -> Taken | CellFault:
    """Return the value of a cell that is a date: seconds, or its text in a field of texts that is no id."""
    found = Found(f"the date {cell.isoformat()}", "a date")
    is_text = "string" in each.types and not each.is_id
    if rules.is_strict or DATES in rules.without or not (is_text or _takes_dates(each)):
        return CellFault(words_in_cells(each), found)
    value = Scalar(0, cell.isoformat()) if is_text else _seconds(each, seconds_of_date(cell))
    after = str(value.value)
    return _checked(each, cell, rules, value, value, Change(DATES, cell.isoformat(), after))


def is_long_number(cell: Cell) -> bool:
    """Return whether a cell is a number of more digits than spreadsheets keep."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**DIGITS_OF_SPREADSHEETS


def _too_many_digits(each: Field, cell: Cell) -> CellFault:
    found = Found(
        f"a number cell of more than {DIGITS_OF_SPREADSHEETS} digits, {cell}", "a number cell of many digits"
    )
    advice = (
        f"Spreadsheets keep {DIGITS_OF_SPREADSHEETS} digits, so that it may not be what it was: format the column as "
        "text before the values are put into it."
    )
    return CellFault(words_in_cells(each), found, advice)


def _change(kind: str, before: Scalar, after: Scalar) -> Change | None:
    """Return a change, unless it is none to a person: the digits of a cell are a number, and True is true."""
    old, new = _shown(before), _shown(after)
    if not old or old.strip().lower() == new:
        return None
    return Change(kind, shortened(old), shortened(new))


def _shown(value: Scalar) -> str:
    if value.literal or isinstance(value.value, str):
        return value.literal or str(value.value)
    return "no value" if value.value is None else COMPACT.encode(value.value)


def _checked(
    each: Field, cell: Cell, rules: CellRules, before: Scalar, value: Scalar, change: Change | None
) -> Taken | CellFault:
    plain = value.value
    if plain is None and not each.nullable:
        return CellFault(words_in_cells(each), EMPTY, "" if rules.is_strict else REQUIRED)
    if not is_valid_value(each, plain):
        return _fault(each, cell, before, rules)
    refused = None if rules.is_strict else _refused(each, plain)
    if refused:
        return refused
    return Taken(_text(each, value), change, tuple(_doubts(each, plain, rules)))


def _doubts(each: Field, plain: Value, rules: CellRules) -> Iterator[Doubt]:
    if isinstance(plain, str) and "string" in each.types:
        yield from doubts_on_text(each, plain, IN_FILE)
    elif each.is_timestamp and isinstance(number := typed(each, plain), int | float):
        yield from (Doubt(MOMENTS, sentence) for sentence in doubts_on_moment(each, number, rules.now))


def _refused(each: Field, plain: Value) -> CellFault | None:
    """Return what is wrong with a value that its type has, and that AWS's jobs take, but no request."""
    if each.name == "TIMESTAMP" and each.member and not LEAST <= typed(each, plain) <= MOST:
        expected = "a timestamp within the years 1 to 9999, in seconds"
        return CellFault(expected, Found(str(plain), "a number out of these years"))
    if each.is_id and isinstance(plain, str) and ROUNDED_ID.fullmatch(plain):
        advice = "Take the id from where the spreadsheet got it."
        return CellFault(
            "an id", Found(f"{quoted(plain)}, which a spreadsheet has rounded", "a rounded number"), advice
        )
    return None


def _text(each: Field, value: Scalar) -> str:
    if each.is_id:
        return "" if value.value is None else str(value.value)
    whole: Value = typed(each, value.value)
    return value.literal if value.literal and not isinstance(whole, str) else COMPACT.encode(whole)


def _fault(each: Field, cell: Cell, value: Scalar, rules: CellRules) -> CellFault:
    if value.value == "":
        return CellFault(words_in_cells(each), EMPTY, "" if rules.is_strict else REQUIRED)
    if not rules.is_strict and rules.date_order is None and _takes_dates(each) and has_order(cell):
        return CellFault(words_in_cells(each), Found(f"the date {quoted(str(cell))}", "a date"), UNCLEAR_DATE)
    is_text = isinstance(cell, str) and not rules.keeps_spaces
    wrong = describe_text_of(each, str(value.value if isinstance(value, Bare) else cell)) if is_text else None
    wrong = wrong or diagnosis(each, value)
    return CellFault(words_in_cells(each), wrong.found, wrong.advice)
