"""The calls that the console makes. Each raises PersonalizeError with what went wrong, as a person reads it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, TypedDict, cast

from console.personalize.connections.clients import client
from console.personalize.connections.connections import connection_of, forget_connection, same_connections
from console.personalize.deadlines import in_time
from console.personalize.environments import Environment
from console.personalize.errors import Call, Effect, Failure, NotFoundError, PersonalizeError
from console.personalize.read_only import refuse_if_read_only
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

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What Personalize said of records that it took. `attempts` counts the retries too."""

    http_status: int
    request_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose credentials an environment has: the account's id, and the ARN of the user or of the role's session."""

    account: str
    arn: str


def asks[**Given, Answer](
    operation: str, service: str = "personalize"
) -> Callable[[Callable[Concatenate[Environment, Given], Answer]], Callable[Concatenate[Environment, Given], Answer]]:
    """Decorate a function that calls an operation by boto3, and does nothing else: it raises PersonalizeError.

    It is given the environment, and then the ARN or the name of what the call is about, if that is one thing. After a
    failure of credentials, what begins next has a new connection.
    """

    def decorate(
        ask: Callable[Concatenate[Environment, Given], Answer],
    ) -> Callable[Concatenate[Environment, Given], Answer]:
        @wraps(ask)
        def asked(environment: Environment, /, *given: Given.args, **more: Given.kwargs) -> Answer:
            call = Call(environment, operation, str(given[0]) if given else "*", service)
            if call.writes:
                refuse_if_read_only(environment, operation)
            try:
                with same_connections():
                    return in_time(call, lambda: ask(environment, *given, **more))
            except PersonalizeError as error:
                kind = type(error.__cause__).__name__
                log.info("%s in the environment %s failed: %s.", operation, environment.name, kind)
                if error.failure.is_about_access:
                    forget_connection(environment)
                raise

        return asked

    return decorate


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
    """Return dataset groups that have what a page needs; renewed credentials may be another account's: learn it."""
    listed = [whole(group, "name", "datasetGroupArn", "status") for group in groups]
    if listed:
        connection_of(environment).arn_prefix = listed[0]["datasetGroupArn"].rpartition(":")[0]
    return listed


def describe_dataset_group(environment: Environment, name: str) -> "DatasetGroupTypeDef":
    """Return the dataset group of a name."""
    return describe_dataset_group_of(environment, dataset_group_arn(environment, name))


@asks("DescribeDatasetGroup")
def describe_dataset_group_of(environment: Environment, arn: str) -> "DatasetGroupTypeDef":
    """Return the dataset group of an ARN."""
    group = client(environment, "personalize").describe_dataset_group(datasetGroupArn=arn)["datasetGroup"]
    return whole(group, "name", "datasetGroupArn", "status")


def dataset_group_arn(environment: Environment, name: str) -> str:
    """Return the ARN that a dataset group of a name has; it need not exist."""
    return f"{arn_prefix(environment)}:dataset-group/{name}"


def arn_prefix(environment: Environment) -> str:
    """Return what the ARNs of an environment begin with: partition, region and account.

    Only AWS knows the account: it is learnt from any one dataset group, once, or where there is none, of STS. What
    stands in for AWS may have no STS: there it is learnt from any schema.
    """
    with same_connections():
        connection = connection_of(environment)
        if not connection.arn_prefix:
            connection.arn_prefix = _asked_arn_prefix(environment)
        return connection.arn_prefix


def _asked_arn_prefix(environment: Environment) -> str:
    arn = _any_dataset_group_arn(environment)
    if arn:
        return arn.rpartition(":")[0]
    if asks_sts(environment):
        return _prefix_of_caller(environment)
    arn = _any_schema_arn(environment)
    if not arn:
        raise NotFoundError(_no_dataset_groups(environment))
    return arn.rpartition(":")[0]


def _prefix_of_caller(environment: Environment) -> str:
    identity = caller_identity(environment)
    return f"arn:{identity.arn.split(':')[1]}:personalize:{environment.region}:{identity.account}"


def known_arn_prefix(environment: Environment) -> str:
    """Return what the ARNs of an environment begin with, "" as long as AWS has not said it with these credentials."""
    return connection_of(environment).arn_prefix


@asks("ListDatasetGroups")
def _any_dataset_group_arn(environment: Environment) -> str:
    """Return the ARN of any dataset group of an environment, "" if there is none."""
    groups = client(environment, "personalize").list_dataset_groups(maxResults=1)["datasetGroups"]
    return next((whole(group, "datasetGroupArn")["datasetGroupArn"] for group in groups), "")


@asks("ListSchemas")
def _any_schema_arn(environment: Environment) -> str:
    """Return the ARN of any schema of an environment, "" if there is none."""
    schemas = client(environment, "personalize").list_schemas(maxResults=1)["schemas"]
    return next((whole(schema, "schemaArn")["schemaArn"] for schema in schemas), "")


def account_in_arns(environment: Environment) -> str:
    """Return the id of the account that the ARNs of an environment's dataset groups name, "" until one was seen."""
    parts = known_arn_prefix(environment).split(":")
    return parts[4] if len(parts) == 5 else ""


def asks_sts(environment: Environment) -> bool:
    """Say whether STS knows an environment's credentials."""
    return not environment.is_local and (environment.role_arn is not None or environment.endpoint_url is None)


@asks("GetCallerIdentity", "sts")
def caller_identity(environment: Environment) -> Identity:
    """Return whose credentials an environment has, as STS says."""
    answer = client(environment, "sts").get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])


@asks("CreateDatasetGroup")
def create_dataset_group(environment: Environment, name: str, domain: str) -> str:
    """Create a dataset group of a domain, "" for none, and return its ARN; it takes a while to be ACTIVE."""
    more = _domain(domain)
    arn = client(environment, "personalize").create_dataset_group(name=name, **more)["datasetGroupArn"]
    connection_of(environment).arn_prefix = arn.rpartition(":")[0]
    return arn


def dataset_arn(environment: Environment, group: str, entity: Entity) -> str:
    """Return the ARN that a group's dataset of a type has; it need not exist."""
    return f"{dataset_group_arn(environment, group).replace(':dataset-group/', ':dataset/')}/{entity.dataset_type}"


@asks("ListDatasets")
def list_datasets(environment: Environment, group_arn: str) -> "list[DatasetSummaryTypeDef]":
    """Return all datasets of a dataset group."""
    pages = client(environment, "personalize").get_paginator("list_datasets").paginate(datasetGroupArn=group_arn)
    datasets = [dataset for page in pages for dataset in page["datasets"]]
    return [whole(dataset, "name", "datasetArn", "datasetType", "status") for dataset in datasets]


def schema_arn(environment: Environment, name: str) -> str:
    """Return the ARN that a schema of a name has; it need not exist."""
    return f"{arn_prefix(environment)}:schema/{name}"


@asks("DescribeDataset")
def describe_dataset(environment: Environment, arn: str) -> "DatasetTypeDef":
    """Return the dataset of an ARN."""
    dataset = client(environment, "personalize").describe_dataset(datasetArn=arn)["dataset"]
    return whole(dataset, "name", "datasetArn", "datasetType", "schemaArn", "status")


@asks("DescribeSchema")
def describe_schema(environment: Environment, arn: str) -> "DatasetSchemaTypeDef":
    """Return the schema of an ARN, its Avro JSON included."""
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
    """Delete the schema of an ARN, which no dataset may have; it is gone at once."""
    client(environment, "personalize").delete_schema(schemaArn=arn)


@asks("CreateDataset")
def create_dataset(environment: Environment, group_arn: str, entity: Entity, name: str, schema_arn: str) -> str:
    """Create the dataset of a type in a dataset group, and return its ARN; it takes a while to be ACTIVE."""
    return client(environment, "personalize").create_dataset(
        name=name, schemaArn=schema_arn, datasetGroupArn=group_arn, datasetType=entity.dataset_type
    )["datasetArn"]


@asks("UpdateDataset")
def update_dataset(environment: Environment, arn: str, schema_arn: str) -> None:
    """Begin to replace the schema of the dataset of an ARN; it takes a while."""
    client(environment, "personalize").update_dataset(datasetArn=arn, schemaArn=schema_arn)


@asks("DeleteDataset")
def delete_dataset(environment: Environment, arn: str) -> None:
    """Begin the deletion of the dataset of an ARN, with all that is in it."""
    client(environment, "personalize").delete_dataset(datasetArn=arn)


@asks("DeleteDatasetGroup")
def delete_dataset_group(environment: Environment, arn: str) -> None:
    """Begin the deletion of the dataset group of an ARN, which may have no datasets, event trackers or solutions."""
    client(environment, "personalize").delete_dataset_group(datasetGroupArn=arn)


def put_records(environment: Environment, target: str, entity: Entity, records: Sequence[Sent]) -> Acknowledgement:
    """Send the records of one call, each by its id and its properties, to a dataset's ARN or a tracking id.

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
    """Return a domain as a parameter of a call, which no domain is left out of."""
    return {"domain": cast("DomainType", domain)} if domain else {}


def whole[Description](description: Description, *members: str) -> Description:
    """Return a description that has the members which a page cannot do without, as text; raise KeyError."""
    for member in members:
        if not isinstance(cast("Mapping[str, object]", description)[member], str):
            raise KeyError(member)
    return description


def _no_dataset_groups(environment: Environment) -> Failure:
    sentence = f"The environment {environment.label} has no dataset groups."
    return Failure(Effect.REFUSED, sentence, "Create one first.")
