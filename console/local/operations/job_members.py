"""Jobs as the API describes them."""

from typing import Any

from console.local import stages
from console.local.models import DATA_DELETION_JOB, DATASET_EXPORT_JOB, DATASET_IMPORT_JOB, Job

ARN_NAMES = {
    DATASET_IMPORT_JOB: "datasetImportJobArn",
    DATASET_EXPORT_JOB: "datasetExportJobArn",
    DATA_DELETION_JOB: "dataDeletionJobArn",
}


def summary(job: Job) -> dict[str, Any]:
    """Return what a list has of a job."""
    members = {
        ARN_NAMES[job.kind]: job.arn,
        "jobName": job.name,
        "status": job.status,
        "creationDateTime": job.created_at,
        "lastUpdatedDateTime": job.last_updated_at,
    }
    if job.shown_outcome == stages.CREATE_FAILED:
        members["failureReason"] = job.failure_reason
    if job.kind == DATASET_IMPORT_JOB:
        members["importMode"] = job.mode
    if job.kind == DATA_DELETION_JOB:
        members["datasetGroupArn"] = job.group.arn
    return members


def whole(job: Job) -> dict[str, Any]:
    """Return what a description has of a job."""
    described = summary(job)
    if job.dataset is not None:
        described["datasetArn"] = job.dataset.arn
    if job.role_arn:
        described["roleArn"] = job.role_arn
    if job.kind == DATASET_EXPORT_JOB:
        key = {"kmsKeyArn": job.kms_key_arn} if job.kms_key_arn else {}
        described["ingestionMode"] = job.mode
        described["jobOutput"] = {"s3DataDestination": {"path": job.location} | key}
    else:
        described["dataSource"] = {"dataLocation": job.location}
    if job.publishes_metrics is not None:
        described["publishAttributionMetricsToS3"] = job.publishes_metrics
    if job.kind == DATA_DELETION_JOB and job.shown_outcome == stages.ACTIVE:
        described["numDeleted"] = job.num_deleted
    return described
