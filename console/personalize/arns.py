"""The ARNs of an environment's resources, and the account in them, which only AWS knows."""

from dataclasses import dataclass

from console.personalize.asking import asks, whole
from console.personalize.connections.clients import client
from console.personalize.connections.connections import connection_of, same_connections
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError
from console.records.entities import Entity


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity behind an environment's credentials: account id, and ARN of the user or the role's session."""

    account: str
    arn: str


def dataset_arn(environment: Environment, group: str, entity: Entity) -> str:
    """Return the ARN of a group's dataset of a type; it need not exist."""
    return f"{dataset_group_arn(environment, group).replace(':dataset-group/', ':dataset/')}/{entity.dataset_type}"


def schema_arn(environment: Environment, name: str) -> str:
    """Return the ARN of a schema by name; it need not exist."""
    return f"{arn_prefix(environment)}:schema/{name}"


def dataset_group_arn(environment: Environment, name: str) -> str:
    """Return the ARN of a dataset group by name; it need not exist."""
    return f"{arn_prefix(environment)}:dataset-group/{name}"


def arn_prefix(environment: Environment) -> str:
    """Return the beginning of an environment's ARNs: partition, region and account.

    Only AWS knows the account: it is taken from any dataset group, once, or from STS if there is none. An endpoint
    other than AWS may have no STS: there it is taken from any schema.
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
    """Return the beginning of an environment's ARNs; "" until AWS has returned it for these credentials."""
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
    """Return the account id in an environment's dataset group ARNs; "" until one was seen."""
    parts = known_arn_prefix(environment).split(":")
    return parts[4] if len(parts) == 5 else ""


def asks_sts(environment: Environment) -> bool:
    """Return whether STS accepts an environment's credentials."""
    return not environment.is_local and (environment.role_arn is not None or environment.endpoint_url is None)


@asks("GetCallerIdentity", "sts")
def caller_identity(environment: Environment) -> Identity:
    """Return the identity behind an environment's credentials, from STS."""
    answer = client(environment, "sts").get_caller_identity()
    return Identity(answer["Account"], answer["Arn"])


def _no_dataset_groups(environment: Environment) -> Failure:
    sentence = f"The environment {environment.label} has no dataset groups."
    return Failure(Effect.REFUSED, sentence, "Create one first.")
