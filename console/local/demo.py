"""The demo data: dataset groups as teams have them, with schemas that are in public use."""

import json
from typing import Any

from console.local.models import Dataset, DatasetGroup, Demo
from console.local.one_writer import one_writer
from console.local.operations import dataset_groups, datasets, schemas
from console.local.operations.caller import Caller
from console.local.stages import CREATE_FAILED

type FieldDescription = dict[str, Any]

USER_ID: FieldDescription = {"name": "USER_ID", "type": "string"}
ITEM_ID: FieldDescription = {"name": "ITEM_ID", "type": "string"}
TIMESTAMP = {"name": "TIMESTAMP", "type": "long"}
EVENT_TYPE = {"name": "EVENT_TYPE", "type": "string"}


def categorical(name: str, type_: Any = "string") -> FieldDescription:
    return {"name": name, "type": type_, "categorical": True}


# The default schemas of the two domains, as the developer guide has them.
VIDEO_USERS = [USER_ID, categorical("SUBSCRIPTION_MODEL")]
SHOP_USERS = [USER_ID, categorical("MEMBERSHIP_STATUS")]

LOYALTY_USERS = [
    USER_ID,
    {"name": "AGE", "type": ["null", "int"]},
    categorical("GENDER", ["null", "string"]),
    categorical("MEMBERSHIP_TYPE"),
    categorical("INTERESTS", ["null", "string"]),
    {"name": "MEMBER_SINCE", "type": "long"},
    {"name": "TOTAL_SPEND", "type": "float"},
    {"name": "LOYALTY_SCORE", "type": ["double", "null"]},
    {"name": "NEWSLETTER", "type": "boolean"},
    {"name": "NUMBER_OF_VIDEOS_WATCHED", "type": ["null", "int"]},
    {"name": "CITY", "type": ["null", "string"]},
]
PROFILE_USERS = [
    USER_ID,
    {"name": "Email", "type": "string"},
    {"name": "FullName", "type": "string"},
    {"name": "Age", "type": "int"},
    categorical("Gender"),
]
REGIONAL_USERS = [
    USER_ID,
    categorical("CITY"),
    categorical("PROVINCE"),
    {"name": "ORDER_COUNT", "type": "int"},
    {"name": "TOTAL_SPEND", "type": "float"},
]

VIDEO_ITEMS = [ITEM_ID, categorical("GENRES"), {"name": "CREATION_TIMESTAMP", "type": "long"}]
SHOP_ITEMS = [ITEM_ID, {"name": "PRICE", "type": "float"}, categorical("CATEGORY_L1")]
ARTICLES = [ITEM_ID, categorical("TOPIC"), {"name": "PUBLISHED_AT", "type": "long"}]
INTERACTIONS = [USER_ID, ITEM_ID, EVENT_TYPE, TIMESTAMP]

# Each group: its name, its domain, and the fields of its datasets by type. Made in this order, so listed in reverse.
GROUPS: list[tuple[str, str, dict[str, list[FieldDescription]]]] = [
    ("retired-campaigns", "", {}),
    ("newsroom", "", {"Interactions": INTERACTIONS, "Items": ARTICLES}),
    ("regional-stores", "", {"Interactions": INTERACTIONS, "Users": REGIONAL_USERS}),
    ("member-profiles", "", {"Users": PROFILE_USERS}),
    ("loyalty-programme", "", {"Interactions": INTERACTIONS, "Items": SHOP_ITEMS, "Users": LOYALTY_USERS}),
    ("online-shop", "ECOMMERCE", {"Interactions": INTERACTIONS, "Items": SHOP_ITEMS, "Users": SHOP_USERS}),
    ("video-streaming", "VIDEO_ON_DEMAND", {"Interactions": INTERACTIONS, "Items": VIDEO_ITEMS, "Users": VIDEO_USERS}),
]


@one_writer()
def make_demo_data(account: str, region: str) -> bool:
    """Make the demo data of an account and region, and say whether that was done: it is made once and never again."""
    if Demo.objects.exists():
        return False
    caller = Caller(account, region)
    for name, domain, fields_by_type in GROUPS:
        _make_group(caller, name, domain, fields_by_type)
    DatasetGroup.objects.filter(name="retired-campaigns").update(
        settled_status=CREATE_FAILED, failure_reason="The IAM role of this dataset group could not be assumed."
    )
    # Long jobs are part of everyday life with the service: one dataset is shown on its way.
    Dataset.objects.filter(group__name="regional-stores", dataset_type=datasets.USERS).update(
        settled_status="CREATE IN_PROGRESS"
    )
    Demo.objects.create()
    return True


def _make_group(caller: Caller, name: str, domain: str, fields_by_type: dict[str, list[FieldDescription]]) -> None:
    in_domain = {"domain": domain} if domain else {}
    group = dataset_groups.add(caller, {"name": name, **in_domain}, seconds=0)
    for dataset_type, fields in fields_by_type.items():
        own_name = f"{name}-{dataset_type.lower()}"
        record = {
            "type": "record",
            "name": dataset_type,
            "namespace": "com.amazonaws.personalize.schema",
            "fields": fields,
            "version": "1.0",
        }
        text = json.dumps(record, indent=2)
        schema = schemas.create(caller, {"name": f"{own_name}-schema", "schema": text, **in_domain})
        datasets.add(
            caller,
            {
                "name": own_name,
                "datasetType": dataset_type,
                "datasetGroupArn": group["datasetGroupArn"],
                "schemaArn": schema["schemaArn"],
            },
            seconds=0,
        )
