"""What tests of events share: a shop with both kinds of interactions, and its two tracking ids."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.local.schemas import record, text
from tests.local.shop import GROUP_ARN
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

INTERACTIONS_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/shop/INTERACTIONS"
ACTION_INTERACTIONS_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/shop/ACTION_INTERACTIONS"
EVENT = [text("USER_ID"), text("ITEM_ID"), text("EVENT_TYPE"), text("TIMESTAMP", "long")]
NULLABLE_TEXT: Any = ["null", "string"]
FIELDS: dict[str, list[dict[str, Any]]] = {
    "Interactions": [
        *EVENT,
        {"name": "EVENT_VALUE", "type": ["null", "float"]},
        {"name": "IMPRESSION", "type": NULLABLE_TEXT},
        {"name": "RECOMMENDATION_ID", "type": NULLABLE_TEXT},
        {"name": "NUM_RATINGS", "type": ["null", "int"]},
        {"name": "DEVICE", "type": NULLABLE_TEXT, "categorical": True},
    ],
    "Action_Interactions": [
        text("USER_ID"),
        text("ACTION_ID"),
        text("EVENT_TYPE"),
        text("TIMESTAMP", "long"),
        {"name": "COST", "type": ["null", "int"]},
    ],
}


@dataclass(frozen=True)
class Tracked:
    """The tracking ids of the shop."""

    items: str
    actions: str


def create_interactions(
    client: "PersonalizeClient", dataset_type: str, *fields: dict[str, Any], name: str = ""
) -> str:
    """Make a dataset of interactions of the shop, and return its ARN."""
    name = name or dataset_type.lower()
    schema = client.create_schema(
        name=name, schema=record(*(fields or FIELDS[dataset_type]), name=dataset_type.replace("_", ""))
    )
    return client.create_dataset(
        name=name, schemaArn=schema["schemaArn"], datasetGroupArn=GROUP_ARN, datasetType=dataset_type
    )["datasetArn"]


def delete_event_tracker(client: "PersonalizeClient", group_arn: str = GROUP_ARN) -> None:
    """Delete the event tracker of a dataset group, as must be done before its Item interactions dataset goes."""
    (tracker,) = client.list_event_trackers(datasetGroupArn=group_arn)["eventTrackers"]
    client.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])


def create_shop(client: "PersonalizeClient", *fields: dict[str, Any]) -> str:
    """Make the shop with an Item interactions dataset and an event tracker, and return the tracking id."""
    client.create_dataset_group(name="shop")
    create_interactions(client, "Interactions", *fields)
    return client.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)["trackingId"]


def create_tracked(client: "PersonalizeClient") -> Tracked:
    """Make the shop with both kinds of interactions."""
    items = create_shop(client)
    arn = create_interactions(client, "Action_Interactions")
    return Tracked(items, client.describe_dataset(datasetArn=arn)["dataset"]["trackingId"])
