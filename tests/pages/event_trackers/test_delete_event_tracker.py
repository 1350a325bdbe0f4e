"""Delete event tracker: what is asked before, and what becomes of it."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Dataset, EventTracker
from console.local.operations import OPERATIONS
from tests.pages.event_trackers.made_event_trackers import DELETE, DETAILS, LIST, TRACKING_ID, begin
from tests.pages.html import rows_of, text_of

DELETED = "The event tracker loyalty-programme-events is being deleted."


def is_there() -> bool:
    return EventTracker.objects.get(tracking_id=TRACKING_ID).settled_status == "ACTIVE"


def test_asks_first_and_says_what_goes_and_what_stays(operator: Client) -> None:
    answer = operator.get(DELETE)
    text = text_of(answer)
    assert f"Tracking ID {TRACKING_ID}" in text
    assert "This cannot be undone." in text
    assert "The dataset group keeps its datasets and all events that were sent before." in text
    assert f'<a class="button link" href="{DETAILS}">Cancel</a>' in answer.content.decode()
    assert is_there()


@pytest.mark.parametrize("typed", ["delete", " Delete "])
def test_deletes_once_that_is_typed_and_goes_to_the_list(operator: Client, settings: LazySettings, typed: str) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    datasets = Dataset.objects.count()
    answer = operator.post(DELETE, {"deletion": typed})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    shown = operator.get(LIST)
    assert DELETED in text_of(shown)
    assert rows_of(shown)[0][:2] == ["loyalty-programme-events", "Delete pending"]
    assert Dataset.objects.count() == datasets


def test_what_is_deleted_at_once_is_not_listed_any_more(operator: Client) -> None:
    answer = operator.post(DELETE, {"deletion": "delete"}, follow=True)
    assert DELETED in text_of(answer)
    assert "This dataset group has no event tracker." in text_of(answer)


@pytest.mark.parametrize("typed", ["", "  ", "remove", "loyalty-programme-events", '"><script>'])
def test_nothing_is_deleted_until_it_is_typed(operator: Client, typed: str) -> None:
    answer = operator.post(DELETE, {"deletion": typed})
    assert answer.status_code == 422
    assert "Nothing was deleted. Type delete to confirm." in text_of(answer)
    field = re.findall(r'<input id="deletion"[^>]*>', answer.content.decode())[0]
    assert 'aria-invalid="true" autofocus' in field
    assert b"<script>" not in answer.content
    assert is_there()


def test_a_second_press_finds_it_gone(operator: Client) -> None:
    operator.post(DELETE, {"deletion": "delete"})
    answer = operator.post(DELETE, {"deletion": "delete"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "This event tracker no longer exists." in text_of(answer)


def test_a_second_press_while_it_is_being_deleted_is_as_good(operator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    answers = [operator.post(DELETE, {"deletion": "delete"}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [LIST, LIST]


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_press_at_the_same_moment_is_as_good(
    operator: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = seconds
    delete = OPERATIONS["DeleteEventTracker"]

    def delete_twice(*arguments: Any) -> Any:
        delete(*arguments)
        return delete(*arguments)

    monkeypatch.setitem(OPERATIONS, "DeleteEventTracker", delete_twice)
    answer = operator.post(DELETE, {"deletion": "delete"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)


@pytest.mark.parametrize(
    ("settled_status", "sentence"),
    [
        ("ACTIVE", "This event tracker has the status Create pending. It can be deleted once it is Active."),
        ("DELETED", "This event tracker is already being deleted."),
    ],
)
def test_one_that_is_changing_has_no_form(operator: Client, settled_status: str, sentence: str) -> None:
    begin(settled_status)
    answer = operator.get(DELETE)
    assert sentence in text_of(answer)
    assert 'name="deletion"' not in answer.content.decode()


def test_one_that_is_being_created_is_refused_and_what_was_typed_stays(operator: Client) -> None:
    begin("ACTIVE")
    answer = operator.post(DELETE, {"deletion": "delete"})
    assert answer.status_code == 422
    text = text_of(answer)
    assert (
        "The local service refused personalize:DeleteEventTracker on arn:aws:personalize:us-east-1:000000000000:"
        in text
    )
    assert "It is being created, changed or deleted. Wait until it is Active, and try again." in text
    assert '<input id="deletion" name="deletion" value="delete"' in answer.content.decode()


@pytest.mark.usefixtures("broken_environment")
def test_aws_that_is_not_reached_is_said(operator: Client) -> None:
    answer = operator.post(DELETE.replace("/local/", "/broken/"), {"deletion": "delete"})
    assert answer.status_code == 502
    assert "AWS could not be reached at http://127.0.0.1:" in text_of(answer)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_viewer_is_refused(viewer: Client, method: str) -> None:
    answer = getattr(viewer, method)(DELETE, {"deletion": "delete"})
    assert answer.status_code == 403
    sentence = "Your role, viewer, may not create or delete event trackers. Ask an administrator for a role."
    assert sentence in text_of(answer)
    assert is_there()


def test_a_form_of_another_site_deletes_nothing(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    assert strict.post(DELETE, {"deletion": "delete"}).status_code == 403
    assert is_there()
