"""Event trackers, through real boto3."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from console.local.models import Dataset, DatasetGroup, EventTracker
from tests.local.conftest import Clock
from tests.local.queued import remove_all
from tests.local.schemas import record
from tests.local.shop import GROUP_ARN, refused
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

FIELDS: list[Any] = [
    {"name": "USER_ID", "type": "string"},
    {"name": "ACTION_ID", "type": "string"},
    {"name": "EVENT_TYPE", "type": "string"},
    {"name": "TIMESTAMP", "type": "long"},
]
UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MISSING = f"arn:aws:personalize:{REGION}:{ACCOUNT}:event-tracker/00000000"


@pytest.fixture
def tracker(personalize: "PersonalizeClient") -> str:
    """The ARN of an event tracker of the shop, which has no datasets."""
    personalize.create_dataset_group(name="shop")
    return personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)["eventTrackerArn"]


def action_interactions(personalize: "PersonalizeClient") -> str:
    """Make an Action interactions dataset of the shop, and return its ARN."""
    schema = personalize.create_schema(name="taken", schema=record(*FIELDS, name="ActionInteractions"))
    return personalize.create_dataset(
        name="taken",
        schemaArn=schema["schemaArn"],
        datasetGroupArn=GROUP_ARN,
        datasetType="Action_Interactions",
    )["datasetArn"]


def test_describes_the_event_tracker_that_was_created(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    created = personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)
    arn, tracking_id = created["eventTrackerArn"], created["trackingId"]
    # As the live service's, the ARN does not end in the name.
    assert re.fullmatch(f"arn:aws:personalize:{REGION}:{ACCOUNT}:event-tracker/[0-9a-f]{{8}}", arn)
    assert UUID.fullmatch(tracking_id)
    described: Any = personalize.describe_event_tracker(eventTrackerArn=arn)["eventTracker"]
    for name in ("creationDateTime", "lastUpdatedDateTime"):
        assert datetime.now(UTC) - described.pop(name) < timedelta(minutes=1)
    assert described == {
        "name": "events",
        "eventTrackerArn": arn,
        "accountId": ACCOUNT,
        "trackingId": tracking_id,
        "datasetGroupArn": GROUP_ARN,
        "status": "ACTIVE",
    }


def test_lists_the_event_trackers_of_one_group_or_of_all(personalize: "PersonalizeClient", tracker: str) -> None:
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    assert personalize.list_event_trackers(datasetGroupArn=other)["eventTrackers"] == []
    personalize.create_event_tracker(name="others", datasetGroupArn=other)
    (own,) = personalize.list_event_trackers(datasetGroupArn=GROUP_ARN)["eventTrackers"]
    assert (own["name"], own["eventTrackerArn"], own["status"]) == ("events", tracker, "ACTIVE")
    assert set(own) == {"name", "eventTrackerArn", "status", "creationDateTime", "lastUpdatedDateTime"}
    pages = personalize.get_paginator("list_event_trackers").paginate(PaginationConfig={"PageSize": 1})
    assert [[each["name"] for each in page["eventTrackers"]] for page in pages] == [["others"], ["events"]]


def test_a_dataset_group_has_one_event_tracker(personalize: "PersonalizeClient", tracker: str) -> None:
    with pytest.raises(personalize.exceptions.ResourceAlreadyExistsException) as error:
        personalize.create_event_tracker(name="another", datasetGroupArn=GROUP_ARN)
    # The live service's own words.
    assert refused(error)[2] == f"Another resource with Arn {tracker} already exists."
    personalize.delete_event_tracker(eventTrackerArn=tracker)
    personalize.create_event_tracker(name="another", datasetGroupArn=GROUP_ARN)


def test_groups_may_have_event_trackers_of_one_name(personalize: "PersonalizeClient", tracker: str) -> None:
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    personalize.create_event_tracker(name="events", datasetGroupArn=other)
    assert len(personalize.list_event_trackers()["eventTrackers"]) == 2


def test_an_account_has_500_event_trackers_in_a_region(personalize: "PersonalizeClient", tracker: str) -> None:
    group = DatasetGroup.objects.get()
    EventTracker.objects.bulk_create(
        EventTracker(account=ACCOUNT, region=REGION, name="t", arn=f"arn:{each}", group=group, tracking_id=str(each))
        for each in range(499)
    )
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    with pytest.raises(personalize.exceptions.LimitExceededException) as error:
        personalize.create_event_tracker(name="events", datasetGroupArn=other)
    assert refused(error)[2] == (
        "The account has 500 event trackers in this region, which is the limit. Delete one first."
    )
    personalize.delete_event_tracker(eventTrackerArn=tracker)
    personalize.create_event_tracker(name="events", datasetGroupArn=other)


def test_takes_its_time_and_so_does_its_removal(
    personalize: "PersonalizeClient", settings: LazySettings, clock: Clock
) -> None:
    personalize.create_dataset_group(name="shop")
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    arn = personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)["eventTrackerArn"]

    def status() -> str:
        (summary,) = personalize.list_event_trackers()["eventTrackers"]
        assert personalize.describe_event_tracker(eventTrackerArn=arn)["eventTracker"]["status"] == summary["status"]
        return summary["status"]

    for seconds, expected in ((0, "CREATE PENDING"), (5, "CREATE IN_PROGRESS")):
        clock.go_on(seconds)
        assert status() == expected
        with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
            personalize.delete_event_tracker(eventTrackerArn=arn)
        assert refused(error)[2] == (
            f"The event tracker {arn} has the status {expected}; it must be ACTIVE or CREATE FAILED."
        )
    clock.go_on(5)
    assert status() == "ACTIVE"
    assert list(personalize.delete_event_tracker(eventTrackerArn=arn)) == ["ResponseMetadata"]
    for seconds, expected in ((0, "DELETE PENDING"), (5, "DELETE IN_PROGRESS")):
        clock.go_on(seconds)
        assert status() == expected
        with pytest.raises(personalize.exceptions.ResourceInUseException):
            personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    clock.go_on(5)
    assert personalize.list_event_trackers()["eventTrackers"] == []
    remove_all()
    assert not EventTracker.objects.exists()


def test_a_group_with_an_event_tracker_is_in_use(personalize: "PersonalizeClient", tracker: str) -> None:
    """DeleteDatasetGroup: "Before you delete a dataset group, you must delete [...] all associated event trackers"."""
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert refused(error)[2] == (f"The dataset group {GROUP_ARN} has the event tracker {tracker}. Delete it first.")
    personalize.delete_event_tracker(eventTrackerArn=tracker)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    remove_all()
    assert not EventTracker.objects.exists()
    assert not DatasetGroup.objects.exists()


def test_a_group_that_is_not_active_takes_none(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    DatasetGroup.objects.update(settled_status="CREATE FAILED")
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)
    assert refused(error)[2] == f"The dataset group {GROUP_ARN} has the status CREATE FAILED; it must be ACTIVE."


def test_says_what_does_not_exist(personalize: "PersonalizeClient") -> None:
    group = GROUP_ARN.replace("shop", "missing")
    calls: list[tuple[str, str, Any]] = [
        ("event tracker", MISSING, lambda: personalize.describe_event_tracker(eventTrackerArn=MISSING)),
        ("event tracker", MISSING, lambda: personalize.delete_event_tracker(eventTrackerArn=MISSING)),
        ("dataset group", group, lambda: personalize.create_event_tracker(name="e", datasetGroupArn=group)),
    ]
    for kind, arn, call in calls:
        with pytest.raises(personalize.exceptions.ResourceNotFoundException) as error:
            call()
        assert refused(error)[1:] == (400, f"The given {kind} does not exist: {arn}")
    # The model has no ResourceNotFoundException for it.
    with pytest.raises(personalize.exceptions.InvalidInputException) as invalid:
        personalize.list_event_trackers(datasetGroupArn=group)
    assert refused(invalid)[2] == f"The given dataset group does not exist: {group}"


def test_an_event_tracker_has_tags(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    tags: Any = [{"tagKey": "team", "tagValue": "ops"}]
    arn = personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN, tags=tags)["eventTrackerArn"]
    personalize.tag_resource(resourceArn=arn, tags=[{"tagKey": "stage", "tagValue": "test"}])
    personalize.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert personalize.list_tags_for_resource(resourceArn=arn)["tags"] == [{"tagKey": "stage", "tagValue": "test"}]


def test_an_action_interactions_dataset_is_made_with_a_tracker_of_its_own_and_goes_with_it(
    personalize: "PersonalizeClient", tracker: str
) -> None:
    arn = action_interactions(personalize)
    tracking_id = personalize.describe_dataset(datasetArn=arn)["dataset"]["trackingId"]
    assert UUID.fullmatch(tracking_id)
    # It is neither listed nor the group's own.
    assert [each["name"] for each in personalize.list_event_trackers()["eventTrackers"]] == ["events"]
    own = EventTracker.objects.get(tracking_id=tracking_id)
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_event_tracker(eventTrackerArn=own.arn)
    personalize.delete_event_tracker(eventTrackerArn=tracker)
    personalize.delete_dataset(datasetArn=arn)
    personalize.delete_schema(schemaArn=f"arn:aws:personalize:{REGION}:{ACCOUNT}:schema/taken")
    again = action_interactions(personalize)
    assert again == arn
    assert personalize.describe_dataset(datasetArn=arn)["dataset"]["trackingId"] != tracking_id
    personalize.delete_dataset(datasetArn=arn)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    remove_all()
    assert not EventTracker.objects.exists()
    assert not Dataset.objects.exists()
