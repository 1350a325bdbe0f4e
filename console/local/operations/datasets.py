"""Datasets."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.errors import ServiceError, in_use, invalid_input
from console.local.models import Dataset, Job, Schema, gone
from console.local.operations import dataset_groups, event_trackers, schemas
from console.local.operations.resources import (
    NextToken,
    begin_removal,
    check_active,
    check_lasting,
    check_without_jobs,
    make,
    page,
)
from console.local.operations.resources import find as find_resource
from console.local.operations.tags import read_tags
from console.local.storage.one_writer import one_writer
from console.local.storage.resource_rows import NOW, Rows, not_gone
from console.local.telling import DATASET_DELETED, tell
from console.records.entities import ENTITIES, INTERACTIONS
from console.records.schemas.dataset_types import types_of_domain
from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_rules import check_replacement, check_schema_of_type

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import (
        CreateDatasetRequestTypeDef,
        DatasetSummaryTypeDef,
        DatasetTypeDef,
        DatasetUpdateSummaryTypeDef,
        DeleteDatasetRequestTypeDef,
        DescribeDatasetRequestTypeDef,
        ListDatasetsRequestTypeDef,
        UpdateDatasetRequestTypeDef,
    )

KIND = "dataset"
ROWS = Rows(Dataset, ("group", "schema"))
SHOWN = Rows(Dataset).where(not_gone(), NOW)
# The types that the API reference names for CreateDataset; the model only bounds their spelling.
DATASET_TYPES = types_of_domain("")
# The types whose schema can be replaced.
UPDATED_TYPES = tuple(sorted(entity.dataset_type for entity in ENTITIES.values() if entity.takes_new_schema))


@one_writer()
def create(caller: Caller, parameters: "CreateDatasetRequestTypeDef") -> dict[str, str]:
    """Create a dataset, and return its ARN: API reference, CreateDataset.

    It is ACTIVE after CONSOLE_LOCAL_CREATE_SECONDS. Raise ResourceNotFoundException for the group or the schema,
    ResourceInUseException for a group that is not ACTIVE, ResourceAlreadyExistsException for a second dataset of a
    type, InvalidInputException for an unknown type, a schema that does not fit it, or tags, and TooManyTagsException.
    """
    return add(caller, parameters, settings.CONSOLE_LOCAL_CREATE_SECONDS)


@one_writer()
def add(caller: Caller, parameters: "CreateDatasetRequestTypeDef", seconds: float) -> dict[str, str]:
    """Create a dataset that is ACTIVE after some seconds, and return its ARN; raise the errors of `create`."""
    dataset_type = parameters["datasetType"].upper()
    if dataset_type not in DATASET_TYPES:
        raise invalid_input(f"The dataset type {dataset_type} is not one of {', '.join(DATASET_TYPES)}.")
    group = dataset_groups.find(caller, parameters["datasetGroupArn"])
    schema = schemas.find(caller, parameters["schemaArn"])
    check_active(group, dataset_groups.KIND)
    _check_schema(schema, dataset_type, group.domain)
    arn = caller.arn(f"dataset/{group.name}/{dataset_type}")
    dataset = make(
        ROWS,
        caller,
        arn,
        name=parameters["name"],
        group=group,
        schema=schema,
        dataset_type=dataset_type,
        tags=read_tags(parameters.get("tags", ())),
        **stages.times(timezone.now(), seconds),
    )
    if ENTITIES[dataset_type].has_own_tracker:
        event_trackers.add_to_dataset(caller, dataset)
    return {"datasetArn": arn}


def describe(caller: Caller, parameters: "DescribeDatasetRequestTypeDef") -> "dict[str, DatasetTypeDef]":
    """Return a dataset: API reference, DescribeDataset; raise ResourceNotFoundException.

    `trackingId` is there for Action interactions alone, `latestDatasetUpdate` once the schema was replaced.
    """
    dataset = find(caller, parameters["datasetArn"])
    described = cast("DatasetTypeDef", _summary(dataset))
    described["datasetGroupArn"] = dataset.group.arn
    described["schemaArn"] = dataset.schema.arn
    if ENTITIES[dataset.dataset_type].has_own_tracker:
        described["trackingId"] = dataset.event_tracker.tracking_id
    if dataset.update_began_at is not None:
        described["latestDatasetUpdate"] = _latest_update(dataset)
    return {"dataset": described}


class DatasetsPage(NextToken):
    """The response of ListDatasets: datasets in short, newest first."""

    datasets: "list[DatasetSummaryTypeDef]"


def list_page(caller: Caller, parameters: "ListDatasetsRequestTypeDef") -> DatasetsPage:
    """Return a page of the caller's datasets, or of those of one dataset group: API reference, ListDatasets.

    Raise InvalidInputException for a dataset group that does not exist, and InvalidNextTokenException.
    """
    datasets = SHOWN
    group_arn = parameters.get("datasetGroupArn", "")
    if group_arn:
        try:
            datasets = datasets.where("own.group_id = %s", dataset_groups.find(caller, group_arn).pk)
        except ServiceError as error:
            # The service's model has no ResourceNotFoundException for this operation.
            raise invalid_input(error.message) from error
    found, next_token = page(datasets, caller, parameters, f"datasets/{group_arn}")
    return {"datasets": [_summary(dataset) for dataset in found], **next_token}


@one_writer()
def update(caller: Caller, parameters: "UpdateDatasetRequestTypeDef") -> dict[str, str]:
    """Replace the schema of a Users or Items dataset, and return the dataset's ARN: API reference, UpdateDataset.

    No source says which schema applies while the replacement is under way: here the new one applies at once, by which
    every record that was valid before is valid too. Raise ResourceNotFoundException for the dataset or the schema,
    InvalidInputException for a dataset of another type or a schema that cannot replace the present one, and
    ResourceInUseException while the dataset is not ACTIVE or its schema is being replaced.
    """
    dataset = find(caller, parameters["datasetArn"])
    schema = schemas.find(caller, parameters["schemaArn"])
    if dataset.dataset_type not in UPDATED_TYPES:
        allowed = " or ".join(UPDATED_TYPES)
        raise invalid_input(f"The schema of a dataset of the type {dataset.dataset_type} stays; expected {allowed}.")
    check_active(dataset, KIND)
    _check_not_updating(dataset)
    _check_schema(schema, dataset.dataset_type, dataset.group.domain)
    try:
        check_replacement(dataset.schema.text, schema.text)
    except SchemaError as error:
        raise invalid_input(str(error)) from error
    now = timezone.now()
    dataset.schema = schema
    dataset.update_began_at = now
    dataset.update_settles_at = stages.times(now, settings.CONSOLE_LOCAL_CREATE_SECONDS)["settles_at"]
    dataset.save(update_fields=["schema", "update_began_at", "update_settles_at", "updated_at"])
    return {"datasetArn": dataset.arn}


@one_writer()
def delete(caller: Caller, parameters: "DeleteDatasetRequestTypeDef") -> dict[str, str]:
    """Begin the deletion of a dataset: API reference, DeleteDataset. The response has no members.

    Raise ResourceNotFoundException, or ResourceInUseException while the dataset is being created or deleted, its
    schema is being replaced, jobs that use it or delete data of its group have not ended, or, of an Item interactions
    dataset, while the group has an event tracker: "Deleting a dataset to delete all of its data" (developer guide).
    """
    dataset = find(caller, parameters["datasetArn"])
    check_lasting(dataset, KIND)
    _check_not_updating(dataset)
    tracker = dataset.group.event_trackers.filter(dataset=None).exclude(gone()).first()
    if dataset.dataset_type == INTERACTIONS.dataset_type and tracker is not None:
        raise in_use(f"The group of the dataset {dataset.arn} has the event tracker {tracker.arn}. Delete it first.")
    of_its_group = Q(group=dataset.group, dataset=None)
    check_without_jobs(Job.objects.filter(Q(dataset=dataset) | of_its_group), dataset, KIND)
    begin_removal(dataset)
    tell(dataset.arn, DATASET_DELETED)
    return {}


def find(caller: Caller, arn: str) -> Dataset:
    """Return the caller's dataset of an ARN; raise ResourceNotFoundException."""
    return find_resource(ROWS, caller, arn, KIND)


def _check_schema(schema: Schema, dataset_type: str, domain: str) -> None:
    try:
        check_schema_of_type(schema.text, dataset_type, domain)
    except SchemaError as error:
        raise invalid_input(str(error)) from error


def _check_not_updating(dataset: Dataset) -> None:
    if dataset.update_status != stages.ACTIVE:
        raise in_use(f"The schema of the dataset {dataset.arn} is being replaced: {dataset.update_status}.")


def _summary(dataset: Dataset) -> "DatasetSummaryTypeDef":
    return {
        "name": dataset.name,
        "datasetArn": dataset.arn,
        "datasetType": dataset.dataset_type,
        "status": dataset.status,
        "creationDateTime": dataset.created_at,
        "lastUpdatedDateTime": dataset.last_updated_at,
    }


def _latest_update(dataset: Dataset) -> "DatasetUpdateSummaryTypeDef":
    """Return the last replacement of a dataset's schema (API reference, DatasetUpdateSummary); there must be one."""
    assert dataset.update_began_at is not None
    return {
        "schemaArn": dataset.schema.arn,
        "status": dataset.update_status,
        "creationDateTime": dataset.update_began_at,
        "lastUpdatedDateTime": dataset.update_last_updated_at or dataset.update_began_at,
    }
