"""The demo data as clients see it, and how it is reset."""

import json
from typing import TYPE_CHECKING, Any

from console.local.demo import reset_demo_data
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/{{}}"
DATASET = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/{{}}"
SCHEMA = f"arn:aws:personalize:{REGION}:{ACCOUNT}:schema/{{}}"
SHOP, SHOP_GROUP = DATASET.format("online-shop/USERS"), GROUP.format("online-shop")
TIMES = ("creationDateTime", "lastUpdatedDateTime")


def reset() -> str:
    """Put the demo data back, and return what is said of it."""
    return reset_demo_data(ACCOUNT, REGION)


def seen(personalize: "PersonalizeClient") -> dict[str, Any]:
    """Return all that a client sees of the account, but for times and order, by ARN."""
    client: Any = personalize
    found: dict[str, Any] = {}
    for group in client.list_dataset_groups()["datasetGroups"]:
        arn = group["datasetGroupArn"]
        found[arn] = client.describe_dataset_group(datasetGroupArn=arn)["datasetGroup"], tags(client, arn)
    for dataset in client.list_datasets()["datasets"]:
        arn = dataset["datasetArn"]
        found[arn] = client.describe_dataset(datasetArn=arn)["dataset"], tags(client, arn)
    for tracker in client.list_event_trackers()["eventTrackers"]:
        arn = tracker["eventTrackerArn"]
        found[arn] = client.describe_event_tracker(eventTrackerArn=arn)["eventTracker"], tags(client, arn)
    for schema in client.list_schemas()["schemas"]:
        arn = schema["schemaArn"]
        found[arn] = client.describe_schema(schemaArn=arn)["schema"], []
    return {
        arn: ({name: value for name, value in each.items() if name not in TIMES}, own_tags)
        for arn, (each, own_tags) in found.items()
    }


def tags(client: Any, arn: str) -> Any:
    """Return the tags of a resource."""
    return client.list_tags_for_resource(resourceArn=arn)["tags"]


def users_schema(*fields: str) -> str:
    """Return the text of a Users schema with nullable categories."""
    described = [
        {"name": "USER_ID", "type": "string"},
        *({"name": name, "type": ["null", "string"], "categorical": True} for name in fields),
    ]
    return json.dumps({"type": "record", "name": "Users", "fields": described, "version": "1.0"})
