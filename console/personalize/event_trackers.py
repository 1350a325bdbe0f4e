"""The calls about event trackers. Each raises PersonalizeError with what went wrong, as a person reads it."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from django.core.cache import cache

from console.personalize.arns import arn_prefix, dataset_group_arn
from console.personalize.asking import asks, whole
from console.personalize.connections.clients import client
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import EventTrackerSummaryTypeDef, EventTrackerTypeDef

SECONDS_KNOWN = 600
OLDEST = datetime.min.replace(tzinfo=UTC)


def event_tracker_arn(environment: Environment, identifier: str) -> str:
    """Return the ARN that ends in an identifier, which AWS chooses for each event tracker; it need not exist."""
    return f"{arn_prefix(environment)}:event-tracker/{identifier}"


def identifier_in(arn: str) -> str:
    """Return what tells an event tracker's ARN from those of other event trackers."""
    return arn.partition(":event-tracker/")[2]


def is_deleting(status: str) -> bool:
    """Return whether an event tracker, or another resource, with a status of AWS is being deleted."""
    return status.startswith("DELETE")


def is_failed(status: str) -> bool:
    """Return whether an event tracker with a status of AWS could not be created, and will never be Active."""
    return status == "CREATE FAILED"


@asks("ListEventTrackers")
def list_event_trackers(environment: Environment, group_arn: str) -> "list[EventTrackerSummaryTypeDef]":
    """Return all event trackers of a dataset group."""
    pages = client(environment, "personalize").get_paginator("list_event_trackers").paginate(datasetGroupArn=group_arn)
    trackers = [tracker for page in pages for tracker in page["eventTrackers"]]
    return [whole(tracker, "name", "eventTrackerArn", "status") for tracker in trackers]


@asks("DescribeEventTracker")
def describe_event_tracker(environment: Environment, arn: str) -> "EventTrackerTypeDef":
    """Return the event tracker of an ARN, its tracking id included."""
    tracker = client(environment, "personalize").describe_event_tracker(eventTrackerArn=arn)["eventTracker"]
    return whole(tracker, "name", "eventTrackerArn", "trackingId", "datasetGroupArn", "status")


@asks("CreateEventTracker")
def create_event_tracker(environment: Environment, group_arn: str, name: str) -> str:
    """Create an event tracker for a dataset group, and return its ARN; it takes a while to be ACTIVE."""
    answer = client(environment, "personalize").create_event_tracker(name=name, datasetGroupArn=group_arn)
    return answer["eventTrackerArn"]


@asks("DeleteEventTracker")
def delete_event_tracker(environment: Environment, arn: str) -> None:
    """Begin the deletion of the event tracker of an ARN; the events that came with its tracking id stay."""
    client(environment, "personalize").delete_event_tracker(eventTrackerArn=arn)


def load_event_tracker(environment: Environment, group: str, identifier: str) -> "EventTrackerTypeDef":
    """Return a dataset group's event tracker by what its ARN ends in; raise NotFoundError, also if it is another's."""
    found = describe_event_tracker(environment, event_tracker_arn(environment, identifier))
    if found["datasetGroupArn"] != dataset_group_arn(environment, group):
        raise NotFoundError(_no_event_tracker(group, identifier))
    return found


def tracker_of_group(environment: Environment, group_arn: str) -> "EventTrackerTypeDef | None":
    """Return the event tracker that a dataset group's events are sent with, None if it has none.

    It is the newest that is ACTIVE, or the newest of all where none is.
    """
    trackers = list_event_trackers(environment, group_arn)
    if not trackers:
        return None
    newest = max(trackers, key=lambda each: (each["status"] == "ACTIVE", each.get("creationDateTime", OLDEST)))
    try:
        tracking_id = _tracking_id(environment, newest["eventTrackerArn"])
    except NotFoundError:
        # It was deleted since it was listed.
        return None
    return cast("EventTrackerTypeDef", {**newest, "trackingId": tracking_id, "datasetGroupArn": group_arn})


def _tracking_id(environment: Environment, arn: str) -> str:
    """Return the tracking id of an ARN, which stays the same as long as there is such an event tracker."""
    key = f"tracking-id:{endpoint_of(environment)}:{arn}"
    known: str | None = cache.get(key)
    if known is None:
        known = describe_event_tracker(environment, arn)["trackingId"]
        cache.set(key, known, SECONDS_KNOWN)
    return known


def _no_event_tracker(group: str, identifier: str) -> Failure:
    return Failure(
        Effect.NOT_SENT,
        f"The dataset group {group} has no event tracker {identifier}.",
        "Choose one from its event trackers.",
    )
