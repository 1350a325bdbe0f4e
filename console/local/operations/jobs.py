"""Jobs: dataset imports, dataset exports and data deletions. They are made here, and run by `console.local.jobs`."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any

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
    STORED,
    Dataset,
    DatasetGroup,
    Job,
    jobs_that_are_there,
    unsettled_jobs,
)
from console.local.operations import dataset_groups, datasets
from console.local.operations.job_members import ARN_NAMES, summary, whole
from console.local.operations.resources import check_active, make, page
from console.local.operations.resources import find as find_resource
from console.local.operations.tags import read_tags
from console.local.storage.one_writer import one_writer
from console.work.waking import wake_worker

MOST_UNSETTLED = 5
# "You can't export data in an Action interactions dataset or Actions dataset" (developer guide, "Exporting the
# training data in a dataset to Amazon S3").
EXPORTED_TYPES = ("INTERACTIONS", "ITEMS", "USERS")
PUT = "PUT"


@one_writer()
def create_import(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    dataset = datasets.find(caller, parameters["datasetArn"])
    if dataset.dataset_type not in STORED:
        raise _not_stored(dataset.dataset_type, "import", STORED)
    check_active(dataset, datasets.KIND)
    location = _location(parameters["dataSource"].get("dataLocation", ""))
    _check_unsettled(caller, DATASET_IMPORT_JOB)
    mode = parameters.get("importMode", FULL)
    if mode == INCREMENTAL:
        _check_imported(dataset)
    metrics = parameters.get("publishAttributionMetricsToS3")
    fields = {"dataset": dataset, "location": location, "mode": mode, "publishes_metrics": metrics}
    return _make(DATASET_IMPORT_JOB, caller, parameters, dataset.group, **fields)


@one_writer()
def create_export(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    dataset = datasets.find(caller, parameters["datasetArn"])
    _check_exported(dataset.dataset_type)
    check_active(dataset, datasets.KIND)
    destination = parameters["jobOutput"]["s3DataDestination"]
    fields = {
        "dataset": dataset,
        "location": _location(destination["path"]),
        "mode": parameters.get("ingestionMode", PUT),
        "kms_key_arn": destination.get("kmsKeyArn", ""),
    }
    return _make(DATASET_EXPORT_JOB, caller, parameters, dataset.group, **fields)


@one_writer()
def create_deletion(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    group = dataset_groups.find(caller, parameters["datasetGroupArn"])
    check_active(group, dataset_groups.KIND)
    location = _location(parameters["dataSource"].get("dataLocation", ""))
    # "Up to 5 deletion jobs for a dataset group" (developer guide, "Deleting users").
    _check_unsettled(caller, DATA_DELETION_JOB, group)
    return _make(DATA_DELETION_JOB, caller, parameters, group, location=location)


def _describe(kind: str, caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    rows = Job.objects.filter(kind=kind).select_related("group", "dataset")
    job = find_resource(rows, caller, parameters[ARN_NAMES[kind]], kind.replace("-", " "))
    return {_member(kind): whole(job)}


describe_import = partial(_describe, DATASET_IMPORT_JOB)
describe_export = partial(_describe, DATASET_EXPORT_JOB)
describe_deletion = partial(_describe, DATA_DELETION_JOB)


def _list(kind: str, caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    jobs = Job.objects.filter(kind=kind).filter(jobs_that_are_there()).select_related("group")
    arn = parameters.get("datasetArn") or parameters.get("datasetGroupArn", "")
    try:
        if "datasetArn" in parameters:
            jobs = jobs.filter(dataset=datasets.find(caller, arn))
        elif "datasetGroupArn" in parameters:
            jobs = jobs.filter(group=dataset_groups.find(caller, arn))
    except ServiceError as error:
        # The service's model has no ResourceNotFoundException for these operations.
        raise invalid_input(error.message) from error
    found, next_token = page(jobs, caller, parameters, f"{kind}s/{arn}")
    return {f"{_member(kind)}s": [summary(job) for job in found]} | next_token


list_imports = partial(_list, DATASET_IMPORT_JOB)
list_exports = partial(_list, DATASET_EXPORT_JOB)
list_deletions = partial(_list, DATA_DELETION_JOB)


def _make(kind: str, caller: Caller, parameters: dict[str, Any], group: DatasetGroup, **fields: Any) -> dict[str, Any]:
    """Make a job that begins after half of the time that a job takes at least."""
    now, seconds = timezone.now(), settings.CONSOLE_LOCAL_CREATE_SECONDS
    arn = caller.arn(f"{kind}/{parameters['jobName']}")
    make(
        Job.objects,
        caller,
        arn,
        kind=kind,
        name=parameters["jobName"],
        group=group,
        role_arn=parameters.get("roleArn", ""),
        tags=read_tags(parameters),
        starts_at=now + timedelta(seconds=seconds / 2),
        settles_at=now + timedelta(seconds=seconds),
        **fields,
    )
    transaction.on_commit(wake_worker)
    return {ARN_NAMES[kind]: arn}


def _location(text: str) -> str:
    """Return an address in S3 as it is; raise InvalidInputException if it stands for no file here."""
    try:
        return read_location(text).text
    except LocationError as error:
        # The first sentence is the service's own.
        raise invalid_input(f"Invalid Data location. {error}") from error


def _check_exported(dataset_type: str) -> None:
    """Raise InvalidInputException for a type of dataset that AWS does not export, or whose records are not stored."""
    if dataset_type not in EXPORTED_TYPES:
        expected = " or ".join(EXPORTED_TYPES)
        raise invalid_input(
            f"Amazon Personalize exports no {dataset_type}; expected a dataset of the type {expected}."
        )
    if dataset_type not in STORED:
        raise _not_stored(dataset_type, "export", (each for each in EXPORTED_TYPES if each in STORED))


def _not_stored(dataset_type: str, verb: str, expected: Iterable[str]) -> ServiceError:
    return invalid_input(
        f"The local service stores no {dataset_type}, so that it cannot {verb} them; "
        f"expected a dataset of the type {' or '.join(expected)}."
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


def _member(kind: str) -> str:
    """Return what the API calls a job of a kind where it describes one."""
    return ARN_NAMES[kind].removesuffix("Arn")
