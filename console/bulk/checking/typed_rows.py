"""Cells that a person typed into rows of a file, stored separately so that a later check uses them too.

They belong to a row as the file has it. If the row reads differently now, as in another encoding, its typed cells are
not used, but kept for a check that reads the row as before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from console.bulk.models import Import, TypedRow
from console.bulk.uploading.looks import cell_text
from console.records.files.checking.cell_checks import CellRules
from console.records.files.checking.table_checks import CheckedBatch, TableCheck
from console.records.files.source import Batch
from console.records.schemas.schema import Schema

READING = ("encoding", "separator", "sheet")


def keep_typed(bulk_import: Import, number: int, before: Sequence[str], cells: Sequence[str]) -> None:
    """Store the typed cells of a row, and its cells before that."""
    kept = TypedRow.objects.filter(bulk_import=bulk_import, number=number).first()
    if kept is None:
        kept = TypedRow(bulk_import=bulk_import, number=number)
    if kept.cells != list(before):
        # Else it was typed over what had been typed: how the file has it is known.
        kept.before = list(before)
    kept.cells, kept.reading = list(cells), _reading(bulk_import)
    kept.save()


def typed_into_another_reading(bulk_import: Import) -> list[int]:
    """Return the numbers of the rows that were typed into while the file was read in another way."""
    now = _reading(bulk_import)
    typed = TypedRow.objects.filter(bulk_import=bulk_import).order_by("number")
    return [number for number, reading in typed.values_list("number", "reading") if reading != now]


def _reading(bulk_import: Import) -> dict[str, Any]:
    return {name: bulk_import.look.get(name) for name in READING}


class TypedRows:
    """The rows of an import that were typed into, for one check of its file.

    `valid` are the records that they become, in the order they were typed, by the numbers of their rows.
    """

    def __init__(
        self, bulk_import: Import, schema: Schema, columns: Sequence[str | None], rules: Mapping[str, CellRules]
    ) -> None:
        typed = TypedRow.objects.filter(bulk_import=bulk_import).order_by("typed_at", "pk")
        self._left = {each.number: each for each in typed if len(each.cells) == len(columns)}
        self._order = {number: index for index, number in enumerate(self._left)}
        self._others = {each.number for each in typed} - self._left.keys()
        # Its counts do not describe the file.
        self._check = TableCheck(schema, columns, rules)
        self._valid: list[tuple[int, str, str]] = []
        self.used = 0

    @property
    def unused(self) -> list[int]:
        """The numbers of the rows whose typed cells were not used, after all batches."""
        return sorted(self._others | self._left.keys())

    @property
    def valid(self) -> list[tuple[int, str, str]]:
        """The records that they become: row number, ID, and properties as JSON text."""
        return sorted(self._valid, key=lambda record: self._order[record[0]])

    def take_out(self, batch: Batch) -> tuple[Batch, CheckedBatch]:
        """Return a batch without these rows, and the result for them with the typed cells."""
        if not self._left:
            return batch, CheckedBatch()
        taken = {
            index: number
            for index, number in enumerate(batch.numbers)
            if number in self._left and self._is_same(number, [cell_text(column[index]) for column in batch.columns])
        }
        broken = {each.number for each in batch.broken if self._is_same(each.number, [cell_text(each.text)])}
        numbers = sorted({*taken.values(), *broken})
        if not numbers:
            return batch, CheckedBatch()
        rest = Batch(
            numbers=[number for index, number in enumerate(batch.numbers) if index not in taken],
            columns=[[cell for index, cell in enumerate(column) if index not in taken] for column in batch.columns],
            broken=[each for each in batch.broken if each.number not in broken],
            others=batch.others,
        )
        done = self._checked(numbers)
        self._valid += zip(done.numbers, done.ids, done.properties, strict=True)
        self.used += len(numbers)
        return rest, done

    def _is_same(self, number: int, cells: list[str]) -> bool:
        return number in self._left and self._left[number].before == cells

    def _checked(self, numbers: Sequence[int]) -> CheckedBatch:
        rows = [self._left.pop(number).cells for number in numbers]
        return self._check.check(typed_batch(numbers, rows))


def typed_batch(numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> Batch:
    """Return rows with typed cells as a batch: an empty input is an empty cell."""
    columns = [[text or None for text in column] for column in zip(*rows, strict=True)]
    return Batch(numbers=list(numbers), columns=columns)
