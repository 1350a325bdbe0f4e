"""The rows of a job's CSV files: validated as a whole before anything is done with one of them.

What was validated is kept in a file of its own, without a name, until the job is done with it: so the input is read
once, cannot change between its validation and its use, and is never in memory as a whole.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from typing import IO

from django.conf import settings

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import InputFile, failures_of
from console.local.jobs.warnings import Warnings
from console.local.models import Job
from console.records.files.csv_file import NO_COLUMN, EntityRecord, validate_csv
from console.records.problems import LineFault
from console.records.schemas.schema import Schema
from console.records.validation.validation import properties_json
from console.work.leases import Lease

MOST_FAULTS = 10
ROWS_BETWEEN_LOOKS = 100
ROWS_IN_A_BATCH = 500
# More than any row of a schema needs, and little enough for memory.
LONGEST_LINE = 8 * 1024 * 1024

# A record's id, and its properties as the text of a JSON object.
type Row = tuple[str, str]


@contextmanager
def validated_rows(
    lease: Lease[Job],
    schema: Schema,
    files: Iterable[InputFile],
    *,
    others_ignored: bool = False,
    warnings: Warnings | None = None,
) -> Iterator[Iterator[tuple[Row, ...]]]:
    """Give the rows of the job's files in batches, once all of them were validated by the schema; raise JobFailure.

    `others_ignored` lets the input have columns that the schema does not know. `warnings` gathers what is
    hardly meant.
    """
    with (
        failures_of("The data directory"),
        tempfile.TemporaryFile("w+", encoding="ascii", dir=settings.CONSOLE_DATA_DIR) as kept,
    ):
        for file in files:
            _validate(lease, schema, file, kept, warnings, others_ignored=others_ignored)
        kept.seek(0)
        yield batched((_row(line) for line in kept), ROWS_IN_A_BATCH)


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
    faults: list[LineFault] = []
    with failures_of(source.name), source.path.open(encoding="utf-8", newline="") as file:
        try:
            for number, each in enumerate(
                validate_csv(schema, _lines(source.name, file, warnings), others_ignored=others_ignored)
            ):
                if not number % ROWS_BETWEEN_LOOKS:
                    lease.heartbeat()
                if isinstance(each, EntityRecord):
                    json.dump((each.entity_id, properties_json(each.properties)), kept)
                    kept.write("\n")
                    if warnings:
                        warnings.look_at(source.name, each)
                    continue
                faults.append(each)
                if len(faults) == MOST_FAULTS and each.found is not NO_COLUMN:
                    break
        except UnicodeDecodeError as error:
            raise JobFailure(
                f"{source.name} is not text in UTF-8. Save it in UTF-8, and create another job."
            ) from error
    if faults:
        raise JobFailure(_in_words(source.name, faults))


def _lines(name: str, file: IO[str], warnings: Warnings | None) -> Iterator[str]:
    heading_seen = False
    number = 0
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise JobFailure(f"{name} has a line of more than {LONGEST_LINE} characters.")
        number += 1
        if warnings and not heading_seen and line.strip():
            heading_seen = True
            warnings.look_at_heading(name, number, line)
        yield line


def _row(line: str) -> Row:
    entity_id, properties = json.loads(line)
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
