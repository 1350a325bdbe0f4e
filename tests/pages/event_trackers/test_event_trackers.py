"""Event trackers: the list of those of a dataset group."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import DatasetGroup, EventTracker
from tests.pages.event_trackers.made_event_trackers import CREATE, DELETE, DETAILS, EMPTY, LIST, begin
from tests.pages.html import rows_of, text_of


def test_lists_name_status_and_date(viewer: Client) -> None:
    answer = viewer.get(LIST)
    (row,) = rows_of(answer)
    assert row[:2] == ["loyalty-programme-events", "Active"]
    assert row[2].endswith("GMT")
    assert "Event trackers (1)" in text_of(answer)
    assert f'href="{DETAILS}">loyalty-programme-events</a>' in answer.content.decode()


def test_the_side_navigation_of_a_group_leads_there(viewer: Client) -> None:
    overview = viewer.get("/local/dataset-groups/loyalty-programme/").content.decode()
    assert f'<a href="{LIST}">Event trackers</a>' in overview
    for page in (LIST, DETAILS):
        current = "page" if page == LIST else "true"
        assert f'<a href="{LIST}" aria-current="{current}">Event trackers</a>' in viewer.get(page).content.decode()


@pytest.mark.parametrize(("view", "page"), [("details", DETAILS), ("delete", DELETE)])
def test_a_chosen_row_leads_on(operator: Client, view: str, page: str) -> None:
    answer: Any = operator.get(f"{LIST}?selected=e896f116&view={view}")
    assert (answer.status_code, answer["Location"]) == (302, page)


@pytest.mark.parametrize("query", ["?view=details", "?view=delete&selected=", "?view=details&selected=6eea906b"])
def test_without_a_row_of_this_list_a_button_says_so(operator: Client, query: str) -> None:
    answer = operator.get(f"{LIST}{query}")
    assert answer.status_code == 422
    assert "Choose an event tracker first." in text_of(answer)


def test_a_group_without_one_offers_to_create_one(operator: Client) -> None:
    answer = operator.get(EMPTY)
    assert "This dataset group has no event tracker. Create one to send events to it." in text_of(answer)
    html = answer.content.decode()
    assert f'<a class="button primary" href="{CREATE}">Create event tracker</a>' in html
    assert f'<a class="button" href="{CREATE}">Create event tracker</a>' in html


def test_a_group_with_one_says_that_it_can_have_no_other(operator: Client) -> None:
    answer = operator.get(LIST)
    assert "This dataset group already has an event tracker, and it can have only one." in text_of(answer)
    assert "create-event-tracker" not in answer.content.decode()


def test_a_group_that_is_not_active_says_so(operator: Client) -> None:
    DatasetGroup.objects.filter(name="member-profiles").update(settled_status="CREATE FAILED")
    text = text_of(operator.get(EMPTY))
    sentence = "This dataset group has the status Create failed, so no event tracker can be created in it."
    assert sentence in text
    assert "Create one to send events to it." not in text


def test_a_viewer_is_offered_nothing_to_change(viewer: Client) -> None:
    for page in (LIST, EMPTY):
        html = viewer.get(page).content.decode()
        assert "Create event tracker" not in html
        assert 'value="delete"' not in html


def test_waits_for_a_status_that_is_changing(operator: Client) -> None:
    begin("DELETED")
    answer = operator.get(LIST)
    assert rows_of(answer)[0][1] == "Delete pending"
    assert 'id="asks-again"' in answer.content.decode()
    sentence = (
        "The event tracker loyalty-programme-events is being deleted. Another one can be created once it is gone."
    )
    assert sentence in text_of(answer)


def test_a_list_that_has_waited_offers_to_create_the_next_one(operator: Client) -> None:
    begin("DELETED")
    EventTracker.objects.update(settles_at=timezone.now())
    answer = operator.get(LIST, headers={"HX-Request": "true"})
    button = answer.content.decode().partition('<div id="create-button" hx-swap-oob="innerHTML">')[2]
    page = CREATE.replace("member-profiles", "loyalty-programme")
    assert button.strip().startswith(f'<a class="button primary" href="{page}">Create event tracker</a>')


def test_an_event_tracker_that_is_on_its_way_is_shown_so(operator: Client) -> None:
    begin("ACTIVE")
    assert rows_of(operator.get(LIST))[0][1] == "Create pending"


def test_a_group_that_does_not_exist_is_said_so(viewer: Client) -> None:
    answer = viewer.get("/local/dataset-groups/missing/event-trackers/")
    assert answer.status_code == 404
    assert "The given dataset group does not exist" in text_of(answer)
