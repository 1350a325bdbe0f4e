"""Event trackers: those created by CreateEventTracker, and the one of each Action interactions dataset."""

import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from console.local import stages
from console.local.caller import Caller
from console.local.errors import ServiceError, already_exists, invalid_input
from console.local.models import Dataset, DatasetGroup, EventTracker
from console.local.operations import dataset_groups
from console.local.operations.resources import (
    NextToken,
    begin_removal,
    check_active,
    check_lasting,
    check_limit,
    make,
    page,
)
from console.local.operations.resources import find as find_resource
from console.local.operations.tags import read_tags
from console.local.storage.one_writer import one_writer
from console.local.storage.resource_rows import NOW, Rows, not_gone

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import (
        CreateEventTrackerRequestTypeDef,
        DeleteEventTrackerRequestTypeDef,
        DescribeEventTrackerRequestTypeDef,
        EventTrackerSummaryTypeDef,
        EventTrackerTypeDef,
        ListEventTrackersRequestTypeDef,
    )

KIND = "event tracker"
ROWS = Rows(EventTracker, ("group",))
SHOWN = ROWS.where("own.dataset_id IS NULL").where(not_gone(), NOW)
# "Total number of active event trackers" in "Amazon Personalize endpoints and quotas" (developer guide).
MOST_EVENT_TRACKERS = 500


@one_writer()
def create(caller: Caller, parameters: "CreateEventTrackerRequestTypeDef") -> dict[str, str]:
    """Create an event tracker, and return its ARN and tracking id: API reference, CreateEventTracker.

    It is ACTIVE after CONSOLE_LOCAL_CREATE_SECONDS. Raise ResourceNotFoundException for the group,
    ResourceInUseException for one that is not ACTIVE, ResourceAlreadyExistsException for one that has an event
    tracker, LimitExceededException for more than MOST_EVENT_TRACKERS, and for tags InvalidInputException or
    TooManyTagsException.

    "You will get an error if you call CreateEventTracker using the same dataset group as an existing event tracker":
    no source says which of the modelled ones. Nor does any say that the group needs an Item interactions dataset.
    """
    group = dataset_groups.find(caller, parameters["datasetGroupArn"])
    check_active(group, dataset_groups.KIND)
    for present in _of_group(group).newest(caller, 1):
        raise already_exists(present.arn)
    check_limit(SHOWN, caller, MOST_EVENT_TRACKERS, "event trackers")
    tracker = make(
        ROWS,
        caller,
        _new_arn(caller),
        name=parameters["name"],
        group=group,
        tracking_id=str(uuid.uuid4()),
        tags=read_tags(parameters.get("tags", ())),
        **stages.times(timezone.now(), settings.CONSOLE_LOCAL_CREATE_SECONDS),
    )
    return {"eventTrackerArn": tracker.arn, "trackingId": tracker.tracking_id}


def add_to_dataset(caller: Caller, dataset: Dataset) -> None:
    """Create the event tracker of an Action interactions dataset, which shares the dataset's stages and deletion.

    Source: "Finding the ID of your action interaction event tracker" (developer guide).
    """
    make(
        ROWS,
        caller,
        _new_arn(caller),
        name=dataset.name,
        group=dataset.group,
        dataset=dataset,
        tracking_id=str(uuid.uuid4()),
        changing_since=dataset.changing_since,
        settles_at=dataset.settles_at,
    )


def describe(caller: Caller, parameters: "DescribeEventTrackerRequestTypeDef") -> "dict[str, EventTrackerTypeDef]":
    """Return an event tracker (API reference, DescribeEventTracker); raise ResourceNotFoundException."""
    tracker = _find(caller, parameters["eventTrackerArn"])
    described: EventTrackerTypeDef = {
        **_summary(tracker),
        "accountId": tracker.account,
        "trackingId": tracker.tracking_id,
        "datasetGroupArn": tracker.group.arn,
    }
    return {"eventTracker": described}


class EventTrackersPage(NextToken):
    """The response of ListEventTrackers: event trackers in short, newest first."""

    eventTrackers: "list[EventTrackerSummaryTypeDef]"


def list_page(caller: Caller, parameters: "ListEventTrackersRequestTypeDef") -> EventTrackersPage:
    """Return a page of the caller's event trackers, or of that of one group: API reference, ListEventTrackers.

    Raise InvalidInputException for a dataset group that does not exist, and InvalidNextTokenException.
    """
    trackers = SHOWN
    group_arn = parameters.get("datasetGroupArn", "")
    if group_arn:
        try:
            trackers = _of_group(dataset_groups.find(caller, group_arn))
        except ServiceError as error:
            # The service's model has no ResourceNotFoundException for this operation.
            raise invalid_input(error.message) from error
    found, next_token = page(trackers, caller, parameters, f"event-trackers/{group_arn}")
    return {"eventTrackers": [_summary(tracker) for tracker in found], **next_token}


@one_writer()
def delete(caller: Caller, parameters: "DeleteEventTrackerRequestTypeDef") -> dict[str, str]:
    """Begin the deletion of an event tracker: API reference, DeleteEventTracker. The response has no members.

    Datasets and their events stay. Raise ResourceNotFoundException, or ResourceInUseException while the event tracker
    is being created or deleted.
    """
    tracker = _find(caller, parameters["eventTrackerArn"])
    check_lasting(tracker, KIND)
    begin_removal(tracker)
    return {}


def _of_group(group: DatasetGroup) -> Rows[EventTracker]:
    return SHOWN.where("own.group_id = %s", group.pk)


def _find(caller: Caller, arn: str) -> EventTracker:
    return find_resource(SHOWN, caller, arn, KIND)


def _new_arn(caller: Caller) -> str:
    """Return an ARN for an event tracker; as the live service's, it ends in eight digits and not in the name."""
    return caller.arn(f"event-tracker/{secrets.token_hex(4)}")


def _summary(tracker: EventTracker) -> "EventTrackerSummaryTypeDef":
    return {
        "name": tracker.name,
        "eventTrackerArn": tracker.arn,
        "status": tracker.status,
        "creationDateTime": tracker.created_at,
        "lastUpdatedDateTime": tracker.last_updated_at,
    }
