"""The warnings of import jobs: what is hardly meant in an input that is imported as it is.

AWS's responses have no member for warnings. They are counted in the job's row, and the first ones are in a file beside
the job's input, which no job reads since its name does not end in `.csv`.
"""

import logging
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from django.conf import settings

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import address, inside_root, read_location
from console.local.models import Job
from console.records.files.column_advice import ColumnAdvice
from console.records.files.csv_file import EntityRecord
from console.records.files.row_doubts import doubts_on_heading, doubts_on_row, repeated
from console.records.schemas.schema import Schema
from console.records.validation.text_doubts import Doubt
from console.work.leases import Lease

MOST_KEPT = 100
ENDING = ".warnings.txt"
KIBIBYTES_OF_CACHE = 16_000

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Warnings:
    """Gathers the warnings of a job: counts of each kind, and the first MOST_KEPT in words.

    `seen` is a database with a number for each id that was seen, None where ids may repeat.
    """

    schema: Schema
    seen: sqlite3.Connection | None = None
    counts: Counter[str] = field(default_factory=Counter)
    first: list[str] = field(default_factory=list)
    advice: ColumnAdvice = field(init=False)

    def __post_init__(self) -> None:
        self.advice = ColumnAdvice(self.schema)

    def look_at_heading(self, file: str, line: int, text: str) -> None:
        """Add what is doubtful in the line of a file's heading."""
        for doubt in doubts_on_heading(text):
            self._add(f"{file}, line {line}", doubt)

    def look_at(self, file: str, record: EntityRecord) -> None:
        """Add what is doubtful in a valid row of a file."""
        self.advice.look_at(record)
        for name, doubt in doubts_on_row(self.schema, record):
            self._add(f"{file}, line {record.line}, field {name}", doubt)
        if self.seen and self._is_repeated(record.entity_id):
            entity = self.schema.entity
            self._add(f"{file}, line {record.line}, field {entity.id_field}", repeated(entity))

    def look_at_columns(self) -> None:
        """Add what is doubtful in the columns of all rows that were looked at, before what is doubtful in a row."""
        of_rows, self.first = self.first, []
        for name, doubt in self.advice.doubts():
            self._add(f"Field {name}", doubt)
        self.first = [*self.first, *of_rows][:MOST_KEPT]

    def _add(self, place: str, doubt: Doubt) -> None:
        self.counts[doubt.kind] += 1
        if len(self.first) < MOST_KEPT:
            self.first.append(f"{place}: {doubt.sentence}")

    def _is_repeated(self, record_id: str) -> bool:
        """Say whether an id was seen before: one of ten million is mistaken for another in one of 300,000 imports."""
        assert self.seen is not None
        return self.seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", (hash(record_id),)).rowcount == 0


@contextmanager
def gathered_warnings(schema: Schema) -> Iterator[Warnings]:
    """Give an object that gathers the warnings of an import; raise JobFailure where the disk does not bear it."""
    if schema.entity.is_event:
        yield Warnings(schema)
        return
    try:
        with closing(_ids()) as seen:
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
    """Write the file, aside and then renamed, so that nobody sees half of it, and return its address."""
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


def _ids() -> sqlite3.Connection:
    """Return a database for numbers of ids, in a file without a name: of any number of them, few are in memory."""
    with tempfile.NamedTemporaryFile(dir=settings.CONSOLE_DATA_DIR) as file:
        ids = sqlite3.connect(file.name, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            f"PRAGMA cache_size = -{KIBIBYTES_OF_CACHE}",
            "CREATE TABLE seen (number INTEGER PRIMARY KEY)",
            "BEGIN",
        ):
            ids.execute(statement)
        return ids
