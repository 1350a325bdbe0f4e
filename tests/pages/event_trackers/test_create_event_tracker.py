"""Create event tracker: a name, and what can go wrong with it."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.caller import Caller
from console.local.models import DatasetGroup, EventTracker
from console.local.operations import event_trackers
from tests.pages.event_trackers.made_event_trackers import CREATE, EMPTY, GROUP_ARN, GROUPS, create, opened, trackers
from tests.pages.html import text_of
from tests.support.demo import ACCOUNT, REGION

LACKS = "This dataset group has no Item interactions dataset."


def typed_name(answer: Any) -> str:
    """Return what the field for the name has."""
    match = re.search(r'<input id="name" name="name" value="([^"]*)"', answer.content.decode())
    assert match
    return match[1]


def test_creates_one_and_goes_to_it(operator: Client) -> None:
    answer = create(operator, " clicks ")
    tracker = EventTracker.objects.get(name="clicks")
    identifier = tracker.arn.rpartition("/")[2]
    assert (answer.status_code, answer["Location"]) == (302, f"{EMPTY}{identifier}/")
    assert tracker.group.name == "member-profiles"
    text = text_of(operator.get(answer["Location"]))
    sentence = "The creation of the event tracker clicks has started. Once it is Active, events can be sent with its tracking ID."
    assert sentence in text
    assert f"Tracking ID {tracker.tracking_id}" in text


def test_an_administrator_may_create(administrator: Client) -> None:
    assert create(administrator, "clicks").status_code == 302


def test_one_that_is_on_its_way_is_shown_so(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    assert "Status Create pending" in text_of(operator.get(create(operator, "clicks")["Location"]))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name."),
        ("my events", "Expected only a-z, A-Z, 0-9, _ and -; found a space."),
        ("a\0b", 'Expected only a-z, A-Z, 0-9, _ and -; found "\\u0000".'),
        ("<b>", "Expected only a-z, A-Z, 0-9, _ and -; found <."),
        ("-events", "Expected a letter or a digit at the beginning; found -."),
        ("x" * 64, "Expected at most 63 characters; found 64."),
    ],
)
def test_says_what_is_wrong_with_a_name_and_keeps_it(operator: Client, name: str, sentence: str) -> None:
    answer = create(operator, name)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert answer.context["form"]["name"].value() == name
    assert trackers() == []


def test_takes_the_longest_name(operator: Client) -> None:
    assert create(operator, "x" * 63).status_code == 302


def test_a_group_without_item_interactions_is_told_so_and_gets_one_all_the_same(operator: Client) -> None:
    answer = operator.get(CREATE)
    assert LACKS in text_of(answer)
    page = f"{GROUPS}/member-profiles/datasets/interactions/create-dataset/"
    assert f'<a href="{page}">Create Item interactions dataset</a>' in answer.content.decode()
    assert operator.get(page).status_code == 200
    assert LACKS in text_of(create(operator, "my events"))
    assert create(operator, "clicks").status_code == 302


def test_a_group_with_item_interactions_is_told_nothing(operator: Client) -> None:
    EventTracker.objects.filter(group__name="newsroom").delete()
    answer = operator.get(f"{GROUPS}/newsroom/create-event-tracker/")
    assert answer.status_code == 200
    assert LACKS not in text_of(answer)


def test_a_group_that_has_one_gets_no_form(operator: Client) -> None:
    answer = operator.get(f"{GROUPS}/loyalty-programme/create-event-tracker/")
    assert "This dataset group already has an event tracker, and it can have only one." in text_of(answer)
    assert f'<a href="{GROUPS}/loyalty-programme/event-trackers/">View event trackers</a>' in answer.content.decode()
    assert 'name="name"' not in answer.content.decode()


def test_one_that_was_created_meanwhile_is_said_and_what_was_typed_stays(operator: Client) -> None:
    moment = opened(operator)
    event_trackers.create(Caller(ACCOUNT, REGION), {"name": "theirs", "datasetGroupArn": GROUP_ARN})
    answer = operator.post(CREATE, {"name": "ours", "opened": moment})
    assert answer.status_code == 422
    text = text_of(answer)
    assert f"The local service refused personalize:CreateEventTracker on {GROUP_ARN}." in text
    assert "A dataset group can have only one event tracker. Use that one, or delete it first." in text
    assert typed_name(answer) == "ours"
    assert trackers() == ["theirs"]


def test_two_presses_of_one_page_create_once(operator: Client) -> None:
    fields = {"name": "clicks", "opened": opened(operator)}
    answers = [operator.post(CREATE, fields) for _ in range(2)]
    identifier = EventTracker.objects.get(name="clicks").arn.rpartition("/")[2]
    assert [answer["Location"] for answer in answers] == [f"{EMPTY}{identifier}/"] * 2
    assert trackers() == ["clicks"]


def test_one_of_that_name_from_before_the_page_was_opened_is_another_one(operator: Client) -> None:
    event_trackers.create(Caller(ACCOUNT, REGION), {"name": "clicks", "datasetGroupArn": GROUP_ARN})
    assert operator.post(CREATE, {"name": "clicks", "opened": "x"}).status_code == 422


def test_a_group_that_is_not_active_is_said_so(operator: Client) -> None:
    moment = opened(operator)
    DatasetGroup.objects.filter(name="member-profiles").update(settled_status="CREATE FAILED")
    sentence = "This dataset group has the status Create failed, so no event tracker can be created in it."
    assert sentence in text_of(operator.get(CREATE))
    answer = operator.post(CREATE, {"name": "clicks", "opened": moment})
    assert answer.status_code == 422
    assert "It is being created, changed or deleted. Wait until it is Active, and try again." in text_of(answer)
    assert typed_name(answer) == "clicks"


def test_the_limit_is_said(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_trackers, "MOST_EVENT_TRACKERS", 5)
    answer = create(operator, "clicks")
    assert answer.status_code == 422
    text = text_of(answer)
    assert "The account has 5 event trackers in this region, which is the limit. Delete one first." in text
    assert "Remove what is no longer needed." in text
    assert "ask AWS for a higher quota" not in text
    assert typed_name(answer) == "clicks"


def test_a_group_that_does_not_exist_is_said_so(operator: Client) -> None:
    page = CREATE.replace("member-profiles", "missing")
    assert operator.get(page).status_code == 404
    answer = operator.post(page, {"name": "clicks"})
    assert answer.status_code == 422
    assert "The given dataset group does not exist" in text_of(answer)
    assert typed_name(answer) == "clicks"


@pytest.mark.usefixtures("broken_environment")
def test_aws_that_is_not_reached_is_said_and_what_was_typed_stays(operator: Client) -> None:
    page = CREATE.replace("/local/", "/broken/")
    assert operator.get(page).status_code == 502
    answer = operator.post(page, {"name": "clicks"})
    assert answer.status_code == 502
    assert "AWS could not be reached at http://127.0.0.1:" in text_of(answer)
    assert typed_name(answer) == "clicks"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_viewer_is_refused(viewer: Client, method: str) -> None:
    answer = getattr(viewer, method)(CREATE, {"name": "clicks"})
    assert answer.status_code == 403
    sentence = "Your role, viewer, may not create or delete event trackers. Ask an administrator for a role."
    assert sentence in text_of(answer)
    assert trackers() == []


def test_a_session_that_ended_brings_back_the_name(demo: None, client: Client) -> None:
    refused = client.post(CREATE, {"name": "my clicks"})
    assert refused.status_code == 403
    assert '<textarea name="name" hidden>\nmy clicks</textarea>' in refused.content.decode()
    right = {"username": "operator", "password": "operator", "name": "my clicks", "next": CREATE}
    answer = client.post("/sign-in/", right, follow=True)
    assert answer.redirect_chain == [(CREATE, 302)]
    assert typed_name(answer) == "my clicks"


def test_a_name_comes_back_to_a_group_that_has_one_by_now(demo: None, client: Client) -> None:
    page = f"{GROUPS}/loyalty-programme/create-event-tracker/"
    right = {"username": "operator", "password": "operator", "name": "clicks", "next": page}
    answer = client.post("/sign-in/", right, follow=True)
    assert typed_name(answer) == "clicks"
    assert "This dataset group already has an event tracker" in text_of(answer)


def test_a_form_that_expired_creates_nothing_and_keeps_the_name(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(CREATE, {"name": "clicks"})
    assert answer.status_code == 403
    assert "This page was open for too long, so nothing was created." in text_of(answer)
    assert typed_name(answer) == "clicks"
    assert trackers() == []
