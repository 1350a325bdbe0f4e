"""The invalid rows of an import as a grid, filtered by column and kind of problem."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from django.http import HttpRequest

from console.bulk.checking.rows import ROWS_ON_A_PAGE, KindOfProblem, RowsPage, ShownRow, kinds_of_problems, rows_page
from console.bulk.models import Import
from console.pages.tables.grid import Grid, GridCell, GridColumn, GridRow

WHOLE_ROW = "Whole row"
# The larger page size, for pasting many rows at once.
MANY_ROWS = 100
COMMA = ","


@dataclass(frozen=True, slots=True)
class Filter:
    """An option of the filter: its value, its label, and the keys of the problems it selects."""

    value: str
    words: str
    problems: Sequence[str]


@dataclass(frozen=True, slots=True)
class InvalidRows:
    """A page of invalid rows as a grid, and the filter with its current option."""

    grid: Grid
    page: RowsPage
    filters: Sequence[Filter]
    chosen: str
    size: int
    # Page sizes to choose from.
    sizes: ClassVar[Sequence[int]] = (ROWS_ON_A_PAGE, MANY_ROWS)

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to link: the first, the last and the neighbours of this one; None for a gap."""
        last = self.page.page_count
        shown = sorted({1, last, *range(max(1, self.page.number - 2), min(last, self.page.number + 2) + 1)})
        numbers: list[int | None] = []
        for number in shown:
            if numbers and numbers[-1] is not None and number - numbers[-1] > 1:
                numbers.append(None)
            numbers.append(number)
        return numbers


def invalid_rows(request: HttpRequest, bulk_import: Import, typed: Sequence[ShownRow] = ()) -> InvalidRows:
    """Return the page of invalid rows that a request asks for, in the size it asks for; unknown filters are ignored.

    Rows with unsaved input come first.
    """
    filters = _filters(kinds_of_problems(bulk_import))
    asked = request.GET.get("problem", "")
    chosen = next((option for option in filters if option.value == asked), filters[0])
    size = MANY_ROWS if request.GET.get("size") == str(MANY_ROWS) else ROWS_ON_A_PAGE
    page = rows_page(bulk_import, _number(request.GET.get("page", "")), chosen.problems, size=size)
    fields = _with_problems_first(shown_fields(bulk_import), bulk_import.entity.id_field, page.rows)
    places = {(row.part, row.number) for row in typed}
    others = [row for row in page.rows if (row.part, row.number) not in places]
    rows = [replace(grid_row(bulk_import, row, fields), is_typed=True) for row in typed]
    rows += [grid_row(bulk_import, row, fields) for row in others]
    grid = Grid("Invalid rows", "Row", [GridColumn(field) for field in fields], rows, request.get_full_path())
    return InvalidRows(grid, page, filters, chosen.value, size)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _filters(kinds: Sequence[KindOfProblem]) -> list[Filter]:
    """Return the options of the filter: none, all problems of each column, and each kind if a column has several."""
    options = [Filter("", "All invalid rows", ())]
    columns: dict[str, list[KindOfProblem]] = {}
    for kind in kinds:
        columns.setdefault(kind.field, []).append(kind)
    for field, of_column in columns.items():
        name, rows = field or WHOLE_ROW, sum(kind.rows for kind in of_column)
        if len(of_column) > 1:
            # A cell has only one problem, so no row is counted twice.
            words = f"{name}: all problems ({rows:,})"
            options.append(Filter(json.dumps([field]), words, [kind.key for kind in of_column]))
        options += [Filter(kind.key, f"{name}: {kind.kind} ({kind.rows:,})", [kind.key]) for kind in of_column]
    return options


def shown_fields(bulk_import: Import) -> list[str]:
    """Return the fields of the mapped columns, in the order of the file."""
    return [name for name in bulk_import.columns if name]


def _with_problems_first(fields: Sequence[str], id_field: str, rows: Sequence[ShownRow]) -> list[str]:
    """Return fields in an order that shows problems first: the id, fields with problems, the other fields."""
    wrong = {problem.field for row in rows for problem in row.problems}
    return sorted(fields, key=lambda name: (name != id_field, name not in wrong))


def order_of_columns(bulk_import: Import, text: str) -> list[str]:
    """Return the fields in the order given by the row's form, or else in that of the file."""
    fields, given = shown_fields(bulk_import), text.split(COMMA)
    return given if sorted(given) == sorted(fields) else fields


def grid_row(bulk_import: Import, row: ShownRow, fields: Sequence[str]) -> GridRow:
    """Return an invalid row as a row of the grid with some fields as columns."""
    columns = bulk_import.columns
    problems: dict[str, list[str]] = {}
    for problem in row.problems:
        problems.setdefault(problem.field, []).append(problem.sentence)
    return GridRow(
        f"{row.part}-{row.number}",
        f"{row.number:,}",
        [GridCell(name, row.cell_of(columns, name), problems.get(name, ())) for name in fields],
        problems.get("", ()),
        {"intent": "save_row", "part": str(row.part), "row": str(row.number), "columns": COMMA.join(fields)},
        "" if row.is_read(columns) else row.cells[0],
    )
