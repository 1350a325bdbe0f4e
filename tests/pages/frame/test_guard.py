"""Guarded environments: what is to be typed before anything is sent."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.submissions.models import Outcome, Submission
from tests.clients.test_put_users import client
from tests.pages.configured import configured
from tests.pages.datasets.made_datasets import HTMX, SCHEMA, shown_text
from tests.pages.html import text_of
from tests.support.examples import EXAMPLES, Example
from tests.support.examples.datasets import make_dataset
from tests.support.examples.pasted import as_json
from tests.support.numbers import some_of
from tests.support.served import Served

GUARDED = "/production/dataset-groups"
CREATE = f"{GUARDED}/online-shop/datasets/users/create-records/"
RECORD = '{"USER_ID": "guarded-1",\r\n "MEMBERSHIP_STATUS": "Gold"}'


@pytest.fixture(autouse=True)
def guarded(
    written: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """An environment that is guarded, and one that has a colour alone."""
    tables = {"production": 'label = "Production"\nguarded = true', "staging": 'colour = "yellow"'}
    with configured(tables, written.endpoint, settings, tmp_path / "environments.toml", monkeypatch):
        yield


def send(client: Client, **fields: str) -> Any:
    return client.post(CREATE, {"record_input": RECORD, "intent": "create", **fields})


def confirmation(answer: Any) -> tuple[str, bool, str]:
    """Return what the field has, whether it is marked as wrong, and what is said of it."""
    field = re.search(r'<input id="confirmation"[^>]*>', answer.content.decode())
    assert field
    value = re.search(r'value="([^"]*)"', field[0])
    assert value
    error = re.search(r'<div id="confirmation-error"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert error
    return (
        html.unescape(value[1]),
        'aria-invalid="true"' in field[0],
        html.unescape(re.sub("<.*?>", "", error[1])).strip(),
    )


def has_field(answer: Any) -> bool:
    return 'name="confirmation"' in answer.content.decode()


@pytest.mark.parametrize("example", some_of(EXAMPLES, 0, 3), ids=lambda each: each.slug)
def test_records_are_sent_once_the_name_of_the_group_is_typed(
    operator: Client, written: Served, example: Example
) -> None:
    make_dataset(client(written, "personalize"), example)
    path = example.page.replace("/local/", "/production/")
    fields = {"record_input": as_json(example.record), "intent": "create"}
    answer = operator.post(path, fields)
    sentence = "Production is guarded, so nothing was sent. Type the dataset group's name, every-type, to confirm."
    assert (answer.status_code, confirmation(answer)) == (422, ("", True, sentence))
    # A guard is said once, where the name is typed; the bar above the page says only that there is one.
    assert text_of(answer).count("is guarded") == 1
    assert written.local_records(example.arn) == []
    answer = operator.post(path, {**fields, "confirmation": " every-type "})
    assert answer.status_code == 302
    assert f"Success: 1 {example.name} " in text_of(operator.get(answer["Location"]))
    assert written.local_records(example.arn) == [example.stored]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Production is guarded, so nothing was sent. Type the dataset group's name, online-shop, to confirm."),
        (
            {"confirmation": "  "},
            "Production is guarded, so nothing was sent. Type the dataset group's name, online-shop, to confirm.",
        ),
        (
            {"confirmation": "Online-shop"},
            "This is a different name, so nothing was sent. Type the dataset group's name, online-shop, to confirm.",
        ),
        (
            {"confirmation": "online-shop/"},
            "This is a different name, so nothing was sent. Type the dataset group's name, online-shop, to confirm.",
        ),
    ],
)
def test_nothing_is_sent_without_the_name_and_nothing_is_lost(
    operator: Client, fields: dict[str, str], sentence: str
) -> None:
    answer = send(operator, **fields)
    assert answer.status_code == 422
    assert answer.context["page"].text == RECORD
    assert html.escape(RECORD.replace("\r\n", "\n")) in answer.content.decode().replace("\r\n", "\n")
    assert confirmation(answer) == (fields.get("confirmation", ""), True, sentence)
    assert not Submission.objects.exists()


def test_what_was_typed_into_the_field_is_shown_as_text(operator: Client) -> None:
    answer = send(operator, confirmation='"><script>')
    assert confirmation(answer)[0] == '"><script>'
    assert b"<script>" not in answer.content


def test_a_part_of_the_page_brings_the_field_too(operator: Client) -> None:
    answer = operator.post(CREATE, {"record_input": RECORD, "intent": "create"}, headers=HTMX)
    assert answer.status_code == 422
    assert b'<div id="confirm-name" class="field confirmation" hx-swap-oob="true">' in answer.content
    assert confirmation(answer)[1]


def test_each_time_that_something_is_sent_is_confirmed(operator: Client) -> None:
    fields = {"record_input": RECORD, "intent": "create", "confirmation": "online-shop"}
    answer = operator.post(CREATE, fields, headers=HTMX)
    assert "Success: 1 user record created or replaced." in text_of(answer)
    assert confirmation(answer) == ("", False, "")
    assert confirmation(operator.get(CREATE)) == ("", False, "")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without htmx", "with htmx"])
@pytest.mark.parametrize("text", [RECORD, RECORD.replace("Gold", "Silver")], ids=["same text", "other text"])
def test_a_confirmation_holds_where_the_key_of_the_page_was_used(
    operator: Client, headers: dict[str, str], text: str
) -> None:
    fields = {"record_input": text, "intent": "create", "key": "6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55"}
    send(operator, confirmation="online-shop", key=fields["key"])
    unconfirmed = operator.post(CREATE, fields, headers=headers)
    assert (unconfirmed.status_code, confirmation(unconfirmed)[1]) == (422, True)
    told = operator.post(CREATE, {**fields, "confirmation": "online-shop"}, headers=headers)
    assert told.status_code == 409
    assert confirmation(told) == ("online-shop", False, "")
    assert Submission.objects.count() == 1
    key = str(told.context["page"].key)
    answer = operator.post(CREATE, {**fields, "key": key, "confirmation": confirmation(told)[0]})
    assert "Success: 1 user record created or replaced." in text_of(operator.get(answer["Location"]))
    assert Submission.objects.count() == 2


def test_a_confirmation_stays_where_the_records_are_wrong(operator: Client) -> None:
    answer = send(operator, record_input="{", confirmation="online-shop")
    assert answer.status_code == 422
    assert confirmation(answer) == ("online-shop", False, "")


def test_validating_needs_no_confirmation(operator: Client) -> None:
    answer = send(operator, intent="validate")
    assert answer.status_code == 200
    assert "The record input is valid. Nothing was sent." in text_of(answer)


def test_other_environments_ask_for_nothing(operator: Client) -> None:
    for name in ("local", "staging"):
        path = CREATE.replace("production", name)
        assert not has_field(operator.get(path))
        answer = operator.post(path, {"record_input": RECORD, "intent": "create"})
        assert answer.status_code == 302
    assert Submission.objects.filter(outcome=Outcome.CREATED).count() == 2


def test_a_form_that_expired_sends_nothing_whatever_was_confirmed(demo: None, operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(CREATE, {"record_input": RECORD, "intent": "create", "confirmation": "online-shop"})
    assert answer.status_code == 403
    assert answer.context["page"].text == RECORD
    assert has_field(answer)
    assert not Submission.objects.exists()


def test_a_dataset_group_is_created_once_its_name_is_typed_again(operator: Client) -> None:
    path = "/production/create-dataset-group/"
    assert confirmation(operator.get(path)) == ("", False, "")
    fields = {"name": "guarded-group", "domain": "ECOMMERCE"}
    answer = operator.post(path, {**fields, "confirmation": "another"})
    assert answer.status_code == 422
    sentence = (
        "This is a different name, so nothing was sent. Type the dataset group's name, guarded-group, to confirm."
    )
    assert confirmation(answer) == ("another", True, sentence)
    assert 'value="guarded-group"' in answer.content.decode()
    assert operator.get(f"{GUARDED}/guarded-group/").status_code == 404
    answer = operator.post(path, {**fields, "confirmation": "guarded-group"})
    assert answer["Location"] == f"{GUARDED}/guarded-group/"
    assert operator.get(f"{GUARDED}/guarded-group/").status_code == 200


def test_a_name_that_cannot_be_one_confirms_nothing(operator: Client) -> None:
    answer = operator.post("/production/create-dataset-group/", {"name": "a b", "domain": "", "confirmation": "a b"})
    assert answer.status_code == 422
    assert "found a space" in text_of(answer)


def test_an_event_tracker_is_created_once_the_name_of_the_group_is_typed(operator: Client) -> None:
    path = f"{GUARDED}/member-profiles/create-event-tracker/"
    assert confirmation(operator.get(path)) == ("", False, "")
    sentence = (
        "This is a different name, so nothing was sent. Type the dataset group's name, member-profiles, to confirm."
    )
    answer = operator.post(path, {"name": "guarded-events", "confirmation": "guarded-events"})
    assert (answer.status_code, confirmation(answer)) == (422, ("guarded-events", True, sentence))
    assert 'value="guarded-events"' in answer.content.decode()
    answer = operator.post(path, {"name": "guarded-events", "confirmation": "member-profiles"})
    assert answer["Location"].startswith(f"{GUARDED}/member-profiles/event-trackers/")


def test_an_event_tracker_is_deleted_once_the_name_of_the_group_is_typed(operator: Client) -> None:
    details = f"{GUARDED}/regional-stores/event-trackers/178ccc98/"
    path = f"{details}delete-event-tracker/"
    assert confirmation(operator.get(path)) == ("", False, "")
    answer = operator.post(path, {"deletion": "delete", "confirmation": "178ccc98"})
    sentence = (
        "This is a different name, so nothing was sent. Type the dataset group's name, regional-stores, to confirm."
    )
    assert (answer.status_code, confirmation(answer)) == (422, ("178ccc98", True, sentence))
    assert 'name="deletion" value="delete"' in answer.content.decode()
    answer = operator.post(path, {"confirmation": "regional-stores"})
    assert (answer.status_code, confirmation(answer)) == (422, ("regional-stores", False, ""))
    assert "Status Active" in text_of(operator.get(details))
    answer = operator.post(path, {"deletion": "delete", "confirmation": "regional-stores"})
    assert answer["Location"] == f"{GUARDED}/regional-stores/event-trackers/"


def test_a_dataset_is_created_once_the_name_of_the_group_is_typed(operator: Client) -> None:
    path = f"{GUARDED}/newsroom/datasets/users/create-dataset/"
    fields = {
        "name": "guarded-readers",
        "source": "new",
        "schema_name": "guarded-readers",
        "schema_text": SCHEMA,
        "intent": "create",
    }
    answer = operator.post(path, {**fields, "confirmation": "guarded-readers"})
    assert answer.status_code == 422
    assert confirmation(answer)[1:] == (
        True,
        "This is a different name, so nothing was sent. Type the dataset group's name, newsroom, to confirm.",
    )
    assert shown_text(answer) == SCHEMA
    schemas = operator.post(path, {**fields, "intent": "list"})
    assert "guarded-readers</option>" not in schemas.content.decode()
    answer = operator.post(path, {**fields, "confirmation": "newsroom"})
    assert answer["Location"] == f"{GUARDED}/newsroom/datasets/users/"
