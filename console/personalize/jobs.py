"""The jobs of a dataset: imports, exports, and the data deletions of its group, as AWS lists them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from console.local.api import JobWarnings, import_warnings
from console.personalize.calls import asks, whole
from console.personalize.connections.clients import client
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import Failure, PersonalizeError
from console.records.entities import USERS, Entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mypy_boto3_personalize.type_defs import (
        DataDeletionJobSummaryTypeDef,
        DatasetExportJobSummaryTypeDef,
        DatasetImportJobSummaryTypeDef,
    )

    type Summary = DatasetImportJobSummaryTypeDef | DatasetExportJobSummaryTypeDef | DataDeletionJobSummaryTypeDef

# A page of a dataset has much to show without its jobs.
SECONDS_BESIDE = 3.0
MOST_SHOWN = 10
IMPORT, EXPORT, DELETION = "Import", "Export", "Data deletion"
OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """A job: its kind in words, and what AWS says of it; `failure_reason` is "" of one that has not failed.

    `warnings` are those that the local service has of an import.
    """

    kind: str
    name: str
    status: str
    created_at: datetime | None
    failure_reason: str
    warnings: JobWarnings | None = None


@dataclass(frozen=True, slots=True)
class Jobs:
    """The newest jobs of a dataset, at most MOST_SHOWN, and whether there are more; `failure` is why some lack."""

    newest: tuple[Job, ...] = ()
    has_more: bool = False
    failure: Failure | None = None


def load_jobs(environment: Environment, entity: Entity, dataset_arn: str, group_arn: str) -> Jobs:
    """Return the jobs of a dataset, as far as AWS lists them within SECONDS_BESIDE.

    A data deletion job is one of the dataset group: it is of those datasets that have users in them.
    """
    jobs: list[Job] = []
    failure = None
    try:
        with for_seconds(SECONDS_BESIDE):
            jobs += _jobs(IMPORT, list_import_jobs(environment, dataset_arn))
            jobs += _jobs(EXPORT, list_export_jobs(environment, dataset_arn))
            if entity.id_field == USERS.id_field:
                jobs += _jobs(DELETION, list_deletion_jobs(environment, group_arn))
    except PersonalizeError as error:
        failure = error.failure
    jobs.sort(key=lambda each: each.created_at or OLDEST, reverse=True)
    newest = tuple(jobs[:MOST_SHOWN])
    return Jobs(
        _with_warnings(dataset_arn, newest) if environment.is_local else newest, len(jobs) > MOST_SHOWN, failure
    )


def _with_warnings(dataset_arn: str, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    found = import_warnings(dataset_arn, [job.name for job in jobs if job.kind == IMPORT])
    return tuple(replace(job, warnings=found.get(job.name)) if job.kind == IMPORT else job for job in jobs)


@asks("ListDatasetImportJobs")
def list_import_jobs(environment: Environment, dataset_arn: str) -> "Sequence[Summary]":
    """Return the import jobs of a dataset, up to 100 of them."""
    return client(environment, "personalize").list_dataset_import_jobs(datasetArn=dataset_arn)["datasetImportJobs"]


@asks("ListDatasetExportJobs")
def list_export_jobs(environment: Environment, dataset_arn: str) -> "Sequence[Summary]":
    """Return the export jobs of a dataset, up to 100 of them."""
    return client(environment, "personalize").list_dataset_export_jobs(datasetArn=dataset_arn)["datasetExportJobs"]


@asks("ListDataDeletionJobs")
def list_deletion_jobs(environment: Environment, group_arn: str) -> "Sequence[Summary]":
    """Return the data deletion jobs of a dataset group, up to 100 of them."""
    return client(environment, "personalize").list_data_deletion_jobs(datasetGroupArn=group_arn)["dataDeletionJobs"]


def _jobs(kind: str, summaries: "Sequence[Summary]") -> list[Job]:
    return [
        Job(kind, each["jobName"], each["status"], each.get("creationDateTime"), each.get("failureReason", ""))
        for each in (whole(summary, "jobName", "status") for summary in summaries)
    ]
