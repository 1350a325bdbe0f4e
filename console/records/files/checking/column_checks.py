"""The cells of one column, checked a batch at a time.

Each distinct text is checked once, by `take_cell`, and what became of it is kept. A column of which nearly every text
is another one, as of ids and numbers, has quick ways that see at once that a whole batch is plainly right; what they
are not sure of is left to `take_cell`. Both give the same: property tests compare them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from console.records.files.checking.cell_checks import NULL, CellFault, CellRules, Taken, is_long_number, take_cell
from console.records.files.dates import has_order
from console.records.files.source import Cell
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.field_types import BOUNDS, WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field
from console.records.validation.moment_doubts import bounds_without_doubts
from console.records.validation.rules import LONGEST_ID
from console.records.validation.text_doubts import Doubt

# How many texts of a column are kept, so that a long file takes no more memory than a short one.
MOST_KEPT = 50_000
MOST_EXAMPLES = 3
# "Readiness checklist" of the developer guide.
MOST_CATEGORIES = 1000
NO_CATEGORIES = (NULL, '""')
# JSON takes spaces around a number, which a cell may not have.
NUMBER_CHARACTERS = b"0123456789-+.eE,"
# Ids that no rule doubts: letters with a number, numbers, and the UUIDs of databases.
PLAIN_ID = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z_-]*+[0-9][A-Za-z0-9_-]*+|[0-9]{1,15}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\n)*+"
)
# Numbers that are far from the bounds of their types, each with a comma behind it.
PLAIN_WHOLE_NUMBER, PLAIN_NUMBER = "-?(?:0|[1-9][0-9]{{0,{}}}+)", r"-?(?:0|[1-9][0-9]{0,15}+)(?:\.[0-9]{1,15}+)?"
PLAIN_NUMBERS = {
    type_name: re.compile(f"(?:{number},)*+")
    for type_name, number in (
        ("int", PLAIN_WHOLE_NUMBER.format(8)),
        ("long", PLAIN_WHOLE_NUMBER.format(17)),
        ("float", PLAIN_NUMBER),
        ("double", PLAIN_NUMBER),
    )
}

# The result for a cell: its JSON text (for an id, the text itself), or its fault.
type Found = str | CellFault


@dataclass(slots=True)
class KindOfChange:
    """One kind of change in a column: in how many rows, and the first examples, before and after."""

    rows: int = 0
    examples: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class KindOfDoubt:
    """A kind of doubtful value in a column: the number of rows, and a sentence on the first of them."""

    rows: int
    sentence: str


class ColumnCheck:
    """Checks the column of a field, and counts what it changes, what is doubtful, and how many cells have a value."""

    def __init__(self, each: Field, rules: CellRules) -> None:
        self.field, self.rules = each, rules
        self.changes: dict[str, KindOfChange] = {}
        self.doubts: dict[str, KindOfDoubt] = {}
        # How many cells there were, and how many of them had a value.
        self.rows = 0
        self.filled = 0
        # The values of a categorical field, up to the number that is counted.
        self.categories: set[str] = set()
        self._empty = "" if each.is_id else NULL
        self._quick = _quick_way(each, rules)
        self._known: dict[object, Found] = {}
        self._remarkable: dict[object, Taken] = {}
        self._has_faults = False
        # Whether what is known of any cell is that it has no value.
        self._has_empty = False
        # The keys of the batch checked last, if any of them may need counting.
        self._keys: Sequence[object] = ()
        # Whether dates are refused since nobody knows which of their numbers is the month.
        self.has_unclear_dates = False
        # Whether numbers are refused since a spreadsheet may not have kept all of their digits.
        self.has_long_numbers = False

    def check(self, cells: Sequence[Cell]) -> tuple[Sequence[Found], bool]:
        """Return what each cell of a batch gives, and whether any of them may be wrong: `count` comes after it."""
        self._keys = ()
        quick = self._quick(cells) if self._quick else None
        if quick is not None:
            # Where a cell has no value, the texts are not the cells.
            self._count_filled(quick, are_all=quick is cells)
            return quick, False
        if len(self._known) > MOST_KEPT:
            self._known.clear()
            self._remarkable.clear()
            self._has_faults = self._has_empty = False
        keys = _keys(cells)
        known = self._known
        try:
            found = list(map(known.__getitem__, keys))
        except KeyError:
            for key, cell in zip(keys, cells, strict=True):
                if key not in known:
                    known[key] = self._look_at(key, cell)
            found = list(map(known.__getitem__, keys))
        if self._remarkable:
            self._keys = keys
        self._count_filled(found, are_all=not self._has_empty)
        return found, self._has_faults

    def count(self, left_out: Container[int] = ()) -> None:
        """Count what was changed and is doubtful in the batch that was checked last, but for rows by their places."""
        if self._keys:
            self._count([key for place, key in enumerate(self._keys) if place not in left_out])

    def doubts_in(self, cells: Sequence[Cell]) -> Iterator[tuple[int, tuple[Doubt, ...]]]:
        """Yield the place and the doubts of each cell that has some, in the batch that was checked last."""
        if not self._keys:
            return
        remarkable = self._remarkable
        for place, key in enumerate(_keys(cells)):
            if key in remarkable:
                yield place, remarkable[key].doubts

    def _look_at(self, key: object, cell: Cell) -> Found:
        taken = take_cell(self.field, cell, self.rules)
        if isinstance(taken, CellFault):
            self._has_faults = True
            is_date = self.rules.date_order is None and has_order(cell)
            self.has_unclear_dates = self.has_unclear_dates or is_date
            self.has_long_numbers = self.has_long_numbers or is_long_number(cell)
            return taken
        self._has_empty = self._has_empty or taken.text == self._empty
        if taken.change or taken.doubts:
            self._remarkable[key] = taken
        if self.field.categorical and taken.text not in NO_CATEGORIES and len(self.categories) <= MOST_CATEGORIES:
            self.categories.update(json.loads(taken.text).split(LIST_SEPARATOR))
        return taken.text

    def _count_filled(self, found: Sequence[Found], *, are_all: bool) -> None:
        self.rows += len(found)
        self.filled += len(found) - (0 if are_all else found.count(self._empty))

    def _count(self, keys: Sequence[object]) -> None:
        remarkable = self._remarkable
        for key, rows in Counter(filter(remarkable.__contains__, keys)).items():
            taken = remarkable[key]
            if taken.change:
                kind, before, after = taken.change
                change = self.changes.setdefault(kind, KindOfChange())
                change.rows += rows
                if len(change.examples) < MOST_EXAMPLES:
                    change.examples.setdefault(before, after)
            for doubt in taken.doubts:
                self._count_doubt(doubt, rows)

    def _count_doubt(self, doubt: Doubt, rows: int) -> None:
        found = self.doubts.get(doubt.kind)
        if found:
            found.rows += rows
        else:
            self.doubts[doubt.kind] = KindOfDoubt(rows, doubt.sentence)


def _keys(cells: Sequence[Cell]) -> Sequence[object]:
    """Return what tells cells apart: True and 1 are one key otherwise, and so are 1 and 1.0."""
    if set(map(type, cells)) <= {str, type(None)}:
        return cells
    return [(cell.__class__, cell) for cell in cells]


type _Quick = Callable[[Sequence[Cell]], Sequence[str] | None]


def _quick_way(each: Field, rules: CellRules) -> _Quick | None:
    """Return the quick way for a field: it returns the texts of a batch that is plainly right, else None."""
    if each.is_id:
        return _plain_ids
    if len(each.types) != 1 or each.types[0] not in BOUNDS:
        return None
    type_name = each.types[0]
    least, most = BOUNDS[type_name]
    plain: re.Pattern[str] | None = PLAIN_NUMBERS[type_name]
    if each.is_timestamp:
        # Cells outside these bounds, milliseconds among them, are checked one by one.
        first, last = bounds_without_doubts(each, rules.now)
        least, most, plain = max(least, first), min(most, last), None
    kinds: set[type] = {int} if type_name in WHOLE_NUMBER_TYPES else {int, float}
    return lambda cells: _numbers(cells, plain, kinds, least, most, nullable=each.nullable)


def _plain_ids(cells: Sequence[Cell]) -> Sequence[str] | None:
    # Cells that are not text raise TypeError.
    texts = cast(Sequence[str], cells)
    try:
        joined = "\n".join(texts)
    except TypeError:
        return None
    if not PLAIN_ID.fullmatch(joined + "\n") or joined.count("\n") != len(cells) - 1:
        return None
    return texts if max(map(len, texts)) <= LONGEST_ID else None


def _numbers(
    cells: Sequence[Cell],
    plain: re.Pattern[str] | None,
    kinds: set[type],
    least: float,
    most: float,
    *,
    nullable: bool,
) -> Sequence[str] | None:
    """Return the texts of numbers as JSON has them, all of which are of some types and within bounds, else None.

    Those that are `plain` need not be read as numbers, which takes three times as long.
    """
    has_none = nullable and None in cells
    # Cells that are not text raise TypeError.
    given = cast(Sequence[str], [cell for cell in cells if cell is not None] if has_none else cells)
    try:
        joined = ",".join(given)
        # A comma within a text makes two numbers of it.
        is_plain = plain and joined.count(",") == len(given) - 1 and plain.fullmatch(f"{joined},")
        if not is_plain and not _are_numbers(joined, len(given), kinds, least, most):
            return None
    except (TypeError, ValueError):
        return None
    return [cell or NULL for cell in cast(Sequence[str | None], cells)] if has_none else given


def _are_numbers(joined: str, count: int, kinds: set[type], least: float, most: float) -> bool:
    """Return whether texts with commas between them are as many numbers; raise ValueError if they are none."""
    numbers = json.loads(f"[{joined}]")
    # Some words are numbers to Python.
    if len(numbers) != count or joined.encode(errors="replace").translate(None, NUMBER_CHARACTERS):
        return False
    return set(map(type, numbers)) <= kinds and (not numbers or least <= min(numbers) <= max(numbers) <= most)
