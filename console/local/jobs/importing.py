"""Dataset import jobs.

A failed job changes nothing: the whole input is validated before the first record is written. Records are then written
in short transactions, so that PutUsers goes on meanwhile, and each carries the job's key.

FULL replaces the data that came in bulk; "data you imported individually is not replaced" (API reference,
CreateDatasetImportJob). Here a dataset has one record of an id, so that a record which was put individually stays as
it is, even if the input has its id. INCREMENTAL adds, and replaces "any record with the same ID with the new one":
what was put individually before the job was asked for, but not what was put after that, which is newer than the input.
INCREMENTAL is taken only for a dataset that has data in bulk already ("Importing bulk data with a dataset import job",
developer guide): see `create_import`.

Events replace none: FULL replaces those that came in bulk, INCREMENTAL adds to them. Of identical events one is kept,
and one that was put individually stays so.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import InputFile, csv_files, read_location, size_of
from console.local.jobs.rows import ROWS_IN_A_BATCH, Row, validated_rows
from console.local.jobs.warnings import gathered_warnings, keep_warnings
from console.local.models import Dataset, Job
from console.local.storage.bulk_writes import write_in_bulk
from console.local.storage.events import event_of, event_rows
from console.local.storage.removing import parts_in_order, remove_in_order
from console.local.storage.storing import EVENTS, RECORDS
from console.local.telling import IMPORTED, tell
from console.records.entities import ENTITIES
from console.records.files.columns import columns_schema
from console.records.schemas.schema import Schema
from console.work.garbage import without_collecting
from console.work.leases import Lease

FULL, INCREMENTAL = "FULL", "INCREMENTAL"
# "Amazon Personalize endpoints and quotas" (developer guide), of all types alike. A FULL one may have
# 100 GB, which no disk here is likely to be asked for.
MOST_INCREMENTAL_GIGABYTES = 1
# They are written in some five milliseconds, for which a PutUsers may have to wait.
MOST_ROWS_IN_A_BATCH = 1000
MOST_CHARACTERS_IN_A_BATCH = 1 << 18


def run(lease: Lease[Job]) -> None:
    """Import the records of the job's input; raise JobFailure."""
    job, dataset = lease.row, lease.row.dataset
    assert dataset is not None
    schema = columns_schema(ENTITIES[dataset.dataset_type], dataset.schema.text)
    with (
        without_collecting(),
        gathered_warnings(schema) as warnings,
        validated_rows(lease, schema, _files(job), warnings=warnings) as rows,
    ):
        warnings.forget_ids()
        for number, batch in enumerate(_batches(rows)):
            with lease.writing():
                if schema.entity.is_event:
                    _write_events(job, dataset, schema, batch)
                else:
                    _write(job, dataset, batch)
                    _tell(job, dataset, batch, is_first=number == 0)
    if job.mode == FULL:
        _remove_what_came_in_bulk_before(lease, dataset)
    keep_warnings(lease, warnings)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield rows in batches that double in size, up to MOST_ROWS_IN_A_BATCH.

    What each transaction costs besides its rows is felt in long jobs alone; short ones let others write sooner.
    A batch of long rows has fewer.
    """
    written = 0
    while batch := _some(rows, min(max(written, ROWS_IN_A_BATCH), MOST_ROWS_IN_A_BATCH)):
        yield batch
        written += len(batch)


def _some(rows: Iterator[Row], most: int) -> list[Row]:
    some, size = [], 0
    for row in islice(rows, most):
        some.append(row)
        size += len(row[0]) + len(row[1])
        if size >= MOST_CHARACTERS_IN_A_BATCH and len(some) >= ROWS_IN_A_BATCH:
            break
    return some


def _files(job: Job) -> list[InputFile]:
    """Return the files of a job's input; raise JobFailure if they are too large in total for an incremental import."""
    location = read_location(job.location)
    files = csv_files(location)
    size = size_of(files, location)
    if job.mode == INCREMENTAL and size > MOST_INCREMENTAL_GIGABYTES * 1024**3:
        most = f"{MOST_INCREMENTAL_GIGABYTES} GB in all"
        raise JobFailure(f"The input of an INCREMENTAL import may have {most}; found {size} bytes. Import it as FULL.")
    return files


def _write(job: Job, dataset: Dataset, rows: Iterable[Row]) -> None:
    """Write records, replacing those with the same ID if the job may do so.

    Django's own bulk_create replaces without a condition, and to look first would let a PutUsers come in between.
    """
    may_replace = f"{RECORDS.name}.import_job IS NOT NULL"
    moments = []
    if job.mode == INCREMENTAL:
        may_replace += f" OR {RECORDS.name}.replaced_at <= %s"
        moments = [_moment(job.created_at)]
    now, dataset_id, job_id = _moment(timezone.now()), dataset.pk, job.pk
    # In the order of PutUsers: two that write the same ids might wait for each other otherwise. Of rows with
    # one id the last one counts, as among the members of a PutUsers.
    stored = [
        (dataset_id, record_id, properties, now, now, job_id) for record_id, properties in sorted(dict(rows).items())
    ]
    write_in_bulk(RECORDS, stored, may_replace=may_replace, values=moments)


def _write_events(job: Job, dataset: Dataset, schema: Schema, rows: Iterable[Row]) -> None:
    """Write events in row order; an existing event becomes the job's if it was imported in bulk."""
    events = [event_of(schema, user_id, json.loads(properties)) for user_id, properties in rows]
    stored = event_rows(dataset.pk, events, _moment(timezone.now()), job.pk)
    write_in_bulk(EVENTS, stored, may_replace=f"{EVENTS.name}.import_job IS NOT NULL")


def _tell(job: Job, dataset: Dataset, rows: Iterable[Row], *, is_first: bool) -> None:
    """Notify the console of which records may have been replaced: by FULL, those of any ID, as with AWS."""
    if job.mode != FULL:
        tell(dataset.arn, IMPORTED, [record_id for record_id, _properties in rows])
    elif is_first:
        tell(dataset.arn, IMPORTED)


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _remove_what_came_in_bulk_before(lease: Lease[Job], dataset: Dataset) -> None:
    rows = dataset.events if ENTITIES[dataset.dataset_type].is_event else dataset.records
    came_before = rows.filter(import_job__isnull=False).exclude(import_job=lease.row.pk)
    # Each part has the condition again: what was put in the meantime stays.
    for part in parts_in_order(came_before, ROWS_IN_A_BATCH):
        with lease.writing():
            remove_in_order(part)
