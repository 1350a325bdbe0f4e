"""The rows of an import that are no valid records: pages of them by column and kind of problem, and fixing them."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.db import transaction
from django.db.models import F

from console.bulk.checking.fixed_part import add_fixed
from console.bulk.checking.invalid_rows import Row, fitting_rows, pack_rows, problems_of, rows_in
from console.bulk.checking.running_check import invalid_as_data, rules_for
from console.bulk.checking.typed_rows import keep_typed, typed_batch
from console.bulk.models import Import, Part, Stage
from console.bulk.uploading.looks import look_of_data
from console.records.files.checking.table_checks import TableCheck
from console.records.schemas.schema import read_entity_schema

ROWS_ON_A_PAGE = 25
# What is fixed once the others were sent is sent after them.
FIXABLE = (Stage.CHECKED, Stage.DONE)


@dataclass(frozen=True, slots=True)
class KindOfProblem:
    """A kind of problem in a column, "" for the row as a whole: how it is told from others, and in how many rows."""

    key: str
    field: str
    kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem of a row: the field that it is about, "" for the row as a whole, and a sentence."""

    field: str
    sentence: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row that is no valid record: its part, its number, its cells in the order of the file, and its problems.

    One that could not be read has its text as its only cell.
    """

    part: int
    number: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...]

    def cell_of(self, columns: Sequence[str | None], field: str) -> str:
        """Return the cell of a field, "" of a row that could not be read."""
        return self.cells[columns.index(field)] if self.is_read(columns) else ""

    def is_read(self, columns: Sequence[str | None]) -> bool:
        """Say whether it could be read, so that it has a cell for each column."""
        return len(self.cells) == len(columns)


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A page of rows, which counts from 1, of how many pages, and how many rows there are in all."""

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


def rows_page(bulk_import: Import, number: int, problems: Collection[str] = ()) -> RowsPage:
    """Return a page of the invalid rows: all of them, or those with one of the problems of a column, by their keys.

    What is before it is counted by what the parts and their blocks say of themselves.
    """
    parts = Part.objects.filter(bulk_import=bulk_import).values_list("pk", "number", "invalid_count", "problems")
    counts = [(pk, part, fitting_rows(invalid, of_part, problems)) for pk, part, invalid, of_part in parts]
    total = sum(count for _pk, _part, count in counts)
    page_count = max(1, -(-total // ROWS_ON_A_PAGE))
    number = min(max(1, number), page_count)
    skipped = (number - 1) * ROWS_ON_A_PAGE
    found: list[ShownRow] = []
    for pk, part, count in counts:
        if skipped >= count:
            skipped -= count
            continue
        rows = rows_in(_packed_rows(pk), problems, skipped)
        found += [_shown(part, row) for row in islice(rows, ROWS_ON_A_PAGE - len(found))]
        skipped = 0
        if len(found) >= ROWS_ON_A_PAGE:
            break
    return RowsPage(tuple(found), number, page_count, total)


def all_rows(bulk_import: Import) -> Iterator[ShownRow]:
    """Yield every invalid row, a part in memory at a time."""
    with_rows = Part.objects.filter(bulk_import=bulk_import, invalid_count__gt=0)
    for pk, part in list(with_rows.values_list("pk", "number")):
        for row in rows_in(_packed_rows(pk)):
            yield _shown(part, row)


def _packed_rows(pk: int) -> bytes:
    return bytes(Part.objects.values_list("packed_invalid", flat=True).get(pk=pk))


def _shown(part: int, row: Row) -> ShownRow:
    number, cells, problems = row
    return ShownRow(part, number, tuple(cells), tuple(CellProblem(*each) for each in problems))


def fix_row(bulk_import: Import, part_number: int, row_number: int, values: Mapping[str, str]) -> ShownRow | None:
    """Take other texts for fields of an invalid row, and check it again; return it if it is still invalid, else None.

    A row that became valid is sent after all others: where an earlier one has its id, it replaces that. Raise
    LookupError if there is no such row, as where somebody else has fixed it.
    """
    with transaction.atomic():
        # Two who fix rows at once take turns.
        bulk_import = Import.objects.select_for_update().get(pk=bulk_import.pk)
        part, rows = _part_of(bulk_import, part_number)
        row = next((each for each in rows if each[0] == row_number), None)
        if part is None or row is None:
            raise LookupError(row_number)
        cells = _changed(row[1], bulk_import.columns, values)
        schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
        keep_typed(bulk_import, row_number, row[1], cells)
        batch = typed_batch([row_number], [cells])
        rules = rules_for(bulk_import, schema, look_of_data(bulk_import.look), batch)
        done = TableCheck(schema, bulk_import.columns, rules).check(batch)
        data = invalid_as_data(done.invalid[0]) if done.invalid else None
        _replace(part, [data if each is row else each for each in rows])
        if data:
            return _shown(part_number, data)
        replaced = add_fixed(bulk_import, [(row_number, done.ids[0], done.properties[0])])
        counted = {"valid_count": 1, "invalid_count": -1, "superseded_count": replaced}
        changed = {name: F(name) + number for name, number in counted.items()}
        Import.objects.filter(pk=bulk_import.pk).update(**changed)
    return None


def row_with(bulk_import: Import, part: int, number: int, values: Mapping[str, str]) -> ShownRow | None:
    """Return an invalid row with other texts for some fields, which are not saved; None if there is no such row."""
    row = next((each for each in _part_of(bulk_import, part)[1] if each[0] == number), None)
    if row is None:
        return None
    return replace(_shown(part, row), cells=tuple(_changed(row[1], bulk_import.columns, values)))


def _part_of(bulk_import: Import, number: int) -> tuple[Part | None, list[Row]]:
    """Return a part of an import that is not at work, and its invalid rows."""
    if bulk_import.stage not in FIXABLE:
        return None, []
    part = Part.objects.defer("packed_records").filter(bulk_import=bulk_import, number=number).first()
    return part, list(rows_in(part.packed_invalid)) if part else []


def _changed(cells: Sequence[str], columns: Sequence[str | None], values: Mapping[str, str]) -> list[str]:
    """Return cells with other texts for some fields; forms change ends of lines, which are left as they were."""
    changed = list(cells) if len(cells) == len(columns) else [""] * len(columns)
    for field, text in values.items():
        index = columns.index(field)
        if _with_plain_ends(text) != _with_plain_ends(changed[index]):
            changed[index] = text
    return changed


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _replace(part: Part, rows: Iterable[Row | None]) -> None:
    left = [row for row in rows if row is not None]
    part.packed_invalid, part.invalid_count, part.problems = pack_rows(left), len(left), problems_of(left)
    part.save(update_fields=["packed_invalid", "invalid_count", "problems"])
