"""The calls about jobs. Each raises PersonalizeError with what went wrong, as a person reads it.

Jobs are dataset import jobs, dataset export jobs, and the data deletion jobs of a dataset group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, cast

from console.local.api import JobWarnings
from console.personalize.asking import asks, whole
from console.personalize.connections.clients import client
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize.literals import ImportModeType, IngestionModeType
    from mypy_boto3_personalize.type_defs import S3DataConfigTypeDef, TagTypeDef

# The keys of a job's tags, with their values.
type Tags = Mapping[str, str]

S3 = "s3://"


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: its `name` as addresses and pages have it, and its type in a table of jobs of all kinds."""

    name: str
    words: str

    @property
    def is_of_group(self) -> bool:
        """Whether its jobs are a dataset group's, and not a dataset's."""
        return self is DELETION

    @property
    def noun(self) -> str:
        """What one job of the kind is called: dataset import job."""
        return self.name.replace("_", " ")

    @property
    def nouns(self) -> str:
        """What several are called: dataset import jobs."""
        return f"{self.noun}s"

    @property
    def in_arn(self) -> str:
        """What stands before a job's name in its ARN: dataset-import-job."""
        return self.name.replace("_", "-")


IMPORT = JobKind("dataset_import_job", "Import")
EXPORT = JobKind("dataset_export_job", "Export")
DELETION = JobKind("data_deletion_job", "Data deletion")


@dataclass(frozen=True, slots=True)
class Job:
    """A job as a list has it; `failure_reason` is "" of one that has not failed, and `mode` is an import's.

    `warnings` are those that the local service has of an import.
    """

    kind: JobKind
    name: str
    status: str
    created_at: datetime | None
    updated_at: datetime | None
    failure_reason: str = ""
    mode: str = ""
    warnings: JobWarnings | None = None


@dataclass(frozen=True, slots=True)
class DescribedJob(Job):
    """A job in full: its ARN, that of its dataset or dataset group as `of`, and the address in S3 of its files.

    Of an import, `publishes_metrics` is None where AWS does not say it; of a data deletion, `deleted` is how many
    records it has deleted, None before it is COMPLETED. What a job of its kind has not is "".
    """

    arn: str = ""
    of: str = ""
    location: str = ""
    role_arn: str = ""
    kms_key_arn: str = ""
    publishes_metrics: bool | None = None
    deleted: int | None = None


@dataclass(slots=True)
class NewJob:
    """What a job is created of; `mode` is an import's importMode, or an export's ingestionMode."""

    name: str
    location: str
    role_arn: str
    mode: str = ""
    kms_key_arn: str = ""
    publishes_metrics: bool = False
    tags: Tags = field(default_factory=dict)


@asks("ListDatasetImportJobs")
def list_import_jobs(environment: Environment, dataset_arn: str, most: int = 0) -> list[Job]:
    """Return the import jobs of a dataset: all of the first 100, and more of them up to `most`, or a few beyond."""
    ask = client(environment, "personalize").list_dataset_import_jobs
    return _listed(IMPORT, ask, "datasetImportJobs", most, datasetArn=dataset_arn)


@asks("ListDatasetExportJobs")
def list_export_jobs(environment: Environment, dataset_arn: str, most: int = 0) -> list[Job]:
    """Return the export jobs of a dataset, as `list_import_jobs` does."""
    ask = client(environment, "personalize").list_dataset_export_jobs
    return _listed(EXPORT, ask, "datasetExportJobs", most, datasetArn=dataset_arn)


@asks("ListDataDeletionJobs")
def list_deletion_jobs(environment: Environment, group_arn: str, most: int = 0) -> list[Job]:
    """Return the data deletion jobs of a dataset group, as `list_import_jobs` does."""
    ask = client(environment, "personalize").list_data_deletion_jobs
    return _listed(DELETION, ask, "dataDeletionJobs", most, datasetGroupArn=group_arn)


@asks("DescribeDatasetImportJob")
def describe_import_job(environment: Environment, arn: str) -> DescribedJob:
    """Return the import job of an ARN."""
    job = client(environment, "personalize").describe_dataset_import_job(datasetImportJobArn=arn)["datasetImportJob"]
    return DescribedJob(
        **_members(IMPORT, job),
        arn=job["datasetImportJobArn"],
        of=job["datasetArn"],
        location=job.get("dataSource", {}).get("dataLocation", ""),
        role_arn=job.get("roleArn", ""),
        publishes_metrics=job.get("publishAttributionMetricsToS3"),
    )


@asks("DescribeDatasetExportJob")
def describe_export_job(environment: Environment, arn: str) -> DescribedJob:
    """Return the export job of an ARN."""
    job = client(environment, "personalize").describe_dataset_export_job(datasetExportJobArn=arn)["datasetExportJob"]
    output = job.get("jobOutput", {}).get("s3DataDestination", {})
    return DescribedJob(
        **_members(EXPORT, job),
        arn=job["datasetExportJobArn"],
        of=job["datasetArn"],
        location=output.get("path", ""),
        role_arn=job.get("roleArn", ""),
        kms_key_arn=output.get("kmsKeyArn", ""),
    )


@asks("DescribeDataDeletionJob")
def describe_deletion_job(environment: Environment, arn: str) -> DescribedJob:
    """Return the data deletion job of an ARN."""
    job = client(environment, "personalize").describe_data_deletion_job(dataDeletionJobArn=arn)["dataDeletionJob"]
    return DescribedJob(
        **_members(DELETION, job),
        arn=job["dataDeletionJobArn"],
        of=job["datasetGroupArn"],
        location=job.get("dataSource", {}).get("dataLocation", ""),
        role_arn=job.get("roleArn", ""),
        deleted=job.get("numDeleted"),
    )


@asks("CreateDatasetImportJob")
def create_import_job(environment: Environment, dataset_arn: str, new: NewJob) -> None:
    """Create a job that imports records from S3 into a dataset."""
    client(environment, "personalize").create_dataset_import_job(
        jobName=new.name,
        datasetArn=dataset_arn,
        dataSource={"dataLocation": new.location},
        roleArn=new.role_arn,
        importMode=cast("ImportModeType", new.mode),
        publishAttributionMetricsToS3=new.publishes_metrics,
        **_tags(new),
    )


@asks("CreateDatasetExportJob")
def create_export_job(environment: Environment, dataset_arn: str, new: NewJob) -> None:
    """Create a job that exports the records of a dataset to S3."""
    output: S3DataConfigTypeDef = {"path": new.location}
    if new.kms_key_arn:
        output["kmsKeyArn"] = new.kms_key_arn
    client(environment, "personalize").create_dataset_export_job(
        jobName=new.name,
        datasetArn=dataset_arn,
        ingestionMode=cast("IngestionModeType", new.mode),
        roleArn=new.role_arn,
        jobOutput={"s3DataDestination": output},
        **_tags(new),
    )


@asks("CreateDataDeletionJob")
def create_deletion_job(environment: Environment, group_arn: str, new: NewJob) -> None:
    """Create a job that deletes the data of the users whose ids are in a file of S3."""
    client(environment, "personalize").create_data_deletion_job(
        jobName=new.name,
        datasetGroupArn=group_arn,
        dataSource={"dataLocation": new.location},
        roleArn=new.role_arn,
        **_tags(new),
    )


@asks("PutObject", "s3")
def put_object(environment: Environment, address: str, content: bytes) -> None:
    """Write a CSV file to an address in S3, in place of the one that is there."""
    bucket, _slash, key = address.removeprefix(S3).partition("/")
    client(environment, "s3").put_object(
        Bucket=bucket, Key=key, Body=content, ContentType="text/csv; charset=utf-8", ContentLength=len(content)
    )


LISTS: Mapping[JobKind, Callable[[Environment, str, int], list[Job]]] = {
    IMPORT: list_import_jobs,
    EXPORT: list_export_jobs,
    DELETION: list_deletion_jobs,
}
DESCRIPTIONS: Mapping[JobKind, Callable[[Environment, str], DescribedJob]] = {
    IMPORT: describe_import_job,
    EXPORT: describe_export_job,
    DELETION: describe_deletion_job,
}
CREATIONS: Mapping[JobKind, Callable[[Environment, str, NewJob], None]] = {
    IMPORT: create_import_job,
    EXPORT: create_export_job,
    DELETION: create_deletion_job,
}


def _listed(kind: JobKind, ask: Callable[..., Any], member: str, most: int, **names: str) -> list[Job]:
    jobs: list[Job] = []
    while True:
        page = ask(**names)
        jobs += [Job(**_members(kind, summary)) for summary in page[member]]
        if not page.get("nextToken") or len(jobs) > most:
            return jobs
        names["nextToken"] = page["nextToken"]


def _members(kind: JobKind, job: Any) -> dict[str, Any]:
    """Return what summaries and descriptions have alike; raise KeyError without a name and a status."""
    whole(job, "jobName", "status")
    return {
        "kind": kind,
        "name": job["jobName"],
        "status": job["status"],
        "created_at": job.get("creationDateTime"),
        "updated_at": job.get("lastUpdatedDateTime"),
        "failure_reason": job.get("failureReason", "") if job["status"].endswith("FAILED") else "",
        "mode": job.get("importMode") or job.get("ingestionMode") or "",
    }


class _Tags(TypedDict, total=False):
    tags: "list[TagTypeDef]"


def _tags(new: NewJob) -> _Tags:
    """Return tags as a parameter of a call, which none is left out of."""
    return {"tags": [{"tagKey": key, "tagValue": value} for key, value in new.tags.items()]} if new.tags else {}
