"""Datasets."""

from typing import Any

from django.db import transaction

from console.local.errors import ServiceError, in_use, invalid_input
from console.local.models import Dataset
from console.local.operations import dataset_groups, schemas
from console.local.operations.caller import Caller
from console.local.operations.resources import find as find_resource
from console.local.operations.resources import make, page
from console.local.schema_rules import check_schema_of_type
from console.records.schema import SchemaError

USERS = "USERS"
# The types that the API reference names for CreateDataset; the model only bounds their spelling.
DATASET_TYPES = ("INTERACTIONS", "ITEMS", USERS, "ACTIONS", "ACTION_INTERACTIONS")


@transaction.atomic
def create(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    dataset_type = parameters["datasetType"].upper()
    if dataset_type not in DATASET_TYPES:
        raise invalid_input(f"The dataset type {dataset_type} is none of {', '.join(DATASET_TYPES)}.")
    group = dataset_groups.find(caller, parameters["datasetGroupArn"])
    schema = schemas.find(caller, parameters["schemaArn"])
    if group.status != "ACTIVE":
        raise in_use(f"The dataset group {group.arn} has the status {group.status}; it must be ACTIVE.")
    try:
        check_schema_of_type(schema.text, dataset_type)
    except SchemaError as error:
        raise invalid_input(str(error)) from error
    arn = caller.arn(f"dataset/{group.name}/{dataset_type}")
    make(
        Dataset.objects,
        caller,
        arn,
        name=parameters["name"],
        group=group,
        schema=schema,
        dataset_type=dataset_type,
    )
    return {"datasetArn": arn}


def describe(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    dataset = find(caller, parameters["datasetArn"])
    whole = {"datasetGroupArn": dataset.group.arn, "schemaArn": dataset.schema.arn}
    return {"dataset": _summary(dataset) | whole}


def list_page(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    datasets = Dataset.objects.all()
    group_arn = parameters.get("datasetGroupArn", "")
    if group_arn:
        try:
            datasets = datasets.filter(group=dataset_groups.find(caller, group_arn))
        except ServiceError as error:
            # The service's model has no ResourceNotFoundException for this operation.
            raise invalid_input(error.message) from error
    found, next_token = page(datasets, caller, parameters, f"datasets/{group_arn}")
    return {"datasets": [_summary(dataset) for dataset in found]} | next_token


def find(caller: Caller, arn: str) -> Dataset:
    """Return the caller's dataset of an ARN; raise ResourceNotFoundException."""
    return find_resource(Dataset.objects.select_related("group", "schema"), caller, arn, "dataset")


def _summary(dataset: Dataset) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "datasetArn": dataset.arn,
        "datasetType": dataset.dataset_type,
        "status": dataset.status,
        "creationDateTime": dataset.created_at,
        "lastUpdatedDateTime": dataset.updated_at,
    }
