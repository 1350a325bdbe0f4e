"""CSV files of records in batches: what `validate_csv` gives row by row, many times as fast.

What is wrong with a file is only seen here, and not told: `validate_csv` says it. A property test compares the two.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import inf

from console.records.files.checking.cell_checks import CellRules
from console.records.files.checking.table_checks import CheckedBatch, TableCheck
from console.records.files.csv_file import Cell, csv_rows, read_heading, without_mark
from console.records.files.source import Batch
from console.records.problems import LineFault
from console.records.schemas.schema import Schema

# A batch has few long lines, so that its size in memory stays the same.
CHARACTERS_IN_A_BATCH = 1 << 15


class FaultyCsv(Exception):
    """Something is wrong with a file; `validate_csv` says what."""


class CsvTable:
    """The rows of a CSV file, read and validated in batches; `lines` are as `validate_csv` takes them.

    Raise FaultyCsv at a heading that does not fit the schema. `others_ignored` lets the file have other columns.
    Events after `now`, in seconds since 1970, are doubtful.
    """

    def __init__(
        self, schema: Schema, lines: Iterable[str], *, others_ignored: bool = False, now: float = inf
    ) -> None:
        self._lines = without_mark(lines)
        self._next_line = 1
        fields, faults = read_heading(schema, csv_rows(self._counted()), others_ignored=others_ignored)
        if faults:
            raise FaultyCsv
        rules = {each.name: CellRules(is_strict=True, now=now) for each in schema.fields}
        columns = [field.name if field else None for field in fields]
        self._width = len(columns)
        self.check = TableCheck(schema, columns, rules, has_whole_rows=False)

    def batches(self) -> Iterator[tuple[Batch, CheckedBatch]]:
        """Yield the rows and the records of each batch, numbered by their lines; raise FaultyCsv at one with a fault.

        Errors of reading the lines are not caught.
        """
        for batch in self._read():
            done = self.check.check(batch)
            if done.invalid:
                raise FaultyCsv
            yield batch, done

    def _counted(self) -> Iterator[str]:
        for line in self._lines:
            self._next_line += 1
            yield line

    def _read(self) -> Iterator[Batch]:
        while lines := _some(self._lines):
            if '"' in "".join(lines):
                # Where there is one, there are more.
                yield from self._read_one_by_one(chain(lines, self._lines))
                return
            numbers, rows = self._filled(range(self._next_line, self._next_line + len(lines)), _rows_of(lines))
            self._next_line += len(lines)
            if rows:
                yield Batch(list(numbers), [_without_empty(column) for column in zip(*rows, strict=True)])

    def _filled(self, numbers: Sequence[int], rows: list[list[str]]) -> tuple[Sequence[int], list[list[str]]]:
        """Return the rows that are not blank, with their numbers; raise FaultyCsv if one of them is not as wide."""
        if self._width > 1 and set(map(len, rows)) == {self._width}:
            return numbers, rows
        filled = [(number, row) for number, row in zip(numbers, rows, strict=True) if not _is_blank(row)]
        if any(len(row) != self._width for _number, row in filled):
            raise FaultyCsv
        return [number for number, _row in filled], [row for _number, row in filled]

    def _read_one_by_one(self, lines: Iterable[str]) -> Iterator[Batch]:
        """Yield batches of rows that may have several lines each."""
        numbers: list[int] = []
        rows: list[list[Cell]] = []
        size = 0
        for line, row in csv_rows(lines):
            if isinstance(row, LineFault) or len(row) != self._width:
                raise FaultyCsv
            numbers.append(self._next_line + line - 1)
            rows.append(row)
            size += sum(map(len, filter(None, row))) + len(row)
            if size >= CHARACTERS_IN_A_BATCH:
                yield Batch(numbers, list(zip(*rows, strict=True)))
                numbers, rows, size = [], [], 0
        if rows:
            yield Batch(numbers, list(zip(*rows, strict=True)))


def _some(lines: Iterator[str]) -> list[str]:
    """Take the next lines, of as many characters as a batch has, or a little more."""
    taken = []
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if size >= CHARACTERS_IN_A_BATCH:
            break
    return taken


def _rows_of(lines: list[str]) -> list[list[str]]:
    """Return the row of each line: without quotes, none goes on in the next line."""
    try:
        return list(csv.reader(lines, strict=True))
    except csv.Error as error:
        raise FaultyCsv from error


def _is_blank(row: list[str]) -> bool:
    return not row or (len(row) == 1 and row[0].isspace())


def _without_empty(column: Sequence[str]) -> Sequence[Cell]:
    """Return cells, those without anything as None: there are no quotes to tell `""` by."""
    return [cell or None for cell in column] if "" in column else column
