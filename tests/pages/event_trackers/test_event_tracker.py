"""The details of an event tracker, with its tracking id."""

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import EventTracker
from tests.pages.event_trackers.made_event_trackers import (
    DELETE,
    DETAILS,
    GROUPS,
    LIST,
    TRACKING_ID,
    begin,
    create,
)
from tests.pages.html import text_of


def test_shows_the_tracking_id_to_copy(viewer: Client) -> None:
    answer = viewer.get(DETAILS)
    html, text = answer.content.decode(), text_of(answer)
    assert f"Tracking ID {TRACKING_ID} Copy tracking ID" in text
    assert f'data-copy="{TRACKING_ID}"' in html
    assert "Event tracker ARN arn:aws:personalize:us-east-1:000000000000:event-tracker/e896f116 Copy ARN" in text
    assert "Event tracker name loyalty-programme-events Status Active" in text
    assert "<title>loyalty-programme-events" in html


def test_the_breadcrumbs_lead_up(viewer: Client) -> None:
    crumbs = viewer.get(DETAILS).content.decode().partition('aria-label="Breadcrumbs"')[2].partition("</nav>")[0]
    assert f'<a href="{LIST}">Event trackers</a>' in crumbs
    assert '<span aria-current="page">Event tracker</span>' in crumbs


def test_leads_those_who_may_to_the_records_of_its_dataset(operator: Client) -> None:
    page = f"{GROUPS}/loyalty-programme/datasets/interactions/create-records/"
    answer = operator.get(DETAILS)
    assert f'<a class="button" href="{page}">Create user-item interaction record(s)</a>' in answer.content.decode()
    assert "has no Item interactions dataset" not in text_of(answer)
    assert operator.get(page).status_code == 200


def test_says_that_events_need_a_dataset(operator: Client) -> None:
    details = create(operator, "clicks")["Location"]
    answer = operator.get(details)
    assert "This dataset group has no Item interactions dataset." in text_of(answer)
    page = f"{GROUPS}/member-profiles/datasets/interactions/create-dataset/"
    assert f'<a href="{page}">Create Item interactions dataset</a>' in answer.content.decode()
    assert "Create user-item interaction record(s)" not in text_of(answer)


def test_shows_a_viewer_no_records_to_create(viewer: Client) -> None:
    assert "Create user-item interaction record(s)" not in text_of(viewer.get(DETAILS))


def test_leads_to_no_records_before_it_is_active(operator: Client) -> None:
    begin("ACTIVE")
    assert "Create user-item interaction record(s)" not in text_of(operator.get(DETAILS))


def test_leads_those_who_may_to_its_deletion(operator: Client) -> None:
    assert f'<a class="button" href="{DELETE}">Delete</a>' in operator.get(DETAILS).content.decode()


def test_leads_a_viewer_to_no_deletion(viewer: Client) -> None:
    assert "Delete" not in text_of(viewer.get(DETAILS))


@pytest.mark.parametrize(
    ("settled_status", "status", "sentence"),
    [
        ("ACTIVE", "Create pending", "This event tracker has the status Create pending. It can be deleted once it is"),
        ("DELETED", "Delete pending", "This event tracker is already being deleted."),
    ],
)
def test_says_why_it_cannot_be_deleted_now(operator: Client, settled_status: str, status: str, sentence: str) -> None:
    begin(settled_status)
    answer = operator.get(DETAILS)
    assert f"Status {status}" in text_of(answer)
    assert sentence in text_of(answer)
    assert DELETE not in answer.content.decode()


def test_asks_until_the_status_has_changed(viewer: Client) -> None:
    begin("ACTIVE")
    seen = f"{DETAILS}?seen=CREATE+PENDING"
    assert f'hx-get="{seen}"' in viewer.get(DETAILS).content.decode()
    assert viewer.get(seen)["HX-Retarget"] == "#asks-again"
    EventTracker.objects.filter(group__name="loyalty-programme").update(settles_at=timezone.now())
    answer = viewer.get(seen)
    assert "Status Active" in text_of(answer)
    assert "loyalty-programme-events: Active." in text_of(answer)


def test_a_page_that_waits_for_a_deletion_leads_to_the_list_after_it(viewer: Client) -> None:
    begin("DELETED")
    seen = f"{DETAILS}?seen=DELETE+PENDING"
    assert viewer.get(seen)["HX-Retarget"] == "#asks-again"
    EventTracker.objects.filter(group__name="loyalty-programme").update(settles_at=timezone.now())
    assert viewer.get(seen)["Location"] == LIST
    assert viewer.get(seen, headers={"HX-Request": "true"})["HX-Redirect"] == LIST
    assert "The event tracker was deleted." in text_of(viewer.get(LIST))


@pytest.mark.parametrize("rest", ["", "delete-event-tracker/"])
def test_the_tracker_of_another_group_is_not_shown(operator: Client, rest: str) -> None:
    answer = operator.get(f"{GROUPS}/newsroom/event-trackers/e896f116/{rest}")
    assert answer.status_code == 404
    assert "The dataset group newsroom has no event tracker e896f116." in text_of(answer)
    assert TRACKING_ID not in answer.content.decode()


@pytest.mark.parametrize("rest", ["", "delete-event-tracker/"])
def test_an_event_tracker_that_does_not_exist_is_said_so(operator: Client, rest: str) -> None:
    answer = operator.get(f"{LIST}00000000/{rest}")
    assert answer.status_code == 404
    assert "The given event tracker does not exist" in text_of(answer)


@pytest.mark.parametrize("identifier", ["_", "a%0Ab", "x" * 64, "~ZQ"])
def test_what_no_arn_ends_in_is_no_address(viewer: Client, identifier: str) -> None:
    answer = viewer.get(f"{LIST}{identifier}/")
    assert answer.status_code == 404
    assert "There is nothing at this address." in text_of(answer)
