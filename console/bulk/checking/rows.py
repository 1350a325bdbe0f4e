"""The invalid rows of an import, in pages by column and kind of problem."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from console.bulk.checking.invalid_rows import Row, fitting_rows, rows_in
from console.bulk.models import Import, Part

ROWS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class KindOfProblem:
    """A kind of problem in a column, "" for the row as a whole: its key, and its number of rows."""

    key: str
    field: str
    kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem of a row: its field, "" for the row as a whole, and a sentence."""

    field: str
    sentence: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An invalid row: its part, its number, its cells in the order of the file, and its problems.

    An unreadable row has its text as its only cell.
    """

    part: int
    number: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...]

    def cell_of(self, columns: Sequence[str | None], field: str) -> str:
        """Return the cell of a field; "" for an unreadable row."""
        return self.cells[columns.index(field)] if self.is_read(columns) else ""

    def is_read(self, columns: Sequence[str | None]) -> bool:
        """Return whether it was readable, and so has a cell for each column."""
        return len(self.cells) == len(columns)


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A page of rows: its number from 1, the number of pages, and the number of rows."""

    rows: tuple[ShownRow, ...]
    number: int
    page_count: int
    row_count: int


def kinds_of_problems(bulk_import: Import) -> list[KindOfProblem]:
    """Return the kinds of problems of an import, the most frequent first."""
    counts: Counter[str] = Counter()
    for problems in Part.objects.filter(bulk_import=bulk_import).values_list("problems", flat=True):
        counts.update(problems)
    # In the same order on all databases.
    return [_kind(key, rows) for key, rows in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]


def _kind(key: str, rows: int) -> KindOfProblem:
    field, kind = json.loads(key)
    return KindOfProblem(key, field, kind, rows)


def rows_page(
    bulk_import: Import, number: int, problems: Collection[str] = (), *, size: int = ROWS_ON_A_PAGE
) -> RowsPage:
    """Return a page of the invalid rows: all, or those with one of the problems of a column, by their keys.

    `size` is the page size. Rows before the page are counted from what parts and blocks say about themselves.
    """
    parts = Part.objects.filter(bulk_import=bulk_import).values_list("pk", "number", "invalid_count", "problems")
    counts = [(pk, part, fitting_rows(invalid, of_part, problems)) for pk, part, invalid, of_part in parts]
    total = sum(count for _pk, _part, count in counts)
    page_count = max(1, -(-total // size))
    number = min(max(1, number), page_count)
    skipped = (number - 1) * size
    found: list[ShownRow] = []
    for pk, part, count in counts:
        if skipped >= count:
            skipped -= count
            continue
        rows = rows_in(_packed_rows(pk), problems, skipped)
        found += [shown_row(part, row) for row in islice(rows, size - len(found))]
        skipped = 0
        if len(found) >= size:
            break
    return RowsPage(tuple(found), number, page_count, total)


def all_rows(bulk_import: Import) -> Iterator[ShownRow]:
    """Yield every invalid row, with one part in memory at a time."""
    with_rows = Part.objects.filter(bulk_import=bulk_import, invalid_count__gt=0)
    for pk, part in list(with_rows.values_list("pk", "number")):
        for row in rows_in(_packed_rows(pk)):
            yield shown_row(part, row)


def _packed_rows(pk: int) -> bytes:
    return bytes(Part.objects.values_list("packed_invalid", flat=True).get(pk=pk))


def shown_row(part: int, row: Row) -> ShownRow:
    """Return an invalid row of a part."""
    number, cells, problems = row
    return ShownRow(part, number, tuple(cells), tuple(CellProblem(*each) for each in problems))
