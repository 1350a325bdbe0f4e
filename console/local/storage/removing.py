"""Removing stored records while others put some: few at once, and many in the background.

What was deleted and is gone, nobody sees any more, and the worker removes it: a dataset's records in parts, then its
row, and a dataset group once its datasets have left. A request removes none of that. Where it gives the name of a
dataset again that is gone, or removes its schema, it sets the dataset aside: without account and region, in a dataset
group and with a schema of its own.
"""

import time
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from console.local import stages
from console.local.models import Dataset, DatasetGroup, Resource, Schema, StoredRecord, gone
from console.local.storage.one_writer import one_writer
from console.local.storage.record_writes import turn_to_write
from console.work.leases import Stopping
from console.work.waking import wake_worker

# In a transaction. Those who wait for it hardly notice.
RECORDS_IN_A_PART = 250
LONGEST_REST = 0.1
# Before other background work has its turn.
SECONDS_OF_REMOVAL = 0.5
NOBODYS = {"account": "", "region": "", "name": ""}


def remove_in_order(records: QuerySet[StoredRecord]) -> int:
    """Remove records, and return how many there were; to be called in a transaction.

    PutUsers stores records in the order of their ids. They are locked in the same order here, since on PostgreSQL two
    that take the same rows in different orders wait for each other until one of them fails. SQLite has one writer.
    """
    list(records.select_for_update(of=("self",)).order_by("record_id").values_list("pk"))
    number, _by_model = records.delete()
    return number


def free_name(row: Resource) -> None:
    """Let the name of a resource that is gone be given again; to be called in a transaction."""
    if isinstance(row, Dataset):
        set_aside(row)
    elif isinstance(row, DatasetGroup):
        DatasetGroup.objects.filter(pk=row.pk).update(**NOBODYS, arn=f"removed/dataset-group/{row.pk}")
    else:
        row.delete()


def set_aside(dataset: Dataset) -> None:
    """Leave a dataset with its records to the worker, and its name and its schema to others.

    To be called in a transaction. Records that are put at this very moment may be stored in it still, and go with it.
    """
    own = {**NOBODYS, "arn": f"removed/{dataset.pk}"}
    gone_at_once = {"settled_status": stages.DELETED, "settles_at": None}
    group = DatasetGroup.objects.create(**own, **gone_at_once)
    schema = Schema.objects.create(**own)
    Dataset.objects.filter(pk=dataset.pk).update(**own, **gone_at_once, group=group, schema=schema)
    transaction.on_commit(wake_worker)


def remove_deleted(stopping: Stopping, seconds: float = SECONDS_OF_REMOVAL) -> float:
    """Remove what is gone for some seconds, as a step of the worker; return in how many there is more of it.

    One part at least is removed, however long it takes to find. Each call looks from the first id on, also through
    what calls before have removed: PostgreSQL skips such rows once it has seen that nobody needs them.
    """
    until = time.monotonic() + seconds
    settling: list[datetime] = []
    for dataset in Dataset.objects.filter(settled_status=stages.DELETED).order_by("pk"):
        if not dataset.is_gone:
            settling += [dataset.settles_at] if dataset.settles_at else []
        elif not _remove(dataset, stopping, until):
            return 0.0
    for group in DatasetGroup.objects.filter(settled_status=stages.DELETED).order_by("pk"):
        if group.is_gone:
            _remove_group(group)
        else:
            settling += [group.settles_at] if group.settles_at else []
    return max(0.0, (min(settling) - timezone.now()).total_seconds()) if settling else float("inf")


def _remove(dataset: Dataset, stopping: Stopping, until: float) -> bool:
    """Remove the records of a dataset in parts, then the dataset; say whether that was done."""
    for part in parts_in_order(dataset.records.all(), RECORDS_IN_A_PART):
        if stopping():
            return False
        _remove_part(part)
        if time.monotonic() >= until:
            return False
    with one_writer():
        # Locked first, as PutUsers does. What has come meanwhile goes with it. A request may have set it aside since,
        # or another worker removed it.
        for each in Dataset.objects.filter(gone(), pk=dataset.pk).select_for_update():
            each.delete()
            # Its own one, if it was set aside.
            Schema.objects.filter(arn=each.arn).delete()
    return True


def _remove_group(group: DatasetGroup) -> None:
    with one_writer():
        DatasetGroup.objects.filter(pk=group.pk, datasets=None).delete()


def parts_in_order(records: QuerySet[StoredRecord], size: int) -> Iterator[QuerySet[StoredRecord]]:
    """Yield records of a dataset in parts of a size at most, in the order of their ids.

    A part is named by its ids, of which there is an index: for keys SQLite would walk through the dataset, and for a
    range of ids through all that lies between. And each begins where the last one ended: PostgreSQL would else walk
    through all that was removed before.
    """
    ids = records.order_by("record_id").values_list("record_id", flat=True)
    found = list(ids[:size])
    while found:
        yield records.filter(record_id__in=found)
        found = list(ids.filter(record_id__gt=found[-1])[:size])


def _remove_part(records: QuerySet[StoredRecord]) -> None:
    """Remove some records, then rest for as long as that took: others who write have their turn meanwhile."""
    began = time.monotonic()
    with turn_to_write(), transaction.atomic():
        remove_in_order(records)
    time.sleep(min(time.monotonic() - began, LONGEST_REST))
