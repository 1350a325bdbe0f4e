"""The datasets of these examples, made by a client of the local service."""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.support.examples.example import ARN, GROUP, Example

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP_ARN = f"{ARN}:dataset-group/{GROUP}"
SECONDS = 30


def make_dataset(personalize: "PersonalizeClient", example: Example) -> str:
    """Make the dataset of an example, with its dataset group, where they are not there yet; return its target.

    That is its ARN; of events it is a tracking id.
    """
    groups = personalize.list_dataset_groups()["datasetGroups"]
    if GROUP not in [each["name"] for each in groups]:
        personalize.create_dataset_group(name=GROUP)
        _wait(lambda: personalize.describe_dataset_group(datasetGroupArn=GROUP_ARN)["datasetGroup"]["status"])
    datasets = personalize.list_datasets(datasetGroupArn=GROUP_ARN)["datasets"]
    if example.arn not in [each["datasetArn"] for each in datasets]:
        _create(personalize, example)
    if example.dataset_type == "ACTION_INTERACTIONS":
        return personalize.describe_dataset(datasetArn=example.arn)["dataset"]["trackingId"]
    return _tracking_id(personalize) if example.is_event else example.arn


def _create(personalize: "PersonalizeClient", example: Example) -> None:
    schema = {"type": "record", "name": "Any", "fields": example.fields}
    schema_arn = personalize.create_schema(name=f"{GROUP}-{example.slug}", schema=json.dumps(schema))["schemaArn"]
    personalize.create_dataset(
        name=f"{GROUP}-{example.slug}",
        schemaArn=schema_arn,
        datasetGroupArn=GROUP_ARN,
        datasetType=example.dataset_type,
    )
    _wait(lambda: personalize.describe_dataset(datasetArn=example.arn)["dataset"]["status"])


def _tracking_id(personalize: "PersonalizeClient") -> str:
    """Return the tracking id of the dataset group's event tracker, and make that where there is none."""
    if not personalize.list_event_trackers(datasetGroupArn=GROUP_ARN)["eventTrackers"]:
        personalize.create_event_tracker(name=GROUP, datasetGroupArn=GROUP_ARN)
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=GROUP_ARN)["eventTrackers"]
    arn = tracker["eventTrackerArn"]
    _wait(lambda: personalize.describe_event_tracker(eventTrackerArn=arn)["eventTracker"]["status"])
    return personalize.describe_event_tracker(eventTrackerArn=arn)["eventTracker"]["trackingId"]


def _wait(status: Callable[[], str]) -> None:
    """Wait until a resource is there, as the tests of served consoles have to."""
    deadline = time.monotonic() + SECONDS
    while status() != "ACTIVE":
        assert time.monotonic() < deadline
        time.sleep(0.1)
