"""What the page of a dataset of events says of the event tracker that its events are sent to."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.utils import timezone

from console.local.models import EventTracker
from console.local.stages import DELETED
from tests.local.event_requests import create_tracked
from tests.pages.html import text_of
from tests.support.aws_stand_in import StandIn

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = "/local/dataset-groups/video-streaming"
PAGE = f"{GROUP}/datasets/interactions/"
NONE = "This dataset group has no event tracker. Item interactions can be sent once it has one that is Active."


def tracker() -> EventTracker:
    return EventTracker.objects.get(group__name="video-streaming", dataset=None)


def overview(answer: Any) -> str:
    """Return the text of the page from its overview to the panel of what is stored."""
    return text_of(answer).partition("Dataset overview")[2].partition("in this dataset")[0]


def test_names_the_event_tracker_and_its_tracking_id(viewer: Client) -> None:
    answer = viewer.get(PAGE)
    identifier = tracker().arn.rpartition("/")[2]
    address = f"{GROUP}/event-trackers/{identifier}/"
    assert f'<dt>Event tracker</dt><dd><a href="{address}">{tracker().name}</a></dd>' in answer.content.decode()
    assert f"Tracking ID {tracker().tracking_id} Copy tracking ID" in text_of(answer)
    assert viewer.get(address).status_code == 200


def test_other_datasets_have_none(viewer: Client) -> None:
    text = text_of(viewer.get(f"{GROUP}/datasets/items/"))
    assert "Tracking ID" not in text
    assert NONE not in text


def test_offers_to_create_an_event_tracker(operator: Client) -> None:
    tracker().delete()
    answer = operator.get(PAGE)
    assert f"{NONE} Create event tracker" in text_of(answer)
    assert f'href="{GROUP}/create-event-tracker/">Create event tracker</a>' in answer.content.decode()
    assert "Tracking ID" not in overview(answer)


def test_offers_a_viewer_nothing_that_is_refused(viewer: Client) -> None:
    tracker().delete()
    answer = viewer.get(PAGE)
    assert NONE in text_of(answer)
    assert "create-event-tracker" not in answer.content.decode()


def test_says_which_status_keeps_events_from_being_sent_and_waits_for_it(operator: Client) -> None:
    found = tracker()
    now = timezone.now()
    found.changing_since, found.settles_at = now, now + timedelta(hours=1)
    found.save()
    answer = operator.get(PAGE)
    assert (
        f"The event tracker {found.name} has the status Create pending. "
        "Item interactions can be sent once it is Active. View event tracker" in text_of(answer)
    )
    assert "create-event-tracker" not in answer.content.decode()
    assert "Tracking ID" not in overview(answer)
    assert 'hx-trigger="every 2s"' in answer.content.decode()


def test_says_what_to_do_about_an_event_tracker_that_failed(operator: Client) -> None:
    found = tracker()
    found.settled_status = "CREATE FAILED"
    found.save()
    assert (
        f"The event tracker {found.name} has the status Create failed. Delete it and create another one: "
        "item interactions can be sent once that is Active. View event tracker" in text_of(operator.get(PAGE))
    )


def test_says_that_the_event_tracker_is_being_deleted(operator: Client) -> None:
    found = tracker()
    now = timezone.now()
    found.settled_status, found.changing_since, found.settles_at = DELETED, now, now + timedelta(hours=1)
    found.save()
    assert (
        f"The event tracker {found.name} is being deleted. Item interactions can be sent once another one is Active."
        in text_of(operator.get(PAGE))
    )


def test_an_event_tracker_that_is_gone_by_a_press_is_said_to_be_so_in_both_places(operator: Client) -> None:
    page = f"{PAGE}create-records/"
    found = tracker()
    now = timezone.now()
    found.settled_status, found.changing_since, found.settles_at = DELETED, now, now + timedelta(hours=1)
    found.save()
    deleting = f"The event tracker {found.name} is being deleted."
    assert deleting in text_of(operator.get(page))
    found.delete()
    record = '{"USER_ID": "ada", "ITEM_ID": "m-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400}'
    answer = operator.post(page, {"record_input": record, "intent": "create"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert '<div id="sending-to" hx-swap-oob="true">' in answer.content.decode()
    assert text_of(answer).count(NONE) == 2
    assert deleting not in text_of(answer)


def test_action_interactions_have_a_tracking_id_of_their_own(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    tracked = create_tracked(personalize)
    answer = operator.get("/local/dataset-groups/shop/datasets/action-interactions/")
    assert f"Tracking ID {tracked.actions} Copy tracking ID" in overview(answer)
    assert "Event tracker" not in overview(answer)
    assert tracked.items not in answer.content.decode()


def test_action_interactions_are_not_sent_to_the_tracker_of_item_interactions(operator: Client, aws: StandIn) -> None:
    reason = "This dataset has no tracking ID yet. Action interactions can be sent once Amazon Personalize has given it one."
    page = "/staging/dataset-groups/loyalty-programme/datasets/action-interactions/"
    for address in (page, f"{page}create-records/"):
        answer = operator.get(address)
        assert reason in text_of(answer)
        assert "create-event-tracker" not in answer.content.decode()
    assert "ListEventTrackers" not in {each.operation for each in aws.received}


def test_the_request_says_what_stands_for_a_tracking_id_that_does_not_exist(operator: Client) -> None:
    words = "TRACKING_ID stands for the tracking ID, which does not exist yet."
    record = '{"USER_ID": "ada", "SESSION_ID": "s", "ITEM_ID": "m-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400}'
    typed = {"record_input": record, "intent": "validate"}
    assert words not in text_of(operator.post(f"{PAGE}create-records/", typed))
    tracker().delete()
    assert words in text_of(operator.post(f"{PAGE}create-records/", typed))
