"""The demo data when it is reset: what people did to it is undone, and nothing else is changed."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings
from django.utils import timezone

from console.local.caller import Caller
from console.local.demo import make_demo_data
from console.local.http import keys
from console.local.models import Dataset, DatasetGroup, Demo, Schema
from console.local.operations.schemas import create as create_schema
from tests.conftest import LOYALTY
from tests.local.conftest import Clock
from tests.local.demo_data import DATASET, GROUP, SCHEMA, SHOP, SHOP_GROUP, reset, seen, users_schema
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

UNCHANGED = "The demo data was reset. Nothing had changed."


@pytest.mark.usefixtures("demo")
def test_what_is_as_it_was_made_does_not_change(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    assert len(before) == 7 + 14 + 5 + 14
    assert reset() == UNCHANGED
    assert reset() == UNCHANGED
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_was_deleted_comes_back(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=SHOP_GROUP)["eventTrackers"]
    personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
    for dataset in personalize.list_datasets(datasetGroupArn=SHOP_GROUP)["datasets"]:
        personalize.delete_dataset(datasetArn=dataset["datasetArn"])
    personalize.delete_dataset_group(datasetGroupArn=SHOP_GROUP)
    personalize.delete_schema(schemaArn=SCHEMA.format("online-shop-users-schema"))
    assert SHOP_GROUP not in seen(personalize)
    assert reset() == ("The demo data was reset. Restored: 1 dataset group, 1 schema, 3 datasets, 1 event tracker.")
    assert seen(personalize) == before
    assert reset() == UNCHANGED


@pytest.mark.usefixtures("demo")
def test_what_is_on_its_way_to_deletion_is_there_again(
    personalize: "PersonalizeClient", settings: LazySettings
) -> None:
    before = seen(personalize)
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    personalize.delete_dataset(datasetArn=LOYALTY)
    assert personalize.describe_dataset(datasetArn=LOYALTY)["dataset"]["status"] == "DELETE PENDING"
    assert reset() == "The demo data was reset. Restored: 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_is_shown_on_its_way_stays_so_if_it_was_made_anew(personalize: "PersonalizeClient", clock: Clock) -> None:
    before = seen(personalize)
    on_its_way = Dataset.objects.filter(arn=DATASET.format("regional-stores/USERS"))
    since = clock() - timedelta(seconds=6)
    on_its_way.update(settled_status="ACTIVE", changing_since=since, settles_at=since + timedelta(seconds=10))
    assert reset() == "The demo data was reset. Restored: 1 dataset."
    clock.go_on(10)
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_was_to_be_gone_by_now_comes_back_anew(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    Dataset.objects.filter(arn=SHOP).update(settled_status="DELETED", settles_at=timezone.now())
    assert reset() == "The demo data was reset. Restored: 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_was_made_in_its_place_becomes_the_demos(
    personalize: "PersonalizeClient", settings: LazySettings
) -> None:
    before = seen(personalize)
    schema_arn = SCHEMA.format("member-profiles-users-schema")
    group_arn = GROUP.format("member-profiles")
    personalize.delete_dataset(datasetArn=DATASET.format("member-profiles/USERS"))
    personalize.delete_dataset_group(datasetGroupArn=group_arn)
    personalize.delete_schema(schemaArn=schema_arn)
    personalize.create_dataset_group(
        name="member-profiles", domain="ECOMMERCE", roleArn="arn:aws:iam::123456789012:role/r"
    )
    personalize.create_schema(name="member-profiles-users-schema", schema=users_schema("A"), domain="ECOMMERCE")
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    personalize.create_dataset(name="own", schemaArn=schema_arn, datasetGroupArn=group_arn, datasetType="Users")
    assert reset() == "The demo data was reset. Restored: 1 dataset group, 1 schema, 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("seconds", [0, 60])
def test_an_event_tracker_that_was_made_in_place_of_the_demos_gives_way_to_it(
    personalize: "PersonalizeClient", settings: LazySettings, seconds: int
) -> None:
    before = seen(personalize)
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=SHOP_GROUP)["eventTrackers"]
    personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
    settings.CONSOLE_LOCAL_CREATE_SECONDS = seconds
    personalize.create_event_tracker(name="own", datasetGroupArn=SHOP_GROUP)
    assert reset() == "The demo data was reset. Restored: 1 event tracker."
    assert seen(personalize) == before
    assert reset() == UNCHANGED


@pytest.mark.usefixtures("demo")
def test_a_schema_that_was_replaced_is_the_demos_again_and_the_other_stays(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    fields = json.loads(
        personalize.describe_schema(schemaArn=SCHEMA.format("online-shop-users-schema"))["schema"]["schema"]
    )
    fields["fields"].append({"name": "AGE", "type": ["null", "int"]})
    added = personalize.create_schema(name="with-age", schema=json.dumps(fields), domain="ECOMMERCE")["schemaArn"]
    personalize.update_dataset(datasetArn=SHOP, schemaArn=added)
    assert reset() == "The demo data was reset. Restored: 1 dataset."
    after = seen(personalize)
    assert after.pop(added)[0]["name"] == "with-age"
    assert after == before
    assert "latestDatasetUpdate" not in personalize.describe_dataset(datasetArn=SHOP)["dataset"]


@pytest.mark.usefixtures("demo")
def test_tags_go(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    for arn in (SHOP, SHOP_GROUP):
        personalize.tag_resource(resourceArn=arn, tags=[{"tagKey": "a", "tagValue": "b"}])
    assert reset() == "The demo data was reset. Restored: 1 dataset group, 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_brings_the_demo_back_after_everything_was_deleted(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    for rows in (Dataset, DatasetGroup, Schema, Demo):
        rows._default_manager.all().delete()
    assert keys.find("AKIALOCALDEMOEXAMPLE") is None
    assert reset() == (
        "The demo data was reset. Restored: 7 dataset groups, 14 schemas, 14 datasets, 5 event trackers."
    )
    assert seen(personalize) == before
    assert Demo.objects.count() == 1
    assert keys.find("AKIALOCALDEMOEXAMPLE") is not None
    assert not make_demo_data(ACCOUNT, REGION)


@pytest.mark.usefixtures("demo")
def test_no_limit_of_the_service_stands_in_its_way(personalize: "PersonalizeClient") -> None:
    Dataset.objects.filter(arn=SHOP).delete()
    Schema.objects.filter(name="online-shop-users-schema").delete()
    Schema.objects.bulk_create(
        Schema(account=ACCOUNT, region=REGION, name=f"s{number}", arn=f"arn:{number}") for number in range(500)
    )
    assert reset() == "The demo data was reset. Restored: 1 schema, 1 dataset."


@pytest.mark.usefixtures("demo")
def test_the_demo_is_what_the_service_itself_would_make(personalize: "PersonalizeClient") -> None:
    other = Caller(ACCOUNT, "eu-west-1")
    for schema in Schema.objects.all():
        create_schema(other, {"name": schema.name, "schema": schema.text})
    demo = seen(personalize)
    Dataset.objects.all().delete()
    for name, (group, _) in demo.items():
        if ":dataset-group/" in name:
            domain = {"domain": group["domain"]} if group.get("domain") else {}
            again = personalize.create_dataset_group(name=f"again-{group['name']}", **domain)["datasetGroupArn"]
            for dataset, _ in demo.values():
                if dataset.get("datasetGroupArn") == name and "datasetType" in dataset:
                    personalize.create_dataset(
                        name=dataset["name"],
                        schemaArn=dataset["schemaArn"],
                        datasetGroupArn=again,
                        datasetType=dataset["datasetType"],
                    )
    assert Dataset.objects.count() == 14
