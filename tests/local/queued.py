"""What tests of background work share: import jobs that are not run by themselves, and what the worker removes."""

from typing import TYPE_CHECKING, Any

from console.local.jobs.running import QUEUE
from console.local.models import Job
from console.local.storage.removing import remove_deleted
from console.work.leases import Lease, never
from tests.local.jobs.job_requests import outcome
from tests.local.shop import DATASET_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def create(client: "PersonalizeClient", name: str = "first", **parameters: Any) -> str:
    """Create an import job of `users.csv`, and return its ARN."""
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    answer = client.create_dataset_import_job(
        **{"jobName": name, "datasetArn": DATASET_ARN, "dataSource": source, **parameters}
    )
    return answer["datasetImportJobArn"]


def status(client: "PersonalizeClient", name: str = "first") -> tuple[str, str]:
    """Return the status and failureReason of the import job of a name."""
    arn = Job.objects.get(name=name).arn
    found: Any = client.describe_dataset_import_job(datasetImportJobArn=arn)["datasetImportJob"]
    return outcome(found)


def take() -> Lease[Job] | None:
    """Take the job that is due, if there is one."""
    return QUEUE.take(never)


def taken() -> Lease[Job]:
    """Take the job that is due."""
    lease = take()
    assert lease is not None
    return lease


def remove_all() -> None:
    """Remove what is gone, as the worker does, until nothing of it is left."""
    assert remove_deleted(never, 60) == float("inf")
