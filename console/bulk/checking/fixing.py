"""Fixing the invalid rows of an import: new texts for their cells, and another check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import F

from console.bulk.checking.fixed_part import add_fixed
from console.bulk.checking.invalid_rows import Row, pack_rows, problems_of, rows_in
from console.bulk.checking.rows import ShownRow, shown_row
from console.bulk.checking.running_check import invalid_as_data, rules_for
from console.bulk.checking.typed_rows import keep_typed, typed_batch
from console.bulk.models import Import, Part, Stage
from console.bulk.uploading.looks import look_of_data
from console.records.files.checking.table_checks import TableCheck
from console.records.schemas.schema import Schema, read_entity_schema

# Rows fixed after the others were sent are sent separately.
FIXABLE = (Stage.CHECKED, Stage.DONE)


@dataclass(frozen=True, slots=True)
class TypedCells:
    """The cells typed into an invalid row: its part, its number, and the texts of some of its fields."""

    part: int
    number: int
    values: Mapping[str, str]


@dataclass(slots=True)
class Fixed:
    """The result of typing into rows: those that are still invalid, and those that no longer exist.

    `valid_count` is how many became valid.
    """

    invalid: list[ShownRow] = field(default_factory=list)
    gone: list[TypedCells] = field(default_factory=list)
    valid_count: int = 0


def fix_rows(bulk_import: Import, typed: Iterable[TypedCells]) -> Fixed:
    """Change the texts of some fields of invalid rows, check these rows again, and return the result.

    Rows that became valid are sent after all others; one of them replaces an earlier record with its ID. A row no
    longer exists if somebody else has fixed it, or the import is at work.
    """
    fixed = Fixed()
    by_part: dict[int, dict[int, TypedCells]] = {}
    for each in typed:
        by_part.setdefault(each.part, {})[each.number] = each
    with transaction.atomic():
        # Two who fix rows at once take turns.
        bulk_import = Import.objects.select_for_update().get(pk=bulk_import.pk)
        schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
        records = [
            record
            for part, of_part in sorted(by_part.items())
            for record in _fix_part(bulk_import, schema, part, of_part, fixed)
        ]
        if records:
            fixed.valid_count = len(records)
            counts = {"valid_count": len(records), "invalid_count": -len(records)}
            counts["superseded_count"] = add_fixed(bulk_import, records)
            changed = {name: F(name) + number for name, number in counts.items()}
            Import.objects.filter(pk=bulk_import.pk).update(**changed)
    return fixed


def _fix_part(
    bulk_import: Import, schema: Schema, number: int, typed: dict[int, TypedCells], fixed: Fixed
) -> list[tuple[int, str, str]]:
    """Fix rows of one part, and return the resulting records: row, ID, and properties as JSON text."""
    part, rows = _part_of(bulk_import, number)
    look = look_of_data(bulk_import.look)
    records, left = [], []
    for row in rows:
        if row[0] not in typed:
            left.append(row)
            continue
        cells = _changed(row[1], bulk_import.columns, typed.pop(row[0]).values)
        keep_typed(bulk_import, row[0], row[1], cells)
        batch = typed_batch([row[0]], [cells])
        rules = rules_for(bulk_import, schema, look, batch)
        done = TableCheck(schema, bulk_import.columns, rules).check(batch)
        if done.invalid:
            data = invalid_as_data(done.invalid[0])
            left.append(data)
            fixed.invalid.append(shown_row(number, data))
        else:
            records.append((row[0], done.ids[0], done.properties[0]))
    fixed.gone += typed.values()
    if part is not None and left != rows:
        part.packed_invalid, part.invalid_count, part.problems = pack_rows(left), len(left), problems_of(left)
        part.save(update_fields=["packed_invalid", "invalid_count", "problems"])
    return records


def row_with(bulk_import: Import, part: int, number: int, values: Mapping[str, str]) -> ShownRow | None:
    """Return an invalid row with unsaved texts for some fields; None if there is no such row."""
    row = next((each for each in _part_of(bulk_import, part)[1] if each[0] == number), None)
    if row is None:
        return None
    return replace(shown_row(part, row), cells=tuple(_changed(row[1], bulk_import.columns, values)))


def _part_of(bulk_import: Import, number: int) -> tuple[Part | None, list[Row]]:
    """Return a part of an import that is not at work, with its invalid rows."""
    if bulk_import.stage not in FIXABLE:
        return None, []
    part = Part.objects.defer("packed_records").filter(bulk_import=bulk_import, number=number).first()
    return part, list(rows_in(part.packed_invalid)) if part else []


def _changed(cells: Sequence[str], columns: Sequence[str | None], values: Mapping[str, str]) -> list[str]:
    """Return cells with new texts for some fields; line ends that forms change are kept as they were."""
    changed = list(cells) if len(cells) == len(columns) else [""] * len(columns)
    for name, text in values.items():
        index = columns.index(name)
        if _with_plain_ends(text) != _with_plain_ends(changed[index]):
            changed[index] = text
    return changed


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
