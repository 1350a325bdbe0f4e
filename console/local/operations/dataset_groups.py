"""Dataset groups."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.errors import in_use
from console.local.models import DatasetGroup, gone
from console.local.operations.resources import (
    NextToken,
    begin_removal,
    check_lasting,
    check_limit,
    check_without_jobs,
    make,
    page,
)
from console.local.operations.resources import find as find_resource
from console.local.operations.tags import read_tags
from console.local.storage.one_writer import one_writer
from console.local.storage.resource_rows import NOW, Rows, not_gone

if TYPE_CHECKING:
    from mypy_boto3_personalize.literals import DomainType
    from mypy_boto3_personalize.type_defs import (
        CreateDatasetGroupRequestTypeDef,
        DatasetGroupSummaryTypeDef,
        DatasetGroupTypeDef,
        DeleteDatasetGroupRequestTypeDef,
        DescribeDatasetGroupRequestTypeDef,
        ListDatasetGroupsRequestTypeDef,
    )

KIND = "dataset group"
ROWS = Rows(DatasetGroup)
SHOWN = ROWS.where(not_gone(), NOW)


@one_writer()
def create(caller: Caller, parameters: "CreateDatasetGroupRequestTypeDef") -> dict[str, str]:
    """Create a dataset group, and return its ARN, and its domain if it has one: API reference, CreateDatasetGroup.

    It is ACTIVE after CONSOLE_LOCAL_CREATE_SECONDS. Raise LimitExceededException for more groups than
    CONSOLE_LOCAL_MOST_DATASET_GROUPS, ResourceAlreadyExistsException for a name that another group has, and for tags
    InvalidInputException or TooManyTagsException.
    """
    most = settings.CONSOLE_LOCAL_MOST_DATASET_GROUPS
    check_limit(SHOWN, caller, most, "dataset groups")
    return add(caller, parameters, settings.CONSOLE_LOCAL_CREATE_SECONDS)


@one_writer()
def add(caller: Caller, parameters: "CreateDatasetGroupRequestTypeDef", seconds: float) -> dict[str, str]:
    """Create a dataset group that is ACTIVE after some seconds; unlike `create`, without a limit to their number."""
    arn = caller.arn(f"dataset-group/{parameters['name']}")
    group = make(
        ROWS,
        caller,
        arn,
        name=parameters["name"],
        domain=parameters.get("domain", ""),
        role_arn=parameters.get("roleArn", ""),
        kms_key_arn=parameters.get("kmsKeyArn", ""),
        tags=read_tags(parameters.get("tags", ())),
        **stages.times(timezone.now(), seconds),
    )
    return {"datasetGroupArn": arn} | ({"domain": group.domain} if group.domain else {})


def describe(caller: Caller, parameters: "DescribeDatasetGroupRequestTypeDef") -> "dict[str, DatasetGroupTypeDef]":
    """Return a dataset group (API reference, DescribeDatasetGroup); raise ResourceNotFoundException."""
    group = find(caller, parameters["datasetGroupArn"])
    described = cast("DatasetGroupTypeDef", _summary(group))
    if group.role_arn:
        described["roleArn"] = group.role_arn
    if group.kms_key_arn:
        described["kmsKeyArn"] = group.kms_key_arn
    return {"datasetGroup": described}


class DatasetGroupsPage(NextToken):
    """The response of ListDatasetGroups: dataset groups in short, newest first."""

    datasetGroups: "list[DatasetGroupSummaryTypeDef]"


def list_page(caller: Caller, parameters: "ListDatasetGroupsRequestTypeDef") -> DatasetGroupsPage:
    """Return a page of the caller's dataset groups: API reference, ListDatasetGroups.

    Raise InvalidNextTokenException.
    """
    groups, next_token = page(SHOWN, caller, parameters, "dataset-groups")
    return {"datasetGroups": [_summary(group) for group in groups], **next_token}


@one_writer()
def delete(caller: Caller, parameters: "DeleteDatasetGroupRequestTypeDef") -> dict[str, str]:
    """Begin the deletion of a dataset group: API reference, DeleteDatasetGroup. The response has no members.

    Raise ResourceNotFoundException, or ResourceInUseException while the group has datasets or an event tracker, is
    being created or deleted, or has jobs that have not ended.
    """
    group = find(caller, parameters["datasetGroupArn"])
    check_lasting(group, KIND)
    dataset = group.datasets.exclude(gone()).first()
    if dataset is not None:
        raise in_use(f"The dataset group {group.arn} has the dataset {dataset.arn}. Delete its datasets first.")
    tracker = group.event_trackers.filter(dataset=None).exclude(gone()).first()
    if tracker is not None:
        raise in_use(f"The dataset group {group.arn} has the event tracker {tracker.arn}. Delete it first.")
    check_without_jobs(group.jobs.all(), group, KIND)
    begin_removal(group)
    return {}


def find(caller: Caller, arn: str) -> DatasetGroup:
    """Return the caller's dataset group of an ARN; raise ResourceNotFoundException."""
    return find_resource(ROWS, caller, arn, KIND)


def _summary(group: DatasetGroup) -> "DatasetGroupSummaryTypeDef":
    summary: DatasetGroupSummaryTypeDef = {
        "name": group.name,
        "datasetGroupArn": group.arn,
        "status": group.status,
        "creationDateTime": group.created_at,
        "lastUpdatedDateTime": group.last_updated_at,
    }
    if group.failure_reason:
        summary["failureReason"] = group.failure_reason
    if group.domain:
        summary["domain"] = cast("DomainType", group.domain)
    return summary
