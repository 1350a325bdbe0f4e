"""Checking the file of an import: its rows become parts, each with valid records and invalid rows.

An interrupted check starts again, and first deletes its parts, so that nothing is counted twice.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from console.bulk.checking.comparing import compare_parts
from console.bulk.checking.fixed_part import add_fixed
from console.bulk.checking.invalid_rows import pack_rows, problems_of
from console.bulk.checking.progress import WHOLE, expected_rows, progress_of_reading
from console.bulk.checking.repeats import Repeats
from console.bulk.checking.typed_rows import TypedRows
from console.bulk.models import Import, Part, Stage, packed
from console.bulk.parts import parts_of
from console.bulk.sending.calls import calls_per_record
from console.bulk.uploading import store
from console.bulk.uploading.looks import cell_text, look_of_data
from console.records.files.checking.cell_checks import CellRules
from console.records.files.checking.table_checks import CheckedBatch, InvalidRow, TableCheck
from console.records.files.column_advice import ColumnAdvice
from console.records.files.dates import DateOrder, order_of
from console.records.files.readers.batches import batches, joined, larger
from console.records.files.source import Batch, Cell, FileError, FileKind, FileLook
from console.records.json.strings import whole_text
from console.records.pasted.values.dialect import Dialect
from console.records.pasted.values.plain_numbers import DECIMAL_COMMA, GERMAN
from console.records.schemas.schema import Schema, read_entity_schema
from console.storage.database_trouble import database_trouble
from console.work.garbage import without_collecting
from console.work.leases import Lease

SEPARATOR_OF_DECIMAL_COMMAS = ";"
DECIMAL_POINT = re.compile(r"-?[0-9]+\.[0-9]+")
MOST_OTHERS = 50
PAUSE_OF_DISK = timedelta(seconds=10)


def run_check(lease: Lease[Import]) -> None:
    """Check the file of an import; the import fails if the file cannot be read.

    If the disk fails, it waits. Raise errors of the lease and the database, and OSError if there is no disk space.
    """
    bulk_import = lease.row
    if bulk_import.retry_of_id:
        # Its parts were checked with the first import.
        _compare_and_finish(lease)
        return
    schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    try:
        with store.local_file(bulk_import, lease.heartbeat) as path, without_collecting():
            look = look_of_data(bulk_import.look)
            _check_rows(lease, schema, look, batches(path, schema, look))
    except FileError as error:
        lease.finish(stage=Stage.FAILED, problem=str(error), waiting_for="")
        return
    except FileNotFoundError:
        problem = "The file is not there any more. Upload it again."
        lease.finish(stage=Stage.FAILED, problem=problem, waiting_for="")
        return
    except OSError as error:
        if database_trouble(error):
            raise
        waiting_for = f"The file cannot be read: {error.strerror}. {store.advice(error)}"
        lease.release(PAUSE_OF_DISK, waiting_for=waiting_for)
        return
    _compare_and_finish(lease)


def _compare_and_finish(lease: Lease[Import]) -> None:
    compare_parts(lease)
    lease.finish(stage=Stage.CHECKED, progress=WHOLE, waiting_for="", calls_per_record=calls_per_record(lease.row))


def _check_rows(lease: Lease[Import], schema: Schema, look: FileLook, source: Iterator[Batch]) -> None:
    bulk_import = lease.row
    # Also resets the counts of an interrupted check.
    with lease.writing(row_count=0, valid_count=0, invalid_count=0, superseded_count=0):
        Part.objects.filter(bulk_import=bulk_import).delete()
    repeats = Repeats(is_event=schema.entity.is_event)
    check: TableCheck | None = None
    typed: TypedRows | None = None
    others: set[str] = set()
    rows, expected = 0, 1
    for number, part in enumerate(larger(source)):
        if check is None or typed is None:
            rules = rules_for(bulk_import, schema, look, joined(part))
            check = TableCheck(schema, bulk_import.columns, rules)
            typed = TypedRows(bulk_import, schema, bulk_import.columns, rules)
            expected = expected_rows(bulk_import, look, part[0])
        done = _checked(part, check, typed, repeats)
        others |= done.others
        rows += done.row_count
        with lease.writing(progress=progress_of_reading(rows, expected), waiting_for=""):
            Part.objects.bulk_create([_part(bulk_import, number, done)])
            lease.count(row_count=done.row_count, valid_count=len(done.ids), invalid_count=len(done.invalid))
    _mark_superseded(lease, repeats)
    with lease.writing(findings=_findings(check, others, repeats) | _findings_of_typed(typed)):
        if typed and typed.valid:
            count, replaced = len(typed.valid), add_fixed(bulk_import, typed.valid)
            lease.count(row_count=count, valid_count=count, superseded_count=replaced)


def _checked(part: Sequence[Batch], check: TableCheck, typed: TypedRows, repeats: Repeats) -> CheckedBatch:
    """Return the result for the rows of a part, some of which were typed into."""
    done = CheckedBatch()
    for batch in part:
        of_file, of_person = typed.take_out(batch)
        checked = check.check(of_file)
        checked.invalid = sorted([*checked.invalid, *of_person.invalid], key=lambda row: row.number)
        repeats.look_at(checked.ids, checked.numbers)
        done.add(checked)
    return done


def _findings_of_typed(typed: TypedRows | None) -> dict[str, Any]:
    """Return how many rows were checked with typed cells, and the numbers of those that were not."""
    return {"typed": {"used": typed.used, "unused": typed.unused}} if typed else {}


def rules_for(bulk_import: Import, schema: Schema, look: FileLook, first: Batch) -> Mapping[str, CellRules]:
    """Return how to read the cells of each field, from the file's first rows and the person's choices."""
    is_json = look.kind in (FileKind.JSON, FileKind.JSON_LINES)
    # When a single row is fixed, what the whole file showed applies.
    known = {name: Dialect(**dialect) for name, dialect in bulk_import.findings.get("dialects", {}).items()}
    orders = bulk_import.findings.get("date_orders", {}) | bulk_import.choices.get("date_orders", {})
    columns = {name: index for index, name in enumerate(bulk_import.columns) if name}
    rules = {}
    for each in schema.fields:
        cells = first.columns[columns[each.name]] if each.name in columns and first.columns else ()
        chosen = orders.get(each.name)
        rules[each.name] = CellRules(
            dialect=known.get(each.name) or _dialect(look, cells, has_cells=not is_json),
            keeps_spaces=is_json,
            is_sheet=look.kind is FileKind.XLSX,
            takes_long_numbers=each.name in bulk_import.choices.get("long_numbers", ()),
            without=frozenset(bulk_import.without.get(each.name, ())),
            date_order=DateOrder(chosen) if chosen else order_of(cells),
            now=time.time(),
        )
    return rules


def _dialect(look: FileLook, cells: Sequence[Cell], *, has_cells: bool) -> Dialect:
    """Return how the numbers of a column are written, by the majority of those with a fraction."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    commas = sum(bool(DECIMAL_COMMA.fullmatch(text) or GERMAN.fullmatch(text)) for text in texts)
    points = sum(bool(DECIMAL_POINT.fullmatch(text)) for text in texts)
    return Dialect(
        has_decimal_comma=look.separator == SEPARATOR_OF_DECIMAL_COMMAS and commas > points,
        has_decimal_point=points > commas,
        has_cells=has_cells,
    )


def _part(bulk_import: Import, number: int, done: CheckedBatch) -> Part:
    invalid = [invalid_as_data(row) for row in done.invalid]
    return Part(
        bulk_import=bulk_import,
        number=number,
        packed_records=packed({"numbers": done.numbers, "ids": done.ids, "properties": done.properties}),
        packed_invalid=pack_rows(invalid),
        valid_count=len(done.ids),
        invalid_count=len(done.invalid),
        problems=problems_of(invalid),
    )


def invalid_as_data(row: InvalidRow) -> list[Any]:
    """Return an invalid row as plain data: its number, its cells as texts, and its problems."""
    problems = [[name, fault.sentence, fault.found.kind] for name, fault in row.faults]
    return [row.number, [cell_text(cell) for cell in row.cells], problems]


def _mark_superseded(lease: Lease[Import], repeats: Repeats) -> None:
    """Record for each part which of its valid rows a later row replaces."""
    if not repeats.superseded:
        return
    left = sorted(repeats.superseded)
    for part in parts_of(lease.row, "packed_records"):
        own = sorted(set(part.records["numbers"]).intersection(left))
        if own:
            with lease.writing():
                Part.objects.filter(pk=part.pk).update(superseded=own)
                lease.count(superseded_count=len(own))


def _findings(check: TableCheck | None, others: set[str], repeats: Repeats) -> dict[str, Any]:
    """Return the findings for the columns: changes, doubts and advice, by the name of the field."""
    if check is None:
        return {}
    advice = ColumnAdvice.of_columns(check.schema, check.checks)
    return {
        "changes": {
            each.field.name: {
                kind: {"rows": found.rows, "examples": found.examples} for kind, found in each.changes.items()
            }
            for each in check.checks
            if each.changes
        },
        "doubts": [
            [each.field.name, kind, found.rows, found.sentence]
            for each in check.checks
            for kind, found in each.doubts.items()
        ],
        "advice": [[name, doubt.sentence] for name, doubt in advice.doubts()],
        "date_orders": {
            each.field.name: each.rules.date_order for each in check.checks if each.rules.date_order is not None
        },
        "dialects": {
            each.field.name: {
                "has_decimal_comma": each.rules.dialect.has_decimal_comma,
                "has_decimal_point": each.rules.dialect.has_decimal_point,
                "has_cells": each.rules.dialect.has_cells,
            }
            for each in check.checks
        },
        # Those whose dates do not tell their order, so that a person has to.
        "unclear_dates": [each.field.name for each in check.checks if each.has_unclear_dates],
        "long_numbers": [each.field.name for each in check.checks if each.has_long_numbers],
        "others": [whole_text(name) for name in sorted(others)[:MOST_OTHERS]],
        "repeated": repeats.examples,
    }
