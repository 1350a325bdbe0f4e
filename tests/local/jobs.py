"""What tests of jobs share: files of buckets, jobs that are run in this process, and what became of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from console.local.jobs.running import run_due_jobs
from console.local.models import StoredUser
from tests.local.shop import DATASET_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

ROLE = "arn:aws:iam::000000000000:role/personalize"


def put_object(key: str, content: str | bytes) -> Path:
    """Write a file of the bucket `bucket`."""
    path = Path(settings.CONSOLE_DATA_DIR, "s3", "bucket", key)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def import_job(client: "PersonalizeClient", name: str, location: str, **parameters: Any) -> dict[str, Any]:
    """Create an import job of the shop's users, run what is due, and return the job as it is described then."""
    source = {"dataLocation": location}
    whole: Any = {"jobName": name, "datasetArn": DATASET_ARN, "dataSource": source, "roleArn": ROLE, **parameters}
    arn = client.create_dataset_import_job(**whole)["datasetImportJobArn"]
    run_due_jobs()
    found: Any = client.describe_dataset_import_job(datasetImportJobArn=arn)["datasetImportJob"]
    return dict(found)


def export_job(client: "PersonalizeClient", name: str, path: str, **parameters: Any) -> dict[str, Any]:
    """Create an export job of the shop's users, run what is due, and return the job as it is described then."""
    output = {"s3DataDestination": {"path": path}}
    whole: Any = {"jobName": name, "datasetArn": DATASET_ARN, "jobOutput": output, "roleArn": ROLE, **parameters}
    arn = client.create_dataset_export_job(**whole)["datasetExportJobArn"]
    run_due_jobs()
    found: Any = client.describe_dataset_export_job(datasetExportJobArn=arn)["datasetExportJob"]
    return dict(found)


def outcome(job: dict[str, Any]) -> tuple[str, str]:
    """Return a job's status and failureReason."""
    return job["status"], job.get("failureReason", "")


def stored() -> dict[str, str]:
    """Return the properties of all users by their ids."""
    return dict(StoredUser.objects.values_list("user_id", "properties"))


def came_in_bulk() -> set[str]:
    """Return the ids of the users that an import job brought."""
    return set(StoredUser.objects.filter(import_job__isnull=False).values_list("user_id", flat=True))
