"""Jobs: dataset imports, dataset exports and data deletions; created here, and run by `console.local.jobs`."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.errors import ServiceError, invalid_input, limit_exceeded
from console.local.jobs.importing import FULL, INCREMENTAL
from console.local.jobs.locations import LocationError, read_location
from console.local.models import (
    DATA_DELETION_JOB,
    DATASET_EXPORT_JOB,
    DATASET_IMPORT_JOB,
    Dataset,
    DatasetGroup,
    Job,
    unsettled_jobs,
)
from console.local.operations import dataset_groups, datasets
from console.local.operations.job_members import (
    DeletionJobsPage,
    ExportJobsPage,
    ImportJobsPage,
    deletion_job,
    deletion_job_summary,
    export_job,
    export_job_summary,
    import_job,
    import_job_summary,
)
from console.local.operations.resources import NextToken, PageRequest, check_active, make, page
from console.local.operations.resources import find as find_resource
from console.local.operations.tags import read_tags
from console.local.storage.one_writer import one_writer
from console.local.storage.resource_rows import NOW, Rows, not_gone
from console.records.entities import ENTITIES
from console.work.waking import wake_worker

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import (
        CreateDataDeletionJobRequestTypeDef,
        CreateDatasetExportJobRequestTypeDef,
        CreateDatasetImportJobRequestTypeDef,
        DataDeletionJobTypeDef,
        DatasetExportJobTypeDef,
        DatasetImportJobTypeDef,
        DescribeDataDeletionJobRequestTypeDef,
        DescribeDatasetExportJobRequestTypeDef,
        DescribeDatasetImportJobRequestTypeDef,
        ListDataDeletionJobsRequestTypeDef,
        ListDatasetExportJobsRequestTypeDef,
        ListDatasetImportJobsRequestTypeDef,
    )

MOST_UNSETTLED = 5
EXPORTED_TYPES = tuple(sorted(entity.dataset_type for entity in ENTITIES.values() if entity.is_exported))
PUT = "PUT"
ROWS = Rows(Job, ("group", "dataset"))
SHOWN = ROWS.where(f"(own.dataset_id IS NULL OR {not_gone('own_dataset')})", NOW).where(not_gone("own_group"), NOW)
OF_KIND = "own.kind = %s"


@one_writer()
def create_import(caller: Caller, parameters: "CreateDatasetImportJobRequestTypeDef") -> dict[str, str]:
    """Create a job that imports records from S3, and return its ARN: API reference, CreateDatasetImportJob.

    Raise ResourceNotFoundException for the dataset, ResourceInUseException while it is not ACTIVE,
    LimitExceededException while MOST_UNSETTLED import jobs have not ended, ResourceAlreadyExistsException for a name
    that another import job has, and TooManyTagsException. Raise InvalidInputException for a location that is no S3
    address, an INCREMENTAL import before any FULL one, and tags that are not valid.
    """
    dataset = datasets.find(caller, parameters["datasetArn"])
    check_active(dataset, datasets.KIND)
    location = _location(parameters["dataSource"].get("dataLocation", ""))
    _check_unsettled(caller, DATASET_IMPORT_JOB)
    mode = parameters.get("importMode", FULL)
    if mode == INCREMENTAL:
        _check_imported(dataset)
    arn = _make(
        DATASET_IMPORT_JOB,
        caller,
        parameters["jobName"],
        group=dataset.group,
        dataset=dataset,
        location=location,
        mode=mode,
        role_arn=parameters.get("roleArn", ""),
        publishes_metrics=parameters.get("publishAttributionMetricsToS3"),
        tags=read_tags(parameters.get("tags", ())),
    )
    return {"datasetImportJobArn": arn}


@one_writer()
def create_export(caller: Caller, parameters: "CreateDatasetExportJobRequestTypeDef") -> dict[str, str]:
    """Create a job that exports a dataset's records to S3, and return its ARN: API reference, CreateDatasetExportJob.

    Without `ingestionMode`, records that were put individually are exported (PUT). Raise ResourceNotFoundException for
    the dataset, ResourceInUseException while it is not ACTIVE, ResourceAlreadyExistsException for a name that another
    export job has, and TooManyTagsException. Raise InvalidInputException for a dataset that is not exported, an
    location that is no S3 address, and tags that are not valid.
    """
    dataset = datasets.find(caller, parameters["datasetArn"])
    _check_exported(dataset.dataset_type)
    check_active(dataset, datasets.KIND)
    destination = parameters["jobOutput"]["s3DataDestination"]
    arn = _make(
        DATASET_EXPORT_JOB,
        caller,
        parameters["jobName"],
        group=dataset.group,
        dataset=dataset,
        location=_location(destination["path"]),
        mode=parameters.get("ingestionMode", PUT),
        role_arn=parameters["roleArn"],
        kms_key_arn=destination.get("kmsKeyArn", ""),
        tags=read_tags(parameters.get("tags", ())),
    )
    return {"datasetExportJobArn": arn}


@one_writer()
def create_deletion(caller: Caller, parameters: "CreateDataDeletionJobRequestTypeDef") -> dict[str, str]:
    """Create a job that deletes the data of users, and return its ARN: API reference, CreateDataDeletionJob.

    Raise ResourceNotFoundException for the dataset group, ResourceInUseException while it is not ACTIVE,
    LimitExceededException while MOST_UNSETTLED deletion jobs of the group have not ended,
    ResourceAlreadyExistsException for a name that another deletion job has, and TooManyTagsException. Raise
    InvalidInputException for a location that is no S3 address, and tags that are not valid.
    """
    group = dataset_groups.find(caller, parameters["datasetGroupArn"])
    check_active(group, dataset_groups.KIND)
    location = _location(parameters["dataSource"].get("dataLocation", ""))
    # "Up to 5 deletion jobs for a dataset group" (developer guide, "Deleting users").
    _check_unsettled(caller, DATA_DELETION_JOB, group)
    arn = _make(
        DATA_DELETION_JOB,
        caller,
        parameters["jobName"],
        group=group,
        location=location,
        role_arn=parameters["roleArn"],
        tags=read_tags(parameters.get("tags", ())),
    )
    return {"dataDeletionJobArn": arn}


def describe_import(
    caller: Caller, parameters: "DescribeDatasetImportJobRequestTypeDef"
) -> "dict[str, DatasetImportJobTypeDef]":
    """Return a dataset import job (API reference, DescribeDatasetImportJob); raise ResourceNotFoundException."""
    return {"datasetImportJob": import_job(_find(DATASET_IMPORT_JOB, caller, parameters["datasetImportJobArn"]))}


def describe_export(
    caller: Caller, parameters: "DescribeDatasetExportJobRequestTypeDef"
) -> "dict[str, DatasetExportJobTypeDef]":
    """Return a dataset export job (API reference, DescribeDatasetExportJob); raise ResourceNotFoundException."""
    return {"datasetExportJob": export_job(_find(DATASET_EXPORT_JOB, caller, parameters["datasetExportJobArn"]))}


def describe_deletion(
    caller: Caller, parameters: "DescribeDataDeletionJobRequestTypeDef"
) -> "dict[str, DataDeletionJobTypeDef]":
    """Return a data deletion job (API reference, DescribeDataDeletionJob); raise ResourceNotFoundException."""
    return {"dataDeletionJob": deletion_job(_find(DATA_DELETION_JOB, caller, parameters["dataDeletionJobArn"]))}


def list_imports(caller: Caller, parameters: "ListDatasetImportJobsRequestTypeDef") -> ImportJobsPage:
    """Return a page of the caller's import jobs, or of those of one dataset: API reference, ListDatasetImportJobs.

    Raise InvalidInputException for a dataset that does not exist, and InvalidNextTokenException.
    """
    jobs, next_token = _page(DATASET_IMPORT_JOB, caller, parameters, dataset_arn=parameters.get("datasetArn"))
    return {"datasetImportJobs": [import_job_summary(job) for job in jobs], **next_token}


def list_exports(caller: Caller, parameters: "ListDatasetExportJobsRequestTypeDef") -> ExportJobsPage:
    """Return a page of the caller's export jobs, or of those of one dataset: API reference, ListDatasetExportJobs.

    Raise InvalidInputException for a dataset that does not exist, and InvalidNextTokenException.
    """
    jobs, next_token = _page(DATASET_EXPORT_JOB, caller, parameters, dataset_arn=parameters.get("datasetArn"))
    return {"datasetExportJobs": [export_job_summary(job) for job in jobs], **next_token}


def list_deletions(caller: Caller, parameters: "ListDataDeletionJobsRequestTypeDef") -> DeletionJobsPage:
    """Return a page of the caller's deletion jobs, or of those of one group: API reference, ListDataDeletionJobs.

    Raise InvalidInputException for a dataset group that does not exist, and InvalidNextTokenException.
    """
    jobs, next_token = _page(DATA_DELETION_JOB, caller, parameters, group_arn=parameters.get("datasetGroupArn"))
    return {"dataDeletionJobs": [deletion_job_summary(job) for job in jobs], **next_token}


def _find(kind: str, caller: Caller, arn: str) -> Job:
    return find_resource(ROWS.where(OF_KIND, kind), caller, arn, kind.replace("-", " "))


def _page(
    kind: str, caller: Caller, parameters: PageRequest, *, dataset_arn: str | None = None, group_arn: str | None = None
) -> tuple[list[Job], NextToken]:
    """Return a page of the jobs of a kind: all of the caller's, or those of a dataset or of a dataset group."""
    jobs = SHOWN.where(OF_KIND, kind)
    try:
        if dataset_arn is not None:
            jobs = jobs.where("own.dataset_id = %s", datasets.find(caller, dataset_arn).pk)
        elif group_arn is not None:
            jobs = jobs.where("own.group_id = %s", dataset_groups.find(caller, group_arn).pk)
    except ServiceError as error:
        # The service's model has no ResourceNotFoundException for these operations.
        raise invalid_input(error.message) from error
    return page(jobs, caller, parameters, f"{kind}s/{dataset_arn or group_arn or ''}")


def _make(kind: str, caller: Caller, name: str, **fields: Any) -> str:
    """Create a job, and return its ARN.

    It takes CONSOLE_LOCAL_CREATE_SECONDS at least, and begins after half of them.
    """
    now, seconds = timezone.now(), settings.CONSOLE_LOCAL_CREATE_SECONDS
    arn = caller.arn(f"{kind}/{name}")
    make(
        ROWS,
        caller,
        arn,
        kind=kind,
        name=name,
        starts_at=now + timedelta(seconds=seconds / 2),
        settles_at=now + timedelta(seconds=seconds),
        **fields,
    )
    transaction.on_commit(wake_worker)
    return arn


def _location(text: str) -> str:
    """Return an address in S3 unchanged; raise InvalidInputException if it cannot be an address of a file here."""
    try:
        return read_location(text).text
    except LocationError as error:
        # The first sentence is the service's own.
        raise invalid_input(f"Invalid Data location. {error}") from error


def _check_exported(dataset_type: str) -> None:
    """Raise InvalidInputException for a type of dataset that AWS does not export."""
    if dataset_type not in EXPORTED_TYPES:
        expected = " or ".join(EXPORTED_TYPES)
        raise invalid_input(
            f"Amazon Personalize does not export {dataset_type}; expected a dataset of the type {expected}."
        )


def _check_imported(dataset: Dataset) -> None:
    """Raise InvalidInputException if no import job of a dataset is ACTIVE: the first one is FULL.

    "Importing bulk data with a dataset import job" (developer guide) has the rule. No source says whether a job that
    is pending counts: here it does not, since it may fail.
    """
    jobs = Job.objects.filter(~unsettled_jobs(), kind=DATASET_IMPORT_JOB, dataset=dataset, outcome=stages.ACTIVE)
    if not jobs.exists():
        raise invalid_input(
            f"The dataset {dataset.arn} has no bulk data yet: its first import must have the importMode FULL. "
            "Create an import job with FULL, and wait until it is ACTIVE."
        )


def _check_unsettled(caller: Caller, kind: str, group: DatasetGroup | None = None) -> None:
    of_the_group = {} if group is None else {"group": group}
    if Job.objects.filter(unsettled_jobs(), kind=kind, **caller.scope, **of_the_group).count() >= MOST_UNSETTLED:
        raise limit_exceeded(f"More than {MOST_UNSETTLED} resources with PENDING or IN_PROGRESS status.")
