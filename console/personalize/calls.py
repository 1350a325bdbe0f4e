"""The calls that the console makes. Each raises PersonalizeError with what went wrong, as a person reads it."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from console.personalize.clients import client, forget_clients
from console.personalize.environments import Environment
from console.personalize.failures import Call, Effect, Failure, PersonalizeError, failure_of
from console.personalize.read_only import refuse_if_read_only

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
    from mypy_boto3_personalize_events.type_defs import UserTypeDef

log = logging.getLogger(__name__)

# What comes before the name in the ARN of an environment's dataset groups.
_arn_prefixes: dict[Environment, str] = {}


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What Personalize said of users that it took. `attempts` counts the retries too."""

    http_status: int
    request_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose credentials an environment has: the account's id, and the ARN of the user or of the role's session."""

    account: str
    arn: str


@contextmanager
def failures(environment: Environment, operation: str, resource: str, service: str = "personalize") -> Iterator[None]:
    """Turn what is raised within into a PersonalizeError; nothing but a call of boto3 belongs there.

    Every exception is meant: to an answer that is not Personalize's, botocore's parsers raise whatever comes. After a
    failure the environment's clients are forgotten, so that mended credentials are used at the next call.
    """
    try:
        yield
    except Exception as error:
        failure = failure_of(error, Call(environment, operation, resource, service))
        log.info("%s in the environment %s failed: %s.", operation, environment.name, type(error).__name__)
        if failure.is_about_access:
            forget_clients(environment)
            _arn_prefixes.pop(environment, None)
        raise PersonalizeError(failure) from error


def list_dataset_groups(environment: Environment) -> "list[DatasetGroupSummaryTypeDef]":
    """Return all dataset groups of an environment, newest first as AWS lists them."""
    with failures(environment, "ListDatasetGroups", "*"):
        pages = client(environment, "personalize").get_paginator("list_dataset_groups").paginate()
        groups = [group for page in pages for group in page["datasetGroups"]]
        return [_whole(group, "name", "datasetGroupArn", "status") for group in groups]


def newest_dataset_groups(environment: Environment) -> "tuple[list[DatasetGroupSummaryTypeDef], bool]":
    """Return the newest dataset groups of an environment, at most 100, and whether there are more."""
    with failures(environment, "ListDatasetGroups", "*"):
        page = client(environment, "personalize").list_dataset_groups()
        groups = [_whole(group, "name", "datasetGroupArn", "status") for group in page["datasetGroups"]]
        return groups, bool(page.get("nextToken"))


def describe_dataset_group(environment: Environment, name: str) -> "DatasetGroupTypeDef":
    """Return the dataset group of a name."""
    return describe_dataset_group_of(environment, dataset_group_arn(environment, name))


def describe_dataset_group_of(environment: Environment, arn: str) -> "DatasetGroupTypeDef":
    """Return the dataset group of an ARN."""
    with failures(environment, "DescribeDatasetGroup", arn):
        group = client(environment, "personalize").describe_dataset_group(datasetGroupArn=arn)["datasetGroup"]
        return _whole(group, "name", "datasetGroupArn", "status")


def dataset_group_arn(environment: Environment, name: str) -> str:
    """Return the ARN that a dataset group of a name has; it need not exist.

    What comes before the name holds the account, which only AWS knows: it is learnt from any one group, once.
    """
    if environment not in _arn_prefixes:
        with failures(environment, "ListDatasetGroups", "*"):
            groups = client(environment, "personalize").list_dataset_groups(maxResults=1)["datasetGroups"]
            arns = [group["datasetGroupArn"] for group in groups]
        if not arns:
            raise PersonalizeError(_no_dataset_groups(environment))
        _arn_prefixes[environment] = arns[0].rpartition("/")[0] + "/"
    return _arn_prefixes[environment] + name


def account_in_arns(environment: Environment) -> str:
    """Return the id of the account that the ARNs of an environment's dataset groups name, "" until one was seen."""
    return _arn_prefixes.get(environment, "::::").split(":")[4]


def caller_identity(environment: Environment) -> Identity:
    """Return whose credentials an environment has, as STS says."""
    with failures(environment, "GetCallerIdentity", "*", "sts"):
        answer = client(environment, "sts").get_caller_identity()
        return Identity(answer["Account"], answer["Arn"])


def create_dataset_group(environment: Environment, name: str, domain: str) -> str:
    """Create a dataset group of a domain, "" for none, and return its ARN; it takes a while to be ACTIVE."""
    refuse_if_read_only(environment, "CreateDatasetGroup")
    with failures(environment, "CreateDatasetGroup", name):
        more = _domain(domain)
        arn = client(environment, "personalize").create_dataset_group(name=name, **more)["datasetGroupArn"]
        _arn_prefixes[environment] = arn.rpartition("/")[0] + "/"
        return arn


def users_dataset_arn(environment: Environment, group: str) -> str:
    """Return the ARN that the Users dataset of a group has; it need not exist."""
    return f"{dataset_group_arn(environment, group).replace(':dataset-group/', ':dataset/')}/USERS"


def list_datasets(environment: Environment, group_arn: str) -> "list[DatasetSummaryTypeDef]":
    """Return all datasets of a dataset group."""
    with failures(environment, "ListDatasets", group_arn):
        pages = client(environment, "personalize").get_paginator("list_datasets").paginate(datasetGroupArn=group_arn)
        datasets = [dataset for page in pages for dataset in page["datasets"]]
        return [_whole(dataset, "name", "datasetArn", "datasetType", "status") for dataset in datasets]


def describe_dataset(environment: Environment, arn: str) -> "DatasetTypeDef":
    """Return the dataset of an ARN."""
    with failures(environment, "DescribeDataset", arn):
        dataset = client(environment, "personalize").describe_dataset(datasetArn=arn)["dataset"]
        return _whole(dataset, "name", "datasetArn", "datasetType", "schemaArn", "status")


def describe_schema(environment: Environment, arn: str) -> "DatasetSchemaTypeDef":
    """Return the schema of an ARN, its Avro JSON included."""
    with failures(environment, "DescribeSchema", arn):
        schema = client(environment, "personalize").describe_schema(schemaArn=arn)["schema"]
        return _whole(schema, "name", "schemaArn", "schema")


def list_schemas(environment: Environment) -> "list[DatasetSchemaSummaryTypeDef]":
    """Return all schemas of an environment, newest first as AWS lists them, without their Avro JSON."""
    with failures(environment, "ListSchemas", "*"):
        pages = client(environment, "personalize").get_paginator("list_schemas").paginate()
        schemas = [schema for page in pages for schema in page["schemas"]]
        return [_whole(schema, "name", "schemaArn") for schema in schemas]


def create_schema(environment: Environment, name: str, text: str, domain: str) -> str:
    """Create a schema from its Avro JSON for a domain, "" for none, and return its ARN."""
    refuse_if_read_only(environment, "CreateSchema")
    with failures(environment, "CreateSchema", name):
        more = _domain(domain)
        return client(environment, "personalize").create_schema(name=name, schema=text, **more)["schemaArn"]


def create_users_dataset(environment: Environment, group_arn: str, name: str, schema_arn: str) -> str:
    """Create the Users dataset of a dataset group, and return its ARN; it takes a while to be ACTIVE."""
    refuse_if_read_only(environment, "CreateDataset")
    with failures(environment, "CreateDataset", group_arn):
        return client(environment, "personalize").create_dataset(
            name=name, schemaArn=schema_arn, datasetGroupArn=group_arn, datasetType="Users"
        )["datasetArn"]


def put_users(environment: Environment, dataset_arn: str, users: "Sequence[UserTypeDef]") -> Acknowledgement:
    """Send users to a Users dataset; each replaces the user with its id."""
    refuse_if_read_only(environment, "PutUsers")
    with failures(environment, "PutUsers", dataset_arn):
        answer = client(environment, "personalize-events").put_users(datasetArn=dataset_arn, users=users)
        metadata = answer["ResponseMetadata"]
        return Acknowledgement(
            metadata["HTTPStatusCode"], metadata.get("RequestId", ""), metadata.get("RetryAttempts", 0) + 1
        )


class _Domain(TypedDict, total=False):
    domain: "DomainType"


def _domain(domain: str) -> _Domain:
    """Return a domain as a parameter of a call, which no domain is left out of."""
    return {"domain": cast("DomainType", domain)} if domain else {}


def _whole[Description](description: Description, *members: str) -> Description:
    """Return a description that has the members which a page cannot do without, as text; raise KeyError."""
    for member in members:
        if not isinstance(cast("Mapping[str, object]", description)[member], str):
            raise KeyError(member)
    return description


def _no_dataset_groups(environment: Environment) -> Failure:
    sentence = f"The environment {environment.label} has no dataset groups."
    return Failure(Effect.REFUSED, sentence, "Create one first.", code="ResourceNotFoundException")
