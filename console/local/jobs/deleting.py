"""Data deletion jobs, which remove the users listed in a CSV from the datasets of a dataset group.

These are its Users dataset, and the users' events in its datasets of interactions: all that is removed is counted.
Events of nobody known stay. The input is a file, or a folder with its sub folders ("Deleting users", developer guide),
and may have other columns beside USER_ID, such as those of an export. Ids that nobody has are passed over. The service
removes references in models too, of which there are none here.
"""

from collections.abc import Iterator
from itertools import batched

from django.db.models import QuerySet

from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import InputFile, csv_files, read_location, size_of
from console.local.jobs.rows import ROWS_IN_A_BATCH, validated_rows
from console.local.models import Dataset, Job, StoredEvent, StoredRecord, gone
from console.local.storage.removing import remove_in_order
from console.local.telling import USERS_DELETED, tell
from console.records.entities import ENTITIES, USERS
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.work.leases import Lease

# "Amazon Personalize endpoints and quotas" (developer guide): the size of a data deletion job's input in all.
MOST_MEGABYTES = 100
IDS_ALONE = Schema(
    "Users", (Field(USERS.id_field, ("string",), nullable=False, categorical=False, is_id=True),), USERS
)


def run(lease: Lease[Job]) -> None:
    """Remove the users in the job's input and their events, and store the counts in its row; raise JobFailure."""
    files = _files(lease.row)
    present = lease.row.group.datasets.exclude(gone())
    of_users = present.filter(dataset_type=USERS.dataset_type)
    users = StoredRecord.objects.filter(dataset__in=of_users)
    of_events = [dataset for dataset in present if ENTITIES[dataset.dataset_type].is_event]
    arns = [dataset.arn for dataset in (*of_users, *of_events)]
    with validated_rows(lease, IDS_ALONE, files, others_ignored=True) as rows:
        for batch in batched(rows, ROWS_IN_A_BATCH):
            user_ids = {user_id for user_id, _properties in batch}
            with lease.writing():
                listed = users.filter(record_id__in=user_ids)
                number = remove_in_order(listed)
                for arn in arns:
                    tell(arn, USERS_DELETED, user_ids)
                # With the removal or not at all, so that a second attempt goes on counting where the first ended.
                lease.count(num_deleted=number)
            for dataset in of_events:
                _remove_events(lease, dataset, user_ids)


def _remove_events(lease: Lease[Job], dataset: Dataset, user_ids: set[str]) -> None:
    """Remove the events of some users, in batches: a user may have any number, and most have few."""
    events = StoredEvent.objects.filter(dataset=dataset)
    for keys in batched(_keys(events, user_ids), ROWS_IN_A_BATCH):
        with lease.writing():
            lease.count(num_deleted=remove_in_order(events.filter(pk__in=keys)))


def _keys(events: QuerySet[StoredEvent], user_ids: set[str]) -> Iterator[int]:
    """Yield the keys of the events of some users, from an index that has them in order for each user."""
    for user_id in events.filter(user_id__in=user_ids).values_list("user_id", flat=True).distinct():
        keys = events.filter(user_id=user_id).order_by("pk").values_list("pk", flat=True)
        after = 0
        while page := list(keys.filter(pk__gt=after)[:ROWS_IN_A_BATCH]):
            yield from page
            after = page[-1]


def _files(job: Job) -> list[InputFile]:
    """Return the files of a job's input; raise JobFailure if their total size is too large."""
    location = read_location(job.location)
    files = csv_files(location, sub_folders=True)
    size = size_of(files, location)
    if size > MOST_MEGABYTES * 1024 * 1024:
        raise JobFailure(f"The input of a data deletion job may have {MOST_MEGABYTES} MB in all; found {size} bytes.")
    return files
