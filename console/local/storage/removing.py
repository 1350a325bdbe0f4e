"""Removes stored records while others are being put: a few within a request, many in the background.

Once a deletion has settled, the dataset or dataset group is gone: no request shows it. The worker removes it: a
dataset's records in small parts, then its row, and a dataset group after its datasets. If a request needs the name of
such a dataset, or deletes its schema, it sets the dataset aside: it moves the row to no account and no region, to a
dataset group and a schema of its own.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from console.local import stages
from console.local.models import (
    Dataset,
    DatasetGroup,
    EventTracker,
    Resource,
    Schema,
    StagedResource,
    StoredRecord,
    gone,
)
from console.local.storage import put_rate
from console.local.storage.one_writer import one_writer
from console.local.storage.record_writes import turn_to_write
from console.work.leases import Stopping
from console.work.waking import wake_worker

# In one transaction: few enough that other writers hardly notice.
RECORDS_IN_A_PART = 250
LONGEST_REST = 0.1
# How long one step of the worker takes, so that other work gets its turn.
SECONDS_OF_REMOVAL = 0.5
NOBODYS = {"account": "", "region": "", "name": ""}


def remove_in_order[Row: Model](rows: QuerySet[Row]) -> int:
    """Remove records or events and return how many; call this in a transaction.

    Rows are locked in ID order, as PutUsers does, to avoid deadlocks on PostgreSQL. SQLite has one writer.
    """
    list(rows.select_for_update(of=("self",)).order_by(_id(rows)).values_list("pk"))
    number, _by_model = rows.delete()
    return number


def free_name(row: Resource) -> None:
    """Free the name of a deleted resource for reuse; call this in a transaction."""
    if isinstance(row, Dataset):
        set_aside(row)
    elif isinstance(row, DatasetGroup):
        DatasetGroup.objects.filter(pk=row.pk).update(**NOBODYS, arn=f"removed/dataset-group/{row.pk}")
    else:
        row.delete()


def set_aside(dataset: Dataset) -> None:
    """Queue a deleted dataset for the worker, and free its name and schema; call this in a transaction.

    Records that are being put at this moment may still be stored in it, and are removed with it.
    """
    own = {**NOBODYS, "arn": f"removed/{dataset.pk}"}
    gone_at_once = {"settled_status": stages.DELETED, "settles_at": None}
    group = DatasetGroup.objects.create(**own, **gone_at_once)
    schema = Schema.objects.create(**own)
    Dataset.objects.filter(pk=dataset.pk).update(**own, **gone_at_once, group=group, schema=schema)
    transaction.on_commit(wake_worker)


def remove_deleted(stopping: Stopping, seconds: float = SECONDS_OF_REMOVAL) -> float:
    """Remove deleted resources for some seconds, as a step of the worker; return the seconds until there are more.

    At least one part is removed, however long it takes to find. Each call starts at the first ID, although earlier
    calls removed it: PostgreSQL skips such dead rows once no transaction can see them.
    """
    until = time.monotonic() + seconds
    settling: list[datetime] = []
    for dataset in Dataset.objects.filter(settled_status=stages.DELETED).order_by("pk"):
        if not dataset.is_gone:
            settling += [dataset.settles_at] if dataset.settles_at else []
        elif not _remove(dataset, stopping, until):
            return 0.0
    settling += _remove_rows(EventTracker.objects.all())
    # After its datasets.
    settling += _remove_rows(DatasetGroup.objects.filter(datasets=None))
    return max(0.0, (min(settling) - timezone.now()).total_seconds()) if settling else float("inf")


def _remove(dataset: Dataset, stopping: Stopping, until: float) -> bool:
    """Remove the records of a dataset in batches, then the dataset; return whether it is done."""
    for part in chain(
        parts_in_order(dataset.records.all(), RECORDS_IN_A_PART),
        parts_in_order(dataset.events.all(), RECORDS_IN_A_PART),
    ):
        if stopping():
            return False
        _remove_part(part)
        if time.monotonic() >= until:
            return False
    with one_writer():
        # Lock it first, as PutUsers does: records that arrived meanwhile are deleted with it. A request may have set
        # it aside since, or another worker may have removed it.
        for each in Dataset.objects.filter(gone(), pk=dataset.pk).select_for_update():
            each.delete()
            # The schema of its own, if it was set aside.
            Schema.objects.filter(arn=each.arn).delete()
    return True


def _remove_rows[Row: StagedResource](rows: QuerySet[Row]) -> list[datetime]:
    """Remove the resources whose deletion is complete, and return when the next one will be."""
    settling: list[datetime] = []
    for row in rows.filter(settled_status=stages.DELETED).order_by("pk"):
        if row.is_gone:
            with one_writer():
                rows.filter(pk=row.pk).delete()
            if isinstance(row, DatasetGroup):
                put_rate.forget(row.pk)
        elif row.settles_at:
            settling.append(row.settles_at)
    return settling


def parts_in_order[Row: Model](rows: QuerySet[Row], size: int) -> Iterator[QuerySet[Row]]:
    """Yield the records or events of a dataset in batches of at most `size`, in ID order.

    A part is selected by its IDs, which have an index: for primary keys of records SQLite would scan the dataset, and
    for a range of IDs everything between. Each part starts where the last one ended: PostgreSQL would otherwise scan
    all removed rows again.
    """
    name = _id(rows)
    ids = rows.order_by(name).values_list(name, flat=True)
    found = list(ids[:size])
    while found:
        yield rows.filter(**{f"{name}__in": found})
        found = list(ids.filter(**{f"{name}__gt": found[-1]})[:size])


def _id(rows: QuerySet[Any]) -> str:
    """Return the column that identifies a row of a dataset: events have only their keys."""
    return "record_id" if rows.model is StoredRecord else "id"


def _remove_part[Row: Model](rows: QuerySet[Row]) -> None:
    """Remove some rows, then sleep for as long as that took, so that other writers get a turn."""
    began = time.monotonic()
    with turn_to_write(), transaction.atomic():
        remove_in_order(rows)
    time.sleep(min(time.monotonic() - began, LONGEST_REST))
