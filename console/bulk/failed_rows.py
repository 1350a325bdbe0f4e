"""The failed rows of an import for a spreadsheet: as they were in the file, followed by what is wrong with each."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from console.bulk.checking.rows import ShownRow, all_rows
from console.bulk.models import Import
from console.bulk.sending.failures import FailedRecord, failed_records
from console.records.schemas.fields import Field
from console.records.schemas.schema import read_entity_schema
from console.submissions.export.formulas import without_formulas
from console.submissions.models import Outcome

PROBLEM = "Problem"
NOT_IN_TRAIL = "It is not known whether it arrived: the trail has no answer to its call."
# A spreadsheet takes it for a number, which is no formula; an apostrophe would make text of it.
NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
# Spreadsheets take a file for UTF-8 by this mark alone.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def failed_rows(bulk_import: Import) -> Iterator[list[str]]:
    """Yield the file's heading and its failed rows: invalid ones first, then records that did not arrive.

    A record only has the columns that became fields; the others were not kept.
    """
    heading = bulk_import.look["heading"]
    yield [*heading, PROBLEM]
    for row in all_rows(bulk_import):
        yield [*_cells(row, len(heading)), _problems_in_words(row)]
    schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    fields = [schema.field(name) if name else None for name in bulk_import.columns]
    for failed in failed_records(bulk_import):
        yield [*_values(failed, fields), _answer_in_words(failed)]


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines of CSV; an apostrophe precedes what a spreadsheet would take for a formula."""
    writer = csv.writer(_GivenBack())
    yield MARK
    for row in rows:
        line: str = writer.writerow([_without_formulas(cell) for cell in row])
        yield line


def _without_formulas(cell: str) -> str:
    # Most cells are words and numbers, of which nothing else need be known.
    return cell if cell.isalnum() or NUMBER.fullmatch(cell) else without_formulas(cell)


class _GivenBack:
    """A file for the CSV writer that returns each line written to it."""

    def write(self, line: str) -> str:
        return line


def _cells(row: ShownRow, count: int) -> list[str]:
    """Return the cells of a row; an unreadable row has its text in the first one."""
    return [*row.cells, *[""] * (count - len(row.cells))][:count]


def _problems_in_words(row: ShownRow) -> str:
    return " ".join(f"{each.field}: {each.sentence}" if each.field else each.sentence for each in row.problems)


def _values(failed: FailedRecord, fields: Sequence[Field | None]) -> list[str]:
    record_id, properties = failed.record
    values = json.loads(properties or "{}")
    return [_text(record_id if each.is_id else values.get(each.property_name)) if each else "" for each in fields]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _answer_in_words(failed: FailedRecord) -> str:
    submission = failed.submission
    if submission is None:
        return NOT_IN_TRAIL
    is_unconfirmed = submission.shown_outcome == Outcome.UNCONFIRMED
    known = ["It is not known whether it arrived."] if is_unconfirmed else []
    return " ".join([*known, *filter(None, (submission.sentence, submission.message))])
