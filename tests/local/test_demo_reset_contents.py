"""What is stored in the demo data, and its jobs, when it is reset: they are deleted, and nothing else is."""

from typing import TYPE_CHECKING, Any

import pytest

from console.local.demo import demo_contents
from console.local.http import keys
from console.local.models import AccessKey, DatasetGroup, StoredRecord
from console.local.simulation import simulate, simulation
from tests.local.demo_data import DATASET, GROUP, SHOP, SHOP_GROUP, reset, seen, users_schema
from tests.local.jobs.job_requests import ROLE
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient


def put(events: "PersonalizeEventsClient", arn: str = SHOP) -> None:
    events.put_users(datasetArn=arn, users=[{"userId": "u", "properties": '{"membershipStatus": "Gold"}'}])


@pytest.mark.usefixtures("demo")
def test_what_is_stored_in_the_demo_goes(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    put(personalize_events)
    items: list[Any] = [{"itemId": each, "properties": '{"price": 1, "categoryL1": "a"}'} for each in ("i", "j")]
    personalize_events.put_items(datasetArn=DATASET.format("online-shop/ITEMS"), items=items)
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=SHOP_GROUP)["eventTrackers"]
    personalize_events.put_events(
        trackingId=personalize.describe_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])["eventTracker"][
            "trackingId"
        ],
        sessionId="s",
        eventList=[{"eventType": "view", "sentAt": "1", "itemId": "i"}],
    )
    contents = demo_contents(ACCOUNT, REGION)
    others = [("action", 0), ("item interaction", 1), ("action interaction", 0)]
    assert contents.records == [("user", 1), ("item", 2), *others]
    assert contents.groups[0] == "video-streaming"
    assert reset() == "The demo data was reset. Deleted: 1 user, 2 items, 1 item interaction."
    assert {number for _name, number in demo_contents(ACCOUNT, REGION).records} == {0}


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
    assert reset() == "The demo data was reset. Deleted: 1 user."
    assert seen(personalize) == before
    assert StoredRecord.objects.filter(dataset__name="own").count() == 2
    assert AccessKey.objects.get() == key
    abroad.refresh_from_db()
    assert abroad.tags == [1]


@pytest.mark.usefixtures("demo")
def test_the_simulation_is_switched_off() -> None:
    simulate("InternalFailure", 0, None, "somebody")
    assert reset() == "The demo data was reset. Responses are no longer simulated."
    assert simulation() is None


@pytest.mark.usefixtures("demo")
def test_the_jobs_of_the_demo_go_and_all_others_stay(personalize: "PersonalizeClient") -> None:
    group = personalize.create_dataset_group(name="ours")["datasetGroupArn"]
    source: Any = {"dataSource": {"dataLocation": "s3://bucket/users.csv"}, "roleArn": ROLE}
    personalize.create_dataset_import_job(jobName="users", datasetArn=SHOP, **source)
    personalize.create_data_deletion_job(jobName="demos", datasetGroupArn=SHOP_GROUP, **source)
    personalize.create_data_deletion_job(jobName="ours", datasetGroupArn=group, **source)
    assert reset() == "The demo data was reset. Deleted: 2 jobs."
    assert personalize.list_dataset_import_jobs()["datasetImportJobs"] == []
    assert [job["jobName"] for job in personalize.list_data_deletion_jobs()["dataDeletionJobs"]] == ["ours"]
