"""The calls that the console makes. Each raises PersonalizeError with what went wrong, as a person reads it."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from console.personalize.clients import client
from console.personalize.environments import Environment
from console.personalize.failures import Call, Effect, Failure, PersonalizeError, failure_of

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import (
        DatasetGroupSummaryTypeDef,
        DatasetGroupTypeDef,
        DatasetSchemaTypeDef,
        DatasetSummaryTypeDef,
        DatasetTypeDef,
    )
    from mypy_boto3_personalize_events.type_defs import UserTypeDef

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What Personalize said of users that it took. `attempts` counts the retries too."""

    http_status: int
    request_id: str
    attempts: int


@contextmanager
def failures(environment: Environment, operation: str, resource: str) -> Iterator[None]:
    """Turn what boto3 raises within into a PersonalizeError; a member that an answer lacks is one too."""
    try:
        yield
    except (BotoCoreError, ClientError, KeyError) as error:
        log.info("%s in the environment %s failed: %s.", operation, environment.name, type(error).__name__)
        raise PersonalizeError(failure_of(error, Call(environment, operation, resource))) from error


def list_dataset_groups(environment: Environment) -> "list[DatasetGroupSummaryTypeDef]":
    """Return all dataset groups of an environment, newest first as AWS lists them."""
    with failures(environment, "ListDatasetGroups", "*"):
        pages = client(environment, "personalize").get_paginator("list_dataset_groups").paginate()
        return [group for page in pages for group in page["datasetGroups"]]


def describe_dataset_group(environment: Environment, name: str) -> "DatasetGroupTypeDef":
    """Return the dataset group of a name."""
    arn = dataset_group_arn(environment, name)
    with failures(environment, "DescribeDatasetGroup", arn):
        return client(environment, "personalize").describe_dataset_group(datasetGroupArn=arn)["datasetGroup"]


def dataset_group_arn(environment: Environment, name: str) -> str:
    """Return the ARN that a dataset group of a name has; it need not exist."""
    return _arn_prefix(environment) + name


def list_datasets(environment: Environment, group_arn: str) -> "list[DatasetSummaryTypeDef]":
    """Return all datasets of a dataset group."""
    with failures(environment, "ListDatasets", group_arn):
        pages = client(environment, "personalize").get_paginator("list_datasets").paginate(datasetGroupArn=group_arn)
        return [dataset for page in pages for dataset in page["datasets"]]


def describe_dataset(environment: Environment, arn: str) -> "DatasetTypeDef":
    """Return the dataset of an ARN."""
    with failures(environment, "DescribeDataset", arn):
        return client(environment, "personalize").describe_dataset(datasetArn=arn)["dataset"]


def describe_schema(environment: Environment, arn: str) -> "DatasetSchemaTypeDef":
    """Return the schema of an ARN, its Avro JSON included."""
    with failures(environment, "DescribeSchema", arn):
        return client(environment, "personalize").describe_schema(schemaArn=arn)["schema"]


def put_users(environment: Environment, dataset_arn: str, users: "Sequence[UserTypeDef]") -> Acknowledgement:
    """Send users to a Users dataset; each replaces the user with its id."""
    with failures(environment, "PutUsers", dataset_arn):
        answer = client(environment, "personalize-events").put_users(datasetArn=dataset_arn, users=users)
    metadata = answer["ResponseMetadata"]
    return Acknowledgement(metadata["HTTPStatusCode"], metadata.get("RequestId", ""), metadata["RetryAttempts"] + 1)


@cache
def _arn_prefix(environment: Environment) -> str:
    """Return what comes before the name in the ARN of each of an environment's dataset groups.

    It holds the account, which only AWS knows; it is learnt from any one group, once.
    """
    with failures(environment, "ListDatasetGroups", "*"):
        groups = client(environment, "personalize").list_dataset_groups(maxResults=1)["datasetGroups"]
    if not groups:
        raise PersonalizeError(
            Failure(
                Effect.REFUSED,
                f"The environment {environment.label} has no dataset groups.",
                "Create one first.",
                code="ResourceNotFoundException",
            )
        )
    return groups[0]["datasetGroupArn"].rpartition("/")[0] + "/"
