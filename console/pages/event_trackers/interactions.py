"""The dataset that an event tracker adds events to, which a dataset group need not have."""

from console.personalize import arns, calls
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import INTERACTIONS

# The pages have what they are about without it.
SECONDS_BESIDE = 3.0


def has_interactions(environment: Environment, group: str) -> bool | None:
    """Return whether a dataset group has an Item interactions dataset, None where AWS does not say so now."""
    try:
        with for_seconds(SECONDS_BESIDE):
            datasets = calls.list_datasets(environment, arns.dataset_group_arn(environment, group))
    except PersonalizeError:
        return None
    return any(each["datasetType"].upper() == INTERACTIONS.dataset_type for each in datasets)
