"""The warnings of import jobs: doubtful values in an input that is imported unchanged.

AWS's responses have no member for warnings. They are counted in the job's row, and the first ones are in a file beside
the job's input, which no job reads since its name does not end in `.csv`.
"""

import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from operator import itemgetter

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import address, inside_root, read_location
from console.local.jobs.seen_ids import SeenIds
from console.local.models import Job
from console.records.files.checking.table_checks import CheckedBatch, TableCheck
from console.records.files.column_advice import ColumnAdvice
from console.records.files.row_doubts import doubts_on_batch, doubts_on_heading, repeated
from console.records.files.source import Batch
from console.records.schemas.schema import Schema
from console.records.validation.text_doubts import Doubt
from console.work.leases import Lease

MOST_KEPT = 100
ENDING = ".warnings.txt"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Warnings:
    """Collects the warnings of a job: counts by kind, and the first MOST_KEPT as sentences.

    `seen` are the ids that were seen, None where ids may repeat.
    """

    schema: Schema
    seen: SeenIds | None = None
    counts: Counter[str] = field(default_factory=Counter)
    first: list[str] = field(default_factory=list)
    advice: ColumnAdvice = field(init=False)

    def __post_init__(self) -> None:
        self.advice = ColumnAdvice(self.schema)

    def look_at_heading(self, file: str, line: int, text: str) -> None:
        """Add what is doubtful in the line of a file's heading."""
        for doubt in doubts_on_heading(text):
            self._add(f"{file}, line {line}", doubt)

    def begin_file(self, check: TableCheck) -> None:
        """Prepare for what a check will find in a file, whose batches are looked at next."""
        self.advice.begin_file(check.checks)

    def look_at(self, file: str, check: TableCheck, batch: Batch, done: CheckedBatch) -> None:
        """Add what is doubtful in a batch of valid rows, which a check was just given."""
        found = list(doubts_on_batch(check, batch))
        if self.seen:
            entity = self.schema.entity
            found += [(place, entity.id_field, repeated(entity)) for place in self.seen.repeated(done.ids)]
        # As the rows stand, and in a row as its fields do; that an id is repeated comes last.
        found.sort(key=itemgetter(0))
        self.counts.update(doubt.kind for _place, _name, doubt in found)
        for place, name, doubt in found[: MOST_KEPT - len(self.first)]:
            self.first.append(_in_place(f"{file}, line {done.numbers[place]}, field {name}", doubt))

    def end_file(self, check: TableCheck) -> None:
        """Count the rows and values that a check found in a file."""
        self.advice.end_file(check.checks)

    def forget_ids(self) -> None:
        """Free the memory and disk used for seen IDs, after the last row."""
        if self.seen:
            self.seen.close()
            self.seen = None

    def look_at_columns(self) -> None:
        """Add what is doubtful in the columns of all rows that were looked at, before what is doubtful in a row."""
        of_rows, self.first = self.first, []
        for name, doubt in self.advice.doubts():
            self._add(f"Field {name}", doubt)
        self.first = [*self.first, *of_rows][:MOST_KEPT]

    def _add(self, place: str, doubt: Doubt) -> None:
        self.counts[doubt.kind] += 1
        if len(self.first) < MOST_KEPT:
            self.first.append(_in_place(place, doubt))


def _in_place(place: str, doubt: Doubt) -> str:
    return f"{place}: {doubt.sentence}"


@contextmanager
def gathered_warnings(schema: Schema) -> Iterator[Warnings]:
    """Return an object that collects the warnings of an import; raise JobFailure if the disk is full."""
    if schema.entity.is_event:
        yield Warnings(schema)
        return
    try:
        with closing(SeenIds()) as seen:
            yield Warnings(schema, seen)
    except (sqlite3.Error, OSError) as error:
        raise JobFailure(f"The data directory cannot be used ({error}).") from error


def keep_warnings(lease: Lease[Job], warnings: Warnings) -> None:
    """Write the warnings of a job into its row, and into a file beside its input; raise JobFailure.

    A file that cannot be written is logged, and changes nothing about the job.
    """
    warnings.look_at_columns()
    if not warnings.counts:
        return
    counts = dict(warnings.counts)
    try:
        file = _write(lease.row, warnings)
    except OSError as error:
        log.warning("The file with the warnings of the job %s cannot be written (%s).", lease.row, error.strerror)
        file = ""
    with lease.writing(warnings=counts, warnings_file=file):
        pass


def _write(job: Job, warnings: Warnings) -> str:
    """Write the file atomically, by renaming a temporary one, and return its S3 URI."""
    path = inside_root(read_location(job.location))
    file = (path if path.is_dir() else path.parent) / f"{job.name}{ENDING}"
    aside = file.with_name(f".{job.name}.{job.lease}.part")
    try:
        aside.write_text(_in_words(job, warnings), encoding="utf-8")
        aside.replace(file)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return address(file)


def _in_words(job: Job, warnings: Warnings) -> str:
    number = sum(warnings.counts.values())
    shown = f" These are the first {MOST_KEPT}, after the number of each kind." if number > MOST_KEPT else ""
    kinds = [f"{kind}: {count}" for kind, count in sorted(warnings.counts.items())]
    title = f"Warnings of the import job {job.name}: {number}. The input was imported as it is.{shown}"
    return "\n".join([title, "", *kinds, "", *warnings.first, ""])
