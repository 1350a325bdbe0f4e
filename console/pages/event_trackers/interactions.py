"""The dataset that an event tracker adds events to, which a dataset group may lack."""

from console.personalize import arns, calls
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import INTERACTIONS

# The pages are useful without this, so they wait only briefly.
SECONDS_BESIDE = 3.0


def has_interactions(environment: Environment, group: str) -> bool | None:
    """Return whether a dataset group has an Item interactions dataset; None if AWS does not answer now."""
    try:
        with for_seconds(SECONDS_BESIDE):
            datasets = calls.list_datasets(environment, arns.dataset_group_arn(environment, group))
    except PersonalizeError:
        return None
    return any(dataset["datasetType"].upper() == INTERACTIONS.dataset_type for dataset in datasets)
