"""The two statements of PutUsers, PutItems and PutActions, as SQL.

They run at each of these calls. Measured on SQLite, finding the dataset takes 0.02 ms and 0.29 ms by a QuerySet, and
storing 10 users 0.16 ms, beside the disk's own time, and 0.52 ms by bulk_create(update_conflicts=True), of a call that
takes 0.8 ms. Both are standard enough to be the same for SQLite and PostgreSQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.models import Dataset, Schema
from console.local.storage.record_writes import write_records

FIND_DATASET = f"""
    SELECT dataset.id, dataset.arn, dataset.dataset_type, dataset.group_id, used_schema.text,
        dataset.settled_status, dataset.changing_since, dataset.settles_at
    FROM {Dataset._meta.db_table} AS dataset
    JOIN {Schema._meta.db_table} AS used_schema ON used_schema.id = dataset.schema_id
    WHERE dataset.arn = %s AND dataset.account = %s AND dataset.region = %s
"""


@dataclass(frozen=True, slots=True)
class FoundDataset:
    """What these calls need of a dataset: making a model's instance of it would take longer than finding it."""

    pk: int
    arn: str
    dataset_type: str
    group_id: int
    schema_text: str
    status: str


def find_dataset(caller: Caller, arn: str) -> FoundDataset | None:
    """Return the caller's dataset of an ARN with the status that it has at this moment, or None."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_DATASET, [arn, caller.account, caller.region])
        row = cursor.fetchone()
    if row is None:
        return None
    key, arn, dataset_type, group_id, schema_text, settled_status, changing_since, settles_at = row
    now, until = timezone.now(), _aware(settles_at)
    if stages.is_gone_at(now, settled_status, until):
        return None
    status = stages.status_at(now, settled_status, _aware(changing_since), until)
    return FoundDataset(key, arn, dataset_type, group_id, schema_text, status)


def _aware(moment: datetime | None) -> datetime | None:
    """Return a moment with its time zone, which SQLite does not keep."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def put(dataset_id: int, texts_by_id: Iterable[tuple[str, str]], now: datetime) -> None:
    """Store the properties of records, as texts by id, each in place of the one with its id: all, or none.

    Raise IntegrityError if there is no such dataset. The ids must differ, and are stored in their order, so that two
    calls with the same ones cannot wait for each other.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    write_records(dataset_id, [(dataset_id, id_, text, moment, moment) for id_, text in sorted(texts_by_id)])
