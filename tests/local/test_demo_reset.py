"""The demo data put back as it was made: what people did to it is undone, and nothing else is touched."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from console.local import keys
from console.local.demo import demo_contents, make_demo_data, reset_demo_data
from console.local.models import AccessKey, Dataset, DatasetGroup, Demo, Schema, StoredUser
from console.local.operations.caller import Caller
from console.local.operations.schemas import create as create_schema
from console.local.simulation import simulate, simulation
from tests.conftest import ACCOUNT, LOYALTY, REGION
from tests.local.conftest import Clock
from tests.local.jobs import ROLE

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

UNCHANGED = "The demo data is as it was made. Nothing had changed."
GROUP = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/{{}}"
DATASET = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/{{}}"
SCHEMA = f"arn:aws:personalize:{REGION}:{ACCOUNT}:schema/{{}}"
SHOP, SHOP_GROUP = DATASET.format("online-shop/USERS"), GROUP.format("online-shop")
TIMES = ("creationDateTime", "lastUpdatedDateTime")


def reset() -> str:
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
    for schema in client.list_schemas()["schemas"]:
        arn = schema["schemaArn"]
        found[arn] = client.describe_schema(schemaArn=arn)["schema"], []
    return {
        arn: ({name: value for name, value in each.items() if name not in TIMES}, own_tags)
        for arn, (each, own_tags) in found.items()
    }


def tags(client: Any, arn: str) -> Any:
    return client.list_tags_for_resource(resourceArn=arn)["tags"]


def users_schema(*fields: str) -> str:
    described = [
        {"name": "USER_ID", "type": "string"},
        *({"name": name, "type": ["null", "string"]} for name in fields),
    ]
    return json.dumps({"type": "record", "name": "Users", "fields": described, "version": "1.0"})


@pytest.mark.usefixtures("demo")
def test_what_is_as_it_was_made_does_not_change(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    assert len(before) == 7 + 14 + 14
    assert reset() == UNCHANGED
    assert reset() == UNCHANGED
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_was_deleted_comes_back(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    for dataset in personalize.list_datasets(datasetGroupArn=SHOP_GROUP)["datasets"]:
        personalize.delete_dataset(datasetArn=dataset["datasetArn"])
    personalize.delete_dataset_group(datasetGroupArn=SHOP_GROUP)
    personalize.delete_schema(schemaArn=SCHEMA.format("online-shop-users-schema"))
    assert SHOP_GROUP not in seen(personalize)
    assert reset() == "The demo data is as it was made. Put back: 1 dataset group, 1 schema, 3 datasets."
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
    assert reset() == "The demo data is as it was made. Put back: 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_is_shown_on_its_way_stays_so_if_it_was_made_anew(personalize: "PersonalizeClient", clock: Clock) -> None:
    before = seen(personalize)
    on_its_way = Dataset.objects.filter(arn=DATASET.format("regional-stores/USERS"))
    since = clock() - timedelta(seconds=6)
    on_its_way.update(settled_status="ACTIVE", changing_since=since, settles_at=since + timedelta(seconds=10))
    assert reset() == "The demo data is as it was made. Put back: 1 dataset."
    clock.go_on(10)
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_what_was_to_be_gone_by_now_comes_back_anew(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    Dataset.objects.filter(arn=SHOP).update(settled_status="DELETED", settles_at=timezone.now())
    assert reset() == "The demo data is as it was made. Put back: 1 dataset."
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
    assert reset() == "The demo data is as it was made. Put back: 1 dataset group, 1 schema, 1 dataset."
    assert seen(personalize) == before


@pytest.mark.usefixtures("demo")
def test_a_schema_that_was_replaced_is_the_demos_again_and_the_other_stays(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    fields = json.loads(
        personalize.describe_schema(schemaArn=SCHEMA.format("online-shop-users-schema"))["schema"]["schema"]
    )
    fields["fields"].append({"name": "AGE", "type": ["null", "int"]})
    added = personalize.create_schema(name="with-age", schema=json.dumps(fields), domain="ECOMMERCE")["schemaArn"]
    personalize.update_dataset(datasetArn=SHOP, schemaArn=added)
    assert reset() == "The demo data is as it was made. Put back: 1 dataset."
    after = seen(personalize)
    assert after.pop(added)[0]["name"] == "with-age"
    assert after == before
    assert "latestDatasetUpdate" not in personalize.describe_dataset(datasetArn=SHOP)["dataset"]


@pytest.mark.usefixtures("demo")
def test_tags_go(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    for arn in (SHOP, SHOP_GROUP):
        personalize.tag_resource(resourceArn=arn, tags=[{"tagKey": "a", "tagValue": "b"}])
    assert reset() == "The demo data is as it was made. Put back: 1 dataset group, 1 dataset."
    assert seen(personalize) == before


def put(events: "PersonalizeEventsClient", arn: str = SHOP) -> None:
    events.put_users(datasetArn=arn, users=[{"userId": "u", "properties": '{"membershipStatus": "Gold"}'}])


@pytest.mark.usefixtures("demo")
def test_what_is_stored_in_the_demo_goes(personalize_events: "PersonalizeEventsClient") -> None:
    put(personalize_events)
    items: list[Any] = [{"itemId": each, "properties": '{"price": 1, "categoryL1": "a"}'} for each in ("i", "j")]
    personalize_events.put_items(datasetArn=DATASET.format("online-shop/ITEMS"), items=items)
    contents = demo_contents(ACCOUNT, REGION)
    assert contents.records == [("user", 1), ("item", 2), ("action", 0)]
    assert contents.groups[0] == "video-streaming"
    assert reset() == "The demo data is as it was made. Removed: 1 user, 2 items."
    assert demo_contents(ACCOUNT, REGION).records == [("user", 0), ("item", 0), ("action", 0)]


@pytest.mark.usefixtures("demo")
def test_what_is_not_the_demos_stays(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    schema = personalize.create_schema(name="own", schema=users_schema("MEMBERSHIP_STATUS"))["schemaArn"]
    own = personalize.create_dataset_group(name="own")["datasetGroupArn"]
    for group in (own, GROUP.format("newsroom")):
        made = personalize.create_dataset(name="own", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
        put(personalize_events, made["datasetArn"])
    personalize.tag_resource(resourceArn=own, tags=[{"tagKey": "a", "tagValue": "b"}])
    key = keys.make(ACCOUNT, "own", is_read_only=False)
    abroad = DatasetGroup.objects.create(
        account=ACCOUNT, region="eu-west-1", name="online-shop", arn="abroad", tags=[1]
    )
    before = seen(personalize)
    put(personalize_events)
    assert reset() == "The demo data is as it was made. Removed: 1 user."
    assert seen(personalize) == before
    assert StoredUser.objects.filter(dataset__name="own").count() == 2
    assert AccessKey.objects.get() == key
    abroad.refresh_from_db()
    assert abroad.tags == [1]


@pytest.mark.usefixtures("demo")
def test_the_simulation_is_switched_off() -> None:
    simulate("InternalFailure", 0, None, "somebody")
    assert reset() == "The demo data is as it was made. No response is simulated any more."
    assert simulation() is None


@pytest.mark.usefixtures("demo")
def test_brings_the_demo_back_after_everything_was_deleted(personalize: "PersonalizeClient") -> None:
    before = seen(personalize)
    for rows in (Dataset, DatasetGroup, Schema, Demo):
        rows._default_manager.all().delete()
    assert keys.find("AKIALOCALDEMOEXAMPLE") is None
    assert reset() == "The demo data is as it was made. Put back: 7 dataset groups, 14 schemas, 14 datasets."
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
    assert reset() == "The demo data is as it was made. Put back: 1 schema, 1 dataset."


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


@pytest.mark.usefixtures("demo")
def test_the_jobs_of_the_demo_go_and_all_others_stay(personalize: "PersonalizeClient") -> None:
    group = personalize.create_dataset_group(name="ours")["datasetGroupArn"]
    source: Any = {"dataSource": {"dataLocation": "s3://bucket/users.csv"}, "roleArn": ROLE}
    personalize.create_dataset_import_job(jobName="users", datasetArn=SHOP, **source)
    personalize.create_data_deletion_job(jobName="demos", datasetGroupArn=SHOP_GROUP, **source)
    personalize.create_data_deletion_job(jobName="ours", datasetGroupArn=group, **source)
    assert reset() == "The demo data is as it was made. Removed: 2 jobs."
    assert personalize.list_dataset_import_jobs()["datasetImportJobs"] == []
    assert [job["jobName"] for job in personalize.list_data_deletion_jobs()["dataDeletionJobs"]] == ["ours"]
