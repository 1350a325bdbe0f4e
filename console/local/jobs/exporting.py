"""Dataset export jobs.

The output is one CSV file, with the names of the schema's fields as its heading. No document says how the service
names its files: here it is `<path>/<job name>.csv`, so that the path can be given to an import job as it is. Events of
nobody known have no user there, so that a file with such cannot be imported.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Q

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import address, failures_of, folder_to_write_to, read_location
from console.local.models import Dataset, Job
from console.records.entities import ENTITIES
from console.records.files.columns import columns_schema
from console.records.files.csv_file import csv_heading, csv_row
from console.work.leases import Lease

ROWS_IN_A_PAGE = 1000
# The stored records that are exported, by the job's mode: BULK are those of import jobs.
BY_MODE = {"BULK": Q(import_job__isnull=False), "PUT": Q(import_job__isnull=True), "ALL": Q()}


def run(lease: Lease[Job]) -> None:
    """Write the records of the job's dataset; raise JobFailure.

    The file is written aside and renamed, so that nobody sees half of it; what another attempt left aside goes.
    """
    job = lease.row
    folder = folder_to_write_to(read_location(job.location))
    file = folder / f"{job.name}.csv"
    if file.is_dir():
        raise JobFailure(f"{address(file)} is a folder. Expected a file, or nothing of that name.")
    with failures_of(address(file)):
        for left in folder.glob(f".{job.name}.*.part"):
            left.unlink(missing_ok=True)
        aside = folder / f".{job.name}.{lease.row.lease}.part"
        try:
            _write(lease, aside)
            with lease.writing():
                aside.replace(file)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)


def _write(lease: Lease[Job], path: Path) -> None:
    dataset = lease.row.dataset
    assert dataset is not None
    schema = columns_schema(ENTITIES[dataset.dataset_type], dataset.schema.text)
    pages = _event_pages if schema.entity.is_event else _pages
    # For programs: an apostrophe against formulas, as in the exports of submissions, would be other data.
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(csv_heading(schema))
        for page in pages(dataset, BY_MODE[lease.row.mode]):
            lease.heartbeat()
            file.writelines(csv_row(schema, record_id, properties) for record_id, properties in page)
        file.flush()
        os.fsync(file.fileno())


def _pages(dataset: Dataset, condition: Q) -> Iterator[list[tuple[str, str]]]:
    """Yield IDs and properties in index order of the IDs, without keeping a query open while others write."""
    rows = dataset.records.filter(condition).order_by("record_id").values_list("record_id", "properties")
    after = Q()
    while page := list(rows.filter(after)[:ROWS_IN_A_PAGE]):
        yield page
        after = Q(record_id__gt=page[-1][0])


def _event_pages(dataset: Dataset, condition: Q) -> Iterator[list[tuple[str, str]]]:
    """Yield users and properties of events in the order they were stored, like `_pages`."""
    rows = dataset.events.filter(condition).order_by("pk").values_list("pk", "user_id", "properties")
    after = Q()
    while page := list(rows.filter(after)[:ROWS_IN_A_PAGE]):
        yield [(user_id, properties) for _key, user_id, properties in page]
        after = Q(pk__gt=page[-1][0])
