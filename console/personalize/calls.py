"""The console's calls to AWS. Each raises PersonalizeError with what went wrong, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from console.personalize.arns import dataset_group_arn
from console.personalize.asking import asks, whole
from console.personalize.connections.clients import client
from console.personalize.connections.connections import connection_of
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.records.requests import Sent, request_body

if TYPE_CHECKING:
    from mypy_boto3_personalize.literals import DomainType
    from mypy_boto3_personalize.type_defs import (
        DatasetGroupSummaryTypeDef,
        DatasetGroupTypeDef,
        DatasetSchemaSummaryTypeDef,
        DatasetSchemaTypeDef,
        DatasetSummaryTypeDef,
        DatasetTypeDef,
    )


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Personalize's response to accepted records. `attempts` includes retries."""

    http_status: int
    request_id: str
    attempts: int


@asks("ListDatasetGroups")
def list_dataset_groups(environment: Environment) -> "list[DatasetGroupSummaryTypeDef]":
    """Return all dataset groups of an environment, newest first as AWS lists them."""
    pages = client(environment, "personalize").get_paginator("list_dataset_groups").paginate()
    groups = [group for page in pages for group in page["datasetGroups"]]
    return _listed_groups(environment, groups)


@asks("ListDatasetGroups")
def newest_dataset_groups(environment: Environment) -> "tuple[list[DatasetGroupSummaryTypeDef], bool]":
    """Return the newest dataset groups of an environment, at most 100, and whether there are more."""
    page = client(environment, "personalize").list_dataset_groups()
    return _listed_groups(environment, page["datasetGroups"]), bool(page.get("nextToken"))


def _listed_groups(
    environment: Environment, groups: "Sequence[DatasetGroupSummaryTypeDef]"
) -> "list[DatasetGroupSummaryTypeDef]":
    """Return dataset groups with the members that a page needs, and remember the account in their ARNs."""
    listed = [whole(group, "name", "datasetGroupArn", "status") for group in groups]
    if listed:
        connection_of(environment).arn_prefix = listed[0]["datasetGroupArn"].rpartition(":")[0]
    return listed


def describe_dataset_group(environment: Environment, name: str) -> "DatasetGroupTypeDef":
    """Return a dataset group by name."""
    return describe_dataset_group_of(environment, dataset_group_arn(environment, name))


@asks("DescribeDatasetGroup")
def describe_dataset_group_of(environment: Environment, arn: str) -> "DatasetGroupTypeDef":
    """Return a dataset group by ARN."""
    group = client(environment, "personalize").describe_dataset_group(datasetGroupArn=arn)["datasetGroup"]
    return whole(group, "name", "datasetGroupArn", "status")


@asks("CreateDatasetGroup")
def create_dataset_group(environment: Environment, name: str, domain: str) -> str:
    """Create a dataset group of a domain, "" for none, and return its ARN; it becomes ACTIVE after a while."""
    more = _domain(domain)
    arn = client(environment, "personalize").create_dataset_group(name=name, **more)["datasetGroupArn"]
    connection_of(environment).arn_prefix = arn.rpartition(":")[0]
    return arn


@asks("ListDatasets")
def list_datasets(environment: Environment, group_arn: str) -> "list[DatasetSummaryTypeDef]":
    """Return all datasets of a dataset group."""
    pages = client(environment, "personalize").get_paginator("list_datasets").paginate(datasetGroupArn=group_arn)
    datasets = [dataset for page in pages for dataset in page["datasets"]]
    return [whole(dataset, "name", "datasetArn", "datasetType", "status") for dataset in datasets]


@asks("DescribeDataset")
def describe_dataset(environment: Environment, arn: str) -> "DatasetTypeDef":
    """Return a dataset by ARN."""
    dataset = client(environment, "personalize").describe_dataset(datasetArn=arn)["dataset"]
    return whole(dataset, "name", "datasetArn", "datasetType", "schemaArn", "status")


@asks("DescribeSchema")
def describe_schema(environment: Environment, arn: str) -> "DatasetSchemaTypeDef":
    """Return a schema by ARN, including its Avro JSON."""
    schema = client(environment, "personalize").describe_schema(schemaArn=arn)["schema"]
    return whole(schema, "name", "schemaArn", "schema")


@asks("ListSchemas")
def list_schemas(environment: Environment) -> "list[DatasetSchemaSummaryTypeDef]":
    """Return all schemas of an environment, newest first as AWS lists them, without their Avro JSON."""
    pages = client(environment, "personalize").get_paginator("list_schemas").paginate()
    schemas = [schema for page in pages for schema in page["schemas"]]
    return [whole(schema, "name", "schemaArn") for schema in schemas]


@asks("CreateSchema")
def create_schema(environment: Environment, name: str, text: str, domain: str) -> str:
    """Create a schema from its Avro JSON for a domain, "" for none, and return its ARN."""
    more = _domain(domain)
    return client(environment, "personalize").create_schema(name=name, schema=text, **more)["schemaArn"]


@asks("DeleteSchema")
def delete_schema(environment: Environment, arn: str) -> None:
    """Delete a schema that no dataset uses, by ARN; it is gone at once."""
    client(environment, "personalize").delete_schema(schemaArn=arn)


@asks("CreateDataset")
def create_dataset(environment: Environment, group_arn: str, entity: Entity, name: str, schema_arn: str) -> str:
    """Create a dataset of a type in a dataset group, and return its ARN; it becomes ACTIVE after a while."""
    return client(environment, "personalize").create_dataset(
        name=name, schemaArn=schema_arn, datasetGroupArn=group_arn, datasetType=entity.dataset_type
    )["datasetArn"]


@asks("UpdateDataset")
def update_dataset(environment: Environment, arn: str, schema_arn: str) -> None:
    """Start replacing the schema of a dataset, by ARN; it takes a while."""
    client(environment, "personalize").update_dataset(datasetArn=arn, schemaArn=schema_arn)


@asks("DeleteDataset")
def delete_dataset(environment: Environment, arn: str) -> None:
    """Start deleting a dataset with all of its data, by ARN."""
    client(environment, "personalize").delete_dataset(datasetArn=arn)


@asks("DeleteDatasetGroup")
def delete_dataset_group(environment: Environment, arn: str) -> None:
    """Start deleting a dataset group without datasets, event trackers and solutions, by ARN."""
    client(environment, "personalize").delete_dataset_group(datasetGroupArn=arn)


def put_records(environment: Environment, target: str, entity: Entity, records: Sequence[Sent]) -> Acknowledgement:
    """Send the records of one call, by id with properties, to a dataset's ARN or a tracking id.

    A record replaces the one with its id; an event is added.
    """
    return asks(entity.operation)(_put_records)(environment, target, entity, records)


def _put_records(environment: Environment, target: str, entity: Entity, records: Sequence[Sent]) -> Acknowledgement:
    # botocore is imported with the first client.
    from botocore import xform_name

    # Its name is data: the stubs know each operation as a method of its own.
    put = getattr(client(environment, "personalize-events"), xform_name(entity.operation))
    metadata = put(**request_body(entity, target, records))["ResponseMetadata"]
    return Acknowledgement(
        metadata["HTTPStatusCode"], metadata.get("RequestId", ""), metadata.get("RetryAttempts", 0) + 1
    )


class _Domain(TypedDict, total=False):
    domain: "DomainType"


def _domain(domain: str) -> _Domain:
    """Return a domain as a parameter of a call; without a domain there is no parameter."""
    return {"domain": cast("DomainType", domain)} if domain else {}
