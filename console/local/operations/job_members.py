"""Jobs as the API describes them."""

from datetime import datetime
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from console.local import stages
from console.local.models import Job
from console.local.operations.resources import NextToken

if TYPE_CHECKING:
    from mypy_boto3_personalize.literals import ImportModeType, IngestionModeType
    from mypy_boto3_personalize.type_defs import (
        DataDeletionJobSummaryTypeDef,
        DataDeletionJobTypeDef,
        DatasetExportJobSummaryTypeDef,
        DatasetExportJobTypeDef,
        DatasetImportJobSummaryTypeDef,
        DatasetImportJobTypeDef,
        S3DataConfigTypeDef,
    )


class ImportJobsPage(NextToken):
    """The response of ListDatasetImportJobs: jobs in short, newest first."""

    datasetImportJobs: "list[DatasetImportJobSummaryTypeDef]"


class ExportJobsPage(NextToken):
    """The response of ListDatasetExportJobs: jobs in short, newest first."""

    datasetExportJobs: "list[DatasetExportJobSummaryTypeDef]"


class DeletionJobsPage(NextToken):
    """The response of ListDataDeletionJobs: jobs in short, newest first."""

    dataDeletionJobs: "list[DataDeletionJobSummaryTypeDef]"


class _Members(TypedDict):
    """The members that lists have of a job of any kind."""

    jobName: str
    status: str
    creationDateTime: datetime
    lastUpdatedDateTime: datetime
    failureReason: NotRequired[str]


def _members(job: Job) -> _Members:
    members: _Members = {
        "jobName": job.name,
        "status": job.status,
        "creationDateTime": job.created_at,
        "lastUpdatedDateTime": job.last_updated_at,
    }
    if job.shown_outcome == stages.CREATE_FAILED:
        members["failureReason"] = job.failure_reason
    return members


def import_job_summary(job: Job) -> "DatasetImportJobSummaryTypeDef":
    """Return a dataset import job as lists have it: API reference, DatasetImportJobSummary."""
    return {**_members(job), "datasetImportJobArn": job.arn, "importMode": cast("ImportModeType", job.mode)}


def import_job(job: Job) -> "DatasetImportJobTypeDef":
    """Return a dataset import job in full: API reference, DatasetImportJob."""
    described = cast("DatasetImportJobTypeDef", import_job_summary(job))
    described["datasetArn"] = _dataset_arn(job)
    described["dataSource"] = {"dataLocation": job.location}
    if job.role_arn:
        described["roleArn"] = job.role_arn
    if job.publishes_metrics is not None:
        described["publishAttributionMetricsToS3"] = job.publishes_metrics
    return described


def export_job_summary(job: Job) -> "DatasetExportJobSummaryTypeDef":
    """Return a dataset export job as lists have it: API reference, DatasetExportJobSummary."""
    return {**_members(job), "datasetExportJobArn": job.arn}


def export_job(job: Job) -> "DatasetExportJobTypeDef":
    """Return a dataset export job in full: API reference, DatasetExportJob."""
    destination: S3DataConfigTypeDef = {"path": job.location}
    if job.kms_key_arn:
        destination["kmsKeyArn"] = job.kms_key_arn
    return {
        **export_job_summary(job),
        "datasetArn": _dataset_arn(job),
        "roleArn": job.role_arn,
        "ingestionMode": cast("IngestionModeType", job.mode),
        "jobOutput": {"s3DataDestination": destination},
    }


def deletion_job_summary(job: Job) -> "DataDeletionJobSummaryTypeDef":
    """Return a data deletion job as lists have it: API reference, DataDeletionJobSummary."""
    return {**_members(job), "dataDeletionJobArn": job.arn, "datasetGroupArn": job.group.arn}


def deletion_job(job: Job) -> "DataDeletionJobTypeDef":
    """Return a data deletion job in full: API reference, DataDeletionJob."""
    described = cast("DataDeletionJobTypeDef", deletion_job_summary(job))
    described["roleArn"] = job.role_arn
    described["dataSource"] = {"dataLocation": job.location}
    if job.shown_outcome == stages.ACTIVE:
        described["numDeleted"] = job.num_deleted
    return described


def _dataset_arn(job: Job) -> str:
    """Return the ARN of the dataset that an import or export job has."""
    assert job.dataset is not None
    return job.dataset.arn
