"""The datasets that use a schema. No call of AWS returns them: each dataset names its schema, so they are queried."""

from dataclasses import dataclass

from django.core.cache import cache

from console.personalize import calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError

# A page has much to show without it.
SECONDS_BESIDE = 3.0
SECONDS_RECENT = 30
# Each takes a call, and one more for each of its datasets: AWS's control plane throttles.
MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class DatasetWithSchema:
    """A dataset by name, type and dataset group, with the ARN of its schema."""

    group: str
    name: str
    dataset_type: str
    schema_arn: str


@dataclass(frozen=True, slots=True)
class SchemaUse:
    """The datasets found to use a schema; `is_complete` says that all datasets were queried."""

    datasets: tuple[DatasetWithSchema, ...]
    is_complete: bool


def datasets_with_schema(environment: Environment, schema_arn: str) -> SchemaUse:
    """Return the datasets that use a schema, by ARN, in the newest MOST_GROUPS dataset groups.

    Responses later than SECONDS_BESIDE are left out; they may be SECONDS_RECENT old.
    """
    key = f"schemas-of-datasets:{endpoint_of(environment)}:{environment.cache_key}"
    # The local service answers at once.
    known: tuple[list[DatasetWithSchema], bool] | None = None if environment.is_local else cache.get(key)
    if known is None:
        known = _asked(environment)
        cache.set(key, known, SECONDS_RECENT)
    datasets, is_complete = known
    return SchemaUse(tuple(each for each in datasets if each.schema_arn == schema_arn), is_complete)


def _asked(environment: Environment) -> tuple[list[DatasetWithSchema], bool]:
    found: list[DatasetWithSchema] = []
    try:
        with for_seconds(SECONDS_BESIDE):
            groups, has_more = calls.newest_dataset_groups(environment)
            for group in groups[:MOST_GROUPS]:
                for summary in calls.list_datasets(environment, group["datasetGroupArn"]):
                    schema_arn = calls.describe_dataset(environment, summary["datasetArn"])["schemaArn"]
                    found.append(DatasetWithSchema(group["name"], summary["name"], summary["datasetType"], schema_arn))
    except PersonalizeError:
        # The page says that not all datasets were asked, and AWS refuses to delete a schema that one has.
        return found, False
    return found, not has_more and len(groups) <= MOST_GROUPS
