"""The jobs of the demo: imports, exports and deletions that have succeeded or failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.local import stages
from console.local.caller import Caller
from console.local.models import (
    DATA_DELETION_JOB,
    DATASET_EXPORT_JOB,
    DATASET_IMPORT_JOB,
    Dataset,
    DatasetGroup,
    Job,
)

BUCKET = "s3://demo-bucket"
ROLE = "arn:aws:iam::{}:role/demo-personalize"


@dataclass(frozen=True, slots=True)
class _Ended:
    """A job of a dataset group, or of one of its datasets, that ended some days before the demo was made.

    `location` follows the bucket, and `reason` is why it failed, "" if it did not.
    """

    kind: str
    name: str
    group: str
    dataset_type: str
    days: float
    location: str
    mode: str = ""
    reason: str = ""
    deleted: int = 0


MISSING = "There is no object {0}: the file would be {1} in the data directory."
ENDED = (
    _Ended(
        DATASET_IMPORT_JOB, "spring-catalogue", "online-shop", "ITEMS", 9.3, "spring/items.csv", "INCREMENTAL", MISSING
    ),
    _Ended(
        DATASET_IMPORT_JOB,
        "members-from-crm",
        "loyalty-programme",
        "USERS",
        4.2,
        "crm/members.csv",
        "INCREMENTAL",
        "members.csv, line 218, field AGE: Expected a whole number (int), or no value; found text.",
    ),
    _Ended(DATASET_EXPORT_JOB, "weekly-viewers", "video-streaming", "USERS", 7.1, "exports/viewers/", "ALL"),
    _Ended(DATASET_EXPORT_JOB, "purchases-of-the-week", "online-shop", "INTERACTIONS", 2.4, "exports/shop/", "PUT"),
    _Ended(
        DATASET_EXPORT_JOB,
        "members-for-finance",
        "loyalty-programme",
        "USERS",
        3.0,
        "exports/finance",
        "ALL",
        "{0} is a file. Expected a folder, or nothing of that name.",
    ),
    _Ended(DATA_DELETION_JOB, "erasure-requests", "video-streaming", "", 5.6, "erasure/may.csv", deleted=23),
    _Ended(DATA_DELETION_JOB, "erasure-requests-of-members", "loyalty-programme", "", 1.2, "erasure/", "", MISSING),
)


def first_import(caller: Caller, dataset: Dataset, at: datetime) -> Job:
    """Add and return the job that imported a dataset's first records at a given time."""
    folder = f"{dataset.group.name}/{dataset.dataset_type.lower()}.csv"
    name = f"first-{dataset.name}"
    return _add(caller, _Ended(DATASET_IMPORT_JOB, name, "", "", 0, f"first/{folder}", "FULL"), dataset, at)


def add_ended_jobs(caller: Caller, until: datetime) -> int:
    """Add the jobs that ended before a given time and whose dataset groups and datasets exist; return how many."""
    added = 0
    for each in ENDED:
        arn = caller.arn(f"dataset/{each.group}/{each.dataset_type}")
        dataset = Dataset.objects.select_related("group").filter(arn=arn).first()
        group = DatasetGroup.objects.get(arn=caller.arn(f"dataset-group/{each.group}"))
        _add(caller, each, dataset or group, until - timedelta(days=each.days))
        added += 1
    return added


def _add(caller: Caller, ended: _Ended, of: Dataset | DatasetGroup, at: datetime) -> Job:
    """Add a job of a dataset or dataset group, with its start time and duration in seconds."""
    location = f"{BUCKET}/{ended.location}"
    path = f"s3/{location.removeprefix('s3://')}"
    began, over = at + timedelta(seconds=2), at + timedelta(seconds=9)
    job = Job.objects.create(
        **caller.scope,
        arn=caller.arn(f"{ended.kind}/{ended.name}"),
        kind=ended.kind,
        name=ended.name,
        group=of if isinstance(of, DatasetGroup) else of.group,
        dataset=of if isinstance(of, Dataset) else None,
        location=location,
        mode=ended.mode,
        role_arn=ROLE.format(caller.account),
        outcome=stages.CREATE_FAILED if ended.reason else stages.ACTIVE,
        failure_reason=ended.reason.format(location, path),
        num_deleted=ended.deleted,
        starts_at=at,
        began_at=began,
        settles_at=over,
        attempts=1,
    )
    # Rows that are added have the moment of that.
    Job.objects.filter(pk=job.pk).update(created_at=at, updated_at=over)
    return job
