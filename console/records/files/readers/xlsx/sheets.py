"""The rows of a sheet, and the values of its cells."""

import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

from openpyxl.utils.datetime import from_excel

from console.records.files.readers.headings import MOST_COLUMNS
from console.records.files.readers.xlsx.package import DAMAGED, Package
from console.records.files.readers.xlsx.workbook import Workbook, local, unescaped
from console.records.files.source import BadCell, Cell, FileError, Row

COLUMN = re.compile(r"[A-Z]{1,3}")
MOST_DIGITS = 15
BOOLEANS: dict[str, Cell] = {"1": True, "true": True, "0": False, "false": False}
NO_VALUE = BadCell(
    "a formula without a stored value", "Open the file in a spreadsheet program and save it, so that it is calculated."
)
A_TIME = BadCell("a time without a date", "Write the date as well, or a number.")
A_DURATION = BadCell("a duration", "Write a number.")
MIDNIGHT = time()
NO_DATE = "Write a date that a calendar has."
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
LONGEST_MERGED = 200

type OnStart = Callable[[str, dict[str, str]], None]
type OnName = Callable[[str], None]


def rows_of_sheet(package: Package, workbook: Workbook, part: str) -> Iterator[Row]:
    """Yield the rows of a sheet that have cells, as wide as the last of these; raise FileError."""
    rows: list[Row] = []
    on_start, on_end, on_text = _handlers(workbook, rows)
    for _piece in package.parse(part, on_start, on_end, on_text):
        yield from rows
        rows.clear()


def _handlers(workbook: Workbook, rows: list[Row]) -> tuple[OnStart, OnName, OnName]:
    """Return what takes the XML of a sheet and adds each row to a list when it ends.

    Each cell of millions passes here: what these functions share are variables, which are faster than attributes.
    """
    places: dict[str, int] = {}
    pieces: list[str] = []
    cells: list[Cell] = []
    attributes: dict[str, str] = {}
    number, place = 0, -1
    is_text = has_value = has_formula = is_spoken = False

    def on_start(name: str, given: dict[str, str]) -> None:
        nonlocal attributes, cells, number, place, is_text, has_value, has_formula, is_spoken
        if ":" in name:
            name = local(name)
        if name == "v" or name == "t":
            is_text = not is_spoken
            has_value = True
        elif name == "c":
            attributes = given
            pieces.clear()
            has_value = has_formula = False
            reference = given.get("r")
            if reference is None:
                place += 1
            else:
                letters = reference.rstrip("0123456789")
                known = places.get(letters)
                place = places.setdefault(letters, place_of_column(letters)) if known is None else known
        elif name == "f":
            has_formula = True
        elif name == "row":
            given_number = given.get("r", "")
            number = int(given_number) if given_number.isdecimal() else number + 1
            cells = []
            place = -1
        elif name == "rPh":
            is_spoken = True

    def on_text(text: str) -> None:
        if is_text:
            pieces.append(text)

    def on_end(name: str) -> None:
        nonlocal is_text, is_spoken
        is_text = False
        if ":" in name:
            name = local(name)
        if name == "c":
            # Beyond the last column are notes of people who scrolled far.
            if not (has_value or has_formula) or place >= MOST_COLUMNS:
                return
            text = "".join(pieces) if has_value else None
            value = _value(workbook, attributes, text, has_formula=has_formula)
            if value is None:
                return
            missing = place - len(cells)
            if missing:
                if missing < 0:
                    raise FileError(DAMAGED)
                cells.extend([None] * missing)
            cells.append(value)
        elif name == "row":
            if cells:
                rows.append(Row(number, tuple(cells)))
        elif name == "rPh":
            is_spoken = False

    return on_start, on_end, on_text


def _value(workbook: Workbook, attributes: dict[str, str], text: str | None, *, has_formula: bool) -> Cell:
    """Return the value of a cell by its type; `text` is None where it has no value, not even an empty text."""
    kind = attributes.get("t", "n")
    if text and kind == "s" and text.isdecimal():
        return workbook.texts[int(text)]
    if text is not None and (kind == "str" or kind == "inlineStr"):
        return unescaped(text)
    if not text:
        return NO_VALUE if has_formula else None
    if kind == "n":
        return _number_or_moment(workbook, attributes.get("s", ""), text)
    if kind == "b":
        return BOOLEANS.get(text, _not_readable(text))
    if kind == "e":
        return BadCell(f"the error value {text}", "Correct the formula, or write a value.")
    return _moment(text) if kind == "d" else _not_readable(text)


def _number_or_moment(workbook: Workbook, style: str, text: str) -> Cell:
    number = _number(text)
    if isinstance(number, BadCell):
        return number
    if style in workbook.durations:
        return A_DURATION
    return _date(number, workbook.epoch) if style in workbook.dates else number


def place_of_column(letters: str) -> int:
    """Return the place of a column from 0, by the letters that spreadsheets call it; raise FileError."""
    if not COLUMN.fullmatch(letters):
        raise FileError(DAMAGED)
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _not_readable(text: str) -> BadCell:
    return BadCell(f"a cell that cannot be read: “{text[:20]}”")


def _number(text: str) -> int | float | BadCell:
    """Return a number, a whole one of up to 15 digits as such: beyond, a double may not be what was meant."""
    if text.isdecimal() and len(text) <= MOST_DIGITS:
        return int(text)
    try:
        number = float(text)
        if not math.isfinite(number):
            return _not_readable(text)
        is_whole = number.is_integer() and abs(number) < 10**MOST_DIGITS
        return int(number) if is_whole else int(text) if text.lstrip("-").isdecimal() else number
    except ValueError:
        return _not_readable(text)


def _date(number: float, epoch: datetime) -> Cell:
    if 0 <= number < 1:
        return A_TIME
    try:
        moment = from_excel(number, epoch)
    except (OverflowError, ValueError):
        moment = None
    if number < 0 or not isinstance(moment, datetime):
        return BadCell(f"the date number {number}", NO_DATE)
    return _day_or_moment(moment)


def _moment(text: str) -> Cell:
    """Return the value of a date cell in ISO 8601: Excel knows no time zones, and a Z in it says nothing."""
    if text.startswith("T") or ":" in text[:3]:
        return A_TIME
    try:
        return _day_or_moment(datetime.fromisoformat(text))
    except ValueError:
        return BadCell(f"the date “{text[:30]}”", NO_DATE)


def _day_or_moment(moment: datetime) -> date | datetime:
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.date() if moment.time() == MIDNIGHT else moment


def merged_below(package: Package, part: str, row: int) -> Iterator[str]:
    """Yield the merged cells of a sheet that begin below a row and are more than one row high; raise FileError."""
    rest = b""
    for chunk in package.chunks(part):
        data = rest + chunk
        end = 0
        for match in MERGED.finditer(data) if b"mergeCell " in data else ():
            end = match.end()
            left, top, right, bottom = (group.decode() for group in match.groups())
            if int(top) > row and int(bottom) > int(top):
                yield f"{left}{top}:{right}{bottom}"
        # An element may go on in the next chunk.
        rest = data[max(end, len(data) - LONGEST_MERGED) :]
