"""The rows of a job's CSV files, all validated before any of them is processed.

They are validated in batches, column by column. Of a file with a fault, each row is then validated by itself, which
tells what is wrong. What was validated is kept in a file of its own, without a name, until the job is done with it: so
the input of a job that succeeds is read once, cannot change between its validation and its use, and is never in memory
as a whole.
"""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import InputFile, failures_of
from console.local.jobs.warnings import Warnings
from console.local.models import Job
from console.records.files.csv_batches import CsvTable, FaultyCsv
from console.records.files.csv_file import NO_COLUMN, EntityRecord, validate_csv
from console.records.problems import LineFault
from console.records.schemas.schema import Schema
from console.work.leases import Lease

MOST_FAULTS = 10
ROWS_BETWEEN_LOOKS = 100
ROWS_IN_A_BATCH = 500
# More than any row of a schema needs, and little enough for memory.
LONGEST_LINE = 8 * 1024 * 1024

# A record's id, and its properties as the text of a JSON object.
type Row = tuple[str, str]


class _LongLine(Exception):
    """A line of a file is too long to be read."""


@contextmanager
def validated_rows(
    lease: Lease[Job],
    schema: Schema,
    files: Iterable[InputFile],
    *,
    others_ignored: bool = False,
    warnings: Warnings | None = None,
) -> Iterator[Iterator[Row]]:
    """Return the rows of the job's files once all are validated by the schema; raise JobFailure.

    `others_ignored` lets the input have columns that the schema does not know. `warnings` collects doubtful values.
    """
    with (
        failures_of("The data directory"),
        # No text of JSON, and no id, has an end of line in it.
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=settings.CONSOLE_DATA_DIR) as kept,
    ):
        for file in files:
            _validate(lease, schema, file, kept, warnings, others_ignored=others_ignored)
        kept.seek(0)
        yield map(_row, kept)


def _validate(
    lease: Lease[Job],
    schema: Schema,
    source: InputFile,
    kept: IO[str],
    warnings: Warnings | None,
    *,
    others_ignored: bool,
) -> None:
    """Keep the rows of a file; raise JobFailure, which names what is wrong with the first of them that do not fit."""
    with failures_of(source.name), source.path.open(encoding="utf-8", newline="") as file:
        try:
            lines = _lines(source.name, file, warnings)
            table = CsvTable(schema, lines, others_ignored=others_ignored, now=time.time())
            if warnings:
                warnings.begin_file(table.check)
            for batch, done in table.batches():
                lease.heartbeat()
                kept.writelines(map("%s\t%s\n".__mod__, zip(done.ids, done.properties, strict=True)))
                if warnings:
                    warnings.look_at(source.name, table.check, batch, done)
        except (FaultyCsv, UnicodeDecodeError, _LongLine):
            file.seek(0)
            raise JobFailure(_what_is_wrong(lease, schema, source.name, file, others_ignored=others_ignored)) from None
    if warnings:
        warnings.end_file(table.check)


def _what_is_wrong(lease: Lease[Job], schema: Schema, name: str, file: IO[str], *, others_ignored: bool) -> str:
    """Return in words what is wrong with a file, reading it from the beginning."""
    faults: list[LineFault] = []
    try:
        for number, each in enumerate(validate_csv(schema, _lines(name, file), others_ignored=others_ignored)):
            if not number % ROWS_BETWEEN_LOOKS:
                lease.heartbeat()
            if isinstance(each, EntityRecord):
                continue
            faults.append(each)
            if len(faults) == MOST_FAULTS and each.found is not NO_COLUMN:
                break
    except UnicodeDecodeError:
        return f"{name} is not text in UTF-8. Save it in UTF-8, and create another job."
    except _LongLine:
        return f"{name} has a line of more than {LONGEST_LINE} characters."
    return _in_words(name, faults) or f"{name} was changed while it was read. Create another job."


def _lines(name: str, file: IO[str], warnings: Warnings | None = None) -> Iterator[str]:
    heading_seen = False
    number = 0
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise _LongLine
        if not heading_seen:
            number += 1
            if line.strip():
                heading_seen = True
                if warnings:
                    warnings.look_at_heading(name, number, line)
        yield line


def _row(line: str) -> Row:
    entity_id, _, properties = line[:-1].rpartition("\t")
    return entity_id, properties


def _in_words(name: str, faults: list[LineFault]) -> str:
    missing = [fault.field for fault in faults if fault.found is NO_COLUMN]
    if missing:
        # As the service itself says it.
        return f"Input CSV is missing the following columns:[{', '.join(str(each) for each in missing)}]."
    sentences = [_sentence(name, fault) for fault in faults]
    if len(faults) == MOST_FAULTS:
        sentences.append(f"There may be more: these are the first {MOST_FAULTS}.")
    return " ".join(sentences)


def _sentence(name: str, fault: LineFault) -> str:
    field = f", field {fault.field}" if fault.field else ""
    return f"{name}, line {fault.line}{field}: {fault.sentence(reveal=False)}"
