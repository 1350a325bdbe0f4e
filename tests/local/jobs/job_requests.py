"""What tests of jobs share: files of buckets, jobs that are run in this process, and what became of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from django.conf import settings

from console.local.jobs.running import QUEUE
from console.local.models import StoredRecord
from console.work.leases import Stopping, never
from tests.local.shop import DATASET_ARN, GROUP_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

ROLE = "arn:aws:iam::000000000000:role/personalize"


def run_due_jobs(stopping: Stopping = never) -> int:
    """Run the jobs that are due, one after another, as the worker does, and return how many there were."""
    number = 0
    while not stopping() and QUEUE.step(stopping) == 0:
        number += 1
    return number


def put_object(key: str, content: str | bytes) -> Path:
    """Write a file of the bucket `bucket`."""
    path = Path(settings.CONSOLE_DATA_DIR, "s3", "bucket", key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def import_job(client: "PersonalizeClient", name: str, location: str, **parameters: Any) -> dict[str, Any]:
    """Create an import job of the shop's users, run what is due, and return the job as it is described then."""
    source = {"dataLocation": location}
    return _run(client, "DatasetImportJob", name, {"datasetArn": DATASET_ARN, "dataSource": source, **parameters})


def export_job(client: "PersonalizeClient", name: str, path: str, **parameters: Any) -> dict[str, Any]:
    """Create an export job of the shop's users, run what is due, and return the job as it is described then."""
    output = {"s3DataDestination": {"path": path}}
    return _run(client, "DatasetExportJob", name, {"datasetArn": DATASET_ARN, "jobOutput": output, **parameters})


def deletion_job(client: "PersonalizeClient", name: str, location: str, **parameters: Any) -> dict[str, Any]:
    """Create a data deletion job of the shop, run what is due, and return the job as it is described then."""
    source = {"dataLocation": location}
    return _run(client, "DataDeletionJob", name, {"datasetGroupArn": GROUP_ARN, "dataSource": source, **parameters})


def _run(client: "PersonalizeClient", kind: str, name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    create, describe = (getattr(client, xform_name(f"{verb}{kind}")) for verb in ("Create", "Describe"))
    member = kind[0].lower() + kind[1:]
    arn = create(jobName=name, roleArn=ROLE, **parameters)[f"{member}Arn"]
    run_due_jobs()
    return dict(describe(**{f"{member}Arn": arn})[member])


def outcome(job: dict[str, Any]) -> tuple[str, str]:
    """Return a job's status and failureReason."""
    return job["status"], job.get("failureReason", "")


def stored() -> dict[str, str]:
    """Return the properties of all users by their ids."""
    return dict(StoredRecord.objects.values_list("record_id", "properties"))


def came_in_bulk() -> set[str]:
    """Return the ids of the users that an import job brought."""
    return set(StoredRecord.objects.filter(import_job__isnull=False).values_list("record_id", flat=True))
