"""Removing stored records while others put some: few at once, and many in the background.

A deleted dataset with many records is set aside: nobody sees it any more, and whoever removes its records has its row
to know them by. It has no account and no region, and a dataset group and a schema of its own, so that its name, its
dataset group and its schema are free at once.
"""

import time
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from console.local import stages
from console.local.models import STORED, Dataset, DatasetGroup, Schema
from console.local.storage.one_writer import one_writer
from console.local.storage.record_writes import turn_to_write
from console.records.entities import ENTITIES
from console.work.leases import Stopping
from console.work.waking import wake_worker

# In a transaction. Those who wait for it hardly notice.
RECORDS_IN_A_PART = 250
LONGEST_REST = 0.1
# Before other background work has its turn.
SECONDS_OF_REMOVAL = 0.5


def remove_in_order(records: QuerySet[Any], id_name: str) -> int:
    """Remove records, and return how many there were; to be called in a transaction.

    PutUsers stores records in the order of their ids. They are locked in the same order here, since on PostgreSQL two
    that take the same rows in different orders wait for each other until one of them fails. SQLite has one writer.
    """
    list(records.select_for_update(of=("self",)).order_by(id_name).values_list("pk"))
    number, _by_model = records.delete()
    return number


def records_of(dataset: Dataset) -> QuerySet[Any] | None:
    """Return the records of a dataset, or None if those of its type are not stored."""
    model = STORED.get(dataset.dataset_type)
    return None if model is None else model._default_manager.filter(dataset=dataset)


def set_aside(dataset: Dataset) -> None:
    """Leave the removal of a dataset and its records to `remove_set_aside`; to be called in a transaction.

    Its jobs are gone by then. Users who are put at this very moment may be stored in it still, and go with it.
    """
    own = {"account": "", "region": "", "name": "", "arn": f"removed/{dataset.pk}"}
    gone = {"settled_status": stages.DELETED, "settles_at": None}
    group = DatasetGroup.objects.create(**own, **gone)
    schema = Schema.objects.create(**own)
    Dataset.objects.filter(pk=dataset.pk).update(**own, **gone, group=group, schema=schema)
    transaction.on_commit(wake_worker)


def remove_deleted(stopping: Stopping) -> float:
    """Remove what deleted datasets have left, as a step of the worker."""
    return float("inf") if remove_set_aside(stopping, SECONDS_OF_REMOVAL) else 0.0


def remove_set_aside(stopping: Stopping, seconds: float) -> bool:
    """Remove what is set aside for some seconds, and say whether all of it is gone.

    One part at least is removed, however long it takes to find. Each call looks from the first id on, also through
    what calls before have removed: PostgreSQL skips such rows once it has seen that nobody needs them.
    """
    until = time.monotonic() + seconds
    for dataset in Dataset.objects.filter(settled_status=stages.DELETED, settles_at=None).order_by("pk"):
        if not _remove(dataset, stopping, until):
            return False
    return True


def _remove(dataset: Dataset, stopping: Stopping, until: float) -> bool:
    """Remove the records of a dataset in parts, then the dataset; say whether that was done."""
    records = records_of(dataset)
    if records is not None:
        id_name = ENTITIES[dataset.dataset_type].id_name
        for part in parts_in_order(records, id_name, RECORDS_IN_A_PART):
            if stopping():
                return False
            _remove_part(part, id_name)
            if time.monotonic() >= until:
                return False
    with one_writer():
        # Locked first, as PutUsers does. What has come meanwhile goes with it.
        list(Dataset.objects.filter(pk=dataset.pk).select_for_update())
        DatasetGroup.objects.filter(pk=dataset.group_id).delete()
        Schema.objects.filter(pk=dataset.schema_id).delete()
    return True


def parts_in_order(records: QuerySet[Any], id_name: str, size: int) -> Iterator[QuerySet[Any]]:
    """Yield records of a dataset in parts of a size at most, in the order of their ids.

    A part is named by its ids, of which there is an index: for keys SQLite would walk through the dataset, and for a
    range of ids through all that lies between. And each begins where the last one ended: PostgreSQL would else walk
    through all that was removed before.
    """
    ids = records.order_by(id_name).values_list(id_name, flat=True)
    found = list(ids[:size])
    while found:
        yield records.filter(**{f"{id_name}__in": found})
        found = list(ids.filter(**{f"{id_name}__gt": found[-1]})[:size])


def _remove_part(records: QuerySet[Any], id_name: str) -> None:
    """Remove some records, then rest for as long as that took: others who write have their turn meanwhile."""
    began = time.monotonic()
    with turn_to_write(), transaction.atomic():
        remove_in_order(records, id_name)
    time.sleep(min(time.monotonic() - began, LONGEST_REST))
