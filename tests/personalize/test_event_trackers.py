"""The gateway's calls about event trackers, and which event tracker a group's events are sent with."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console.local.models import EventTracker
from console.personalize.accounts import arn_prefixes
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError, PersonalizeError
from console.personalize.event_trackers import (
    create_event_tracker,
    delete_event_tracker,
    describe_event_tracker,
    event_tracker_arn,
    list_event_trackers,
    tracker_of_group,
)
from tests.support.aws_stand_in import Received, http, stand_in

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/shop"
MISSING = "arn:aws:personalize:us-east-1:000000000000:event-tracker/00000000"
AT = "arn:aws:personalize:us-west-2:123456789012"


@pytest.fixture
def shop(personalize: "PersonalizeClient") -> Iterator[str]:
    """The ARN of a dataset group of the local service."""
    yield personalize.create_dataset_group(name="shop")["datasetGroupArn"]
    arn_prefixes.ask_anew()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment that is not the local service."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    return Environment("staging", "Staging", "us-west-2")


def failure(call: Callable[[], Any]) -> Failure:
    with pytest.raises(PersonalizeError) as error:
        call()
    return error.value.failure


def answering(operations: dict[str, Any]) -> Callable[[Received], list[bytes]]:
    """Return what answers each operation with its members, and those that are left out as AWS answers what is gone."""

    def answer(received: Received) -> list[bytes]:
        gone = {"__type": "ResourceNotFoundException", "message": "It does not exist."}
        found = operations.get(received.operation, gone)
        body = json.dumps(found).encode()
        return [http(400 if found is gone else 200, body, {"Content-Type": "application/x-amz-json-1.1"})]

    return answer


def summary(identifier: str, status: str, created: float) -> dict[str, Any]:
    return {
        "name": f"events-{identifier}",
        "eventTrackerArn": f"{AT}:event-tracker/{identifier}",
        "status": status,
        "creationDateTime": created,
        "lastUpdatedDateTime": created,
    }


def test_creates_lists_describes_and_deletes(local: Environment, shop: str) -> None:
    arn = create_event_tracker(local, shop, "events")
    (listed,) = list_event_trackers(local, shop)
    assert (listed["name"], listed["eventTrackerArn"], listed["status"]) == ("events", arn, "ACTIVE")
    described = describe_event_tracker(local, arn)
    assert described["trackingId"] == EventTracker.objects.get().tracking_id
    assert described["datasetGroupArn"] == GROUP
    assert event_tracker_arn(local, arn.rpartition("/")[2]) == arn
    delete_event_tracker(local, arn)
    assert list_event_trackers(local, shop) == []


def test_the_tracker_of_a_group_is_described_with_its_tracking_id(local: Environment, shop: str) -> None:
    assert tracker_of_group(local, shop) is None
    arn = create_event_tracker(local, shop, "events")
    found = tracker_of_group(local, shop)
    assert found is not None
    assert found.items() <= describe_event_tracker(local, arn).items()
    assert found["trackingId"] == EventTracker.objects.get().tracking_id


def test_of_several_trackers_the_newest_active_one_is_the_group_s(aws: Environment) -> None:
    trackers = [
        summary("aaaaaaaa", "ACTIVE", 1600000001.0),
        summary("bbbbbbbb", "ACTIVE", 1600000002.0),
        summary("cccccccc", "DELETE IN_PROGRESS", 1600000003.0),
    ]

    def described(received: Received) -> list[bytes]:
        if received.operation == "ListEventTrackers":
            return answering({"ListEventTrackers": {"eventTrackers": trackers}})(received)
        asked = json.loads(received.body)["eventTrackerArn"]
        found = {**summary(asked[-8:], "ACTIVE", 1600000000.0), "trackingId": "t", "datasetGroupArn": GROUP}
        return answering({"DescribeEventTracker": {"eventTracker": found}})(received)

    with stand_in(described) as service:
        where = replace(aws, endpoint_url=service.url)
        found = tracker_of_group(where, GROUP)
        assert found
        assert found["name"] == "events-bbbbbbbb"
        del trackers[:2]
        found = tracker_of_group(where, GROUP)
        assert found
        assert found["name"] == "events-cccccccc"
        # The tracking id of an ARN is asked for once.
        service.received.clear()
        assert tracker_of_group(where, GROUP) == found
        assert [each.operation for each in service.received] == ["ListEventTrackers"]


def test_a_tracker_that_is_deleted_while_it_is_looked_for_is_none(aws: Environment) -> None:
    listed = {"ListEventTrackers": {"eventTrackers": [summary("aaaaaaaa", "ACTIVE", 1600000001.0)]}}
    with stand_in(answering(listed)) as service:
        assert tracker_of_group(replace(aws, endpoint_url=service.url), GROUP) is None
        assert [each.operation for each in service.received] == ["ListEventTrackers", "DescribeEventTracker"]


def test_a_description_without_a_tracking_id_cannot_be_used(aws: Environment) -> None:
    found = {**summary("aaaaaaaa", "ACTIVE", 1600000001.0), "datasetGroupArn": GROUP}
    with stand_in(answering({"DescribeEventTracker": {"eventTracker": found}})) as service:
        where = replace(aws, endpoint_url=service.url)
        sentence = failure(lambda: describe_event_tracker(where, found["eventTrackerArn"])).sentence
    assert sentence == "The response of Amazon Personalize in the environment Staging could not be read."


def test_a_group_that_has_an_event_tracker_gets_no_other(local: Environment, shop: str) -> None:
    create_event_tracker(local, shop, "events")
    refused = failure(lambda: create_event_tracker(local, shop, "more"))
    assert (refused.effect, refused.code) == (Effect.REFUSED, "ResourceAlreadyExistsException")
    assert refused.sentence == f"The local service refused personalize:CreateEventTracker on {GROUP}."
    assert refused.advice == ("A dataset group can have only one event tracker. Use that one, or delete it first.")


def test_what_does_not_exist_is_not_deleted(local: Environment, shop: str) -> None:
    with pytest.raises(NotFoundError):
        delete_event_tracker(local, MISSING)


def test_the_page_of_a_proxy_deletes_nothing(aws: Environment) -> None:
    with stand_in(lambda received: [http(200, b"<html>Sign in</html>")]) as service:
        where = replace(aws, endpoint_url=service.url)
        failed = failure(lambda: delete_event_tracker(where, MISSING))
    assert failed.effect is Effect.UNCONFIRMED
    assert failed.sentence == "The response of Amazon Personalize in the environment Staging could not be read."


def test_nothing_is_deleted_in_a_read_only_environment(aws: Environment) -> None:
    with stand_in() as service:
        where = replace(aws, endpoint_url=service.url, read_only=True)
        refused = failure(lambda: delete_event_tracker(where, MISSING))
        assert service.received == []
    assert refused.effect is Effect.NOT_SENT
    assert refused.sentence == "The environment Staging is read-only, so DeleteEventTracker was not sent."
