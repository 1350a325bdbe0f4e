"""The ARNs of an environment's resources, and the account that they name, which only AWS knows."""

from dataclasses import dataclass

from console.personalize.asking import asks, whole
from console.personalize.connections.clients import client
from console.personalize.connections.connections import connection_of, same_connections
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError
from console.records.entities import Entity


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose credentials an environment has: the account's id, and the ARN of the user or of the role's session."""

    account: str
    arn: str


def dataset_arn(environment: Environment, group: str, entity: Entity) -> str:
    """Return the ARN that a group's dataset of a type has; it need not exist."""
    return f"{dataset_group_arn(environment, group).replace(':dataset-group/', ':dataset/')}/{entity.dataset_type}"


def schema_arn(environment: Environment, name: str) -> str:
    """Return the ARN that a schema of a name has; it need not exist."""
    return f"{arn_prefix(environment)}:schema/{name}"


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
    """Return whether STS knows an environment's credentials."""
    return not environment.is_local and (environment.role_arn is not None or environment.endpoint_url is None)


@asks("GetCallerIdentity", "sts")
def caller_identity(environment: Environment) -> Identity:
    """Return whose credentials an environment has, as STS says."""
    answer = client(environment, "sts").get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])


def _no_dataset_groups(environment: Environment) -> Failure:
    sentence = f"The environment {environment.label} has no dataset groups."
    return Failure(Effect.REFUSED, sentence, "Create one first.")
