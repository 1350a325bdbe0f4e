"""The details of one submission."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from console.submissions.models import Outcome, Submission
from tests.pages.html import fields_of, rows_of, text_of
from tests.submissions.sent import ARN, complete, send

GROUP = "/local/dataset-groups/loyalty-programme"
LIST = f"{GROUP}/submissions/"
CREATE = f"{GROUP}/datasets/users/create-records/"
FILMS = "/local/dataset-groups/video-streaming"
RECORD = {"USER_ID": "ü/1", "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": 1, "TOTAL_SPEND": 12.5, "NEWSLETTER": True}


def page_of(client: Client, submission: Submission) -> Any:
    return client.get(f"{LIST}{submission.pk}/")


def test_shows_who_sent_what_when_from_where_and_what_came_of_it(operator: Client) -> None:
    form = {"record_input": json.dumps(RECORD), "intent": "create"}
    operator.post(CREATE, form, REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "203.0.113.9"})
    sent = Submission.objects.get()
    answer = page_of(operator, sent)
    text = text_of(answer)
    for said in (
        "Outcome Created",
        "Person operator",
        "Address 192.0.2.7",
        "Environment Local service",
        f"Dataset ARN {ARN}",
        "HTTP status 200",
        "Attempts 1",
        f"Request ID {sent.request_id}",
    ):
        assert said in text
    assert "203.0.113.9" not in text
    properties = '{"membershipType":"Gold","memberSince":1,"totalSpend":12.5,"newsletter":true}'
    assert rows_of(answer) == [["1", "ü/1", properties]]
    assert f'href="{GROUP}/datasets/users/record-history/?record_id=%C3%BC%2F1"' in answer.content.decode()


def test_timestamps_have_their_date_beneath(operator: Client) -> None:
    answer = page_of(operator, send({"u": {"creationTimestamp": 1764410400, "age": 3}}))
    assert rows_of(answer)[0][2].endswith("creationTimestamp : Sat, 29 Nov 2025 10:00:00 GMT")
    assert "<span data-local-time></span>" in answer.content.decode()


def test_a_refused_one_says_why(operator: Client) -> None:
    sent = send({"u": {"age": 3}}, Outcome.SENDING)
    complete(
        sent,
        Outcome.REFUSED,
        error_code="InvalidInputException",
        sentence="AWS refused it.",
        message="age 3 is <b>bad</b>",
    )
    text = text_of(page_of(operator, sent))
    assert "AWS refused it." in text
    assert "Error code InvalidInputException" in text
    assert "Error message age 3 is <b>bad</b>" in text


def test_a_viewer_sees_neither_properties_nor_what_may_quote_them(viewer: Client) -> None:
    sent = send({"ada": {"city": "Bern"}}, Outcome.SENDING)
    complete(sent, Outcome.REFUSED, error_code="InvalidInputException", sentence="AWS refused it.", message="Bern?")
    answer = page_of(viewer, sent)
    assert rows_of(answer) == [["1", "ada"]]
    assert "Bern" not in answer.content.decode()
    assert "Edit and send again" not in text_of(answer)
    for name in ("submission", "again"):
        assert "Bern" not in viewer.get(f"{CREATE}?{name}={sent.pk}").content.decode()


def test_its_own_person_and_others_can_edit_it_and_send_it_again(operator: Client) -> None:
    operator.post(CREATE, {"record_input": json.dumps(RECORD), "intent": "create"})
    sent = Submission.objects.get()
    own = f"{CREATE}?submission={sent.pk}"
    assert f'href="{own}#record-editor">Edit and send again</a>' in page_of(operator, sent).content.decode()
    operator.force_login(User.objects.get(username="administrator"))
    others = f"{CREATE}?again={sent.pk}"
    assert f'href="{others}#record-editor">Edit and send again</a>' in page_of(operator, sent).content.decode()
    opened = operator.get(others)
    assert json.loads(fields_of(opened)["record_input"]) == RECORD
    assert "Success:" not in text_of(opened)


def test_one_without_an_answer_is_unconfirmed_after_a_minute(operator: Client) -> None:
    new = send({"u": {}}, Outcome.SENDING)
    assert "Outcome Sending" in text_of(page_of(operator, new))
    old = send({"u": {}}, Outcome.SENDING, at=timezone.now() - timedelta(seconds=61))
    assert "No response was recorded for this request. It is not known whether the user record arrived." in text_of(
        page_of(operator, old)
    )
    two = send({"u": {}, "v": {}}, Outcome.SENDING, at=timezone.now() - timedelta(seconds=61))
    assert "It is not known whether the user records arrived." in text_of(page_of(operator, two))


def test_a_redacted_one_says_so_and_is_not_offered_again(operator: Client) -> None:
    operator.post(CREATE, {"record_input": json.dumps(RECORD), "intent": "create"})
    sent = Submission.objects.get()
    old = send({"ada": {"city": "Bern"}}, at=timezone.now() - timedelta(days=40))
    call_command("redact_submissions", "--days=30", verbosity=0)
    answer = page_of(operator, old)
    assert rows_of(answer) == [["1", "ada", "Redacted"]]
    assert "and what was typed, were redacted on" in text_of(answer)
    assert "Edit and send again" not in text_of(answer)
    assert json.loads(fields_of(operator.get(f"{CREATE}?again={old.pk}"))["record_input"])["USER_ID"] == "string"
    assert "Edit and send again" in text_of(page_of(operator, sent))


def test_the_response_of_a_redacted_one_is_not_offered_again(operator: Client) -> None:
    person = User.objects.get(username="operator")
    old = send({"ada": {"city": "Bern"}}, at=timezone.now() - timedelta(days=40), person=person)
    address = f"{CREATE}?submission={old.pk}"
    assert f"{address}#record-editor" in operator.get(address).content.decode()
    call_command("redact_submissions", "--days=30", verbosity=0)
    assert f"{address}#record-editor" not in operator.get(address).content.decode()


@pytest.mark.parametrize("group", ["online-shop", "missing"])
def test_another_group_does_not_have_it(operator: Client, group: str) -> None:
    sent = send({"u": {}})
    assert operator.get(f"/local/dataset-groups/{group}/submissions/{sent.pk}/").status_code == 404
    assert operator.get(f"/nowhere/dataset-groups/loyalty-programme/submissions/{sent.pk}/").status_code == 404


@pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", "x", "1"])
def test_one_that_is_not_there_has_no_page(operator: Client, key: str) -> None:
    assert operator.get(f"{LIST}{key}/").status_code == 404


def test_its_breadcrumbs_lead_back_to_the_list(operator: Client) -> None:
    html = page_of(operator, send({"u": {}})).content.decode()
    crumbs = html.partition('aria-label="Breadcrumbs"')[2].partition("</nav>")[0]
    assert f'<a href="{LIST}">Submissions</a>' in crumbs
    assert '<span aria-current="page">Submission</span>' in crumbs


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_method_changes_it(administrator: Client, method: str) -> None:
    sent = send({"u": {}})
    assert getattr(administrator, method)(f"{LIST}{sent.pk}/").status_code == 405


def test_shows_an_event_as_it_was_sent(operator: Client) -> None:
    event = {"USER_ID": "ada", "SESSION_ID": "s-1", "ITEM_ID": "m-1", "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400}
    form = {"record_input": json.dumps(event), "intent": "create"}
    operator.post(f"{FILMS}/datasets/interactions/create-records/", form)
    answer = operator.get(f"{FILMS}/submissions/{Submission.objects.get().pk}/")
    sent = '{"userId": "ada", "sessionId": "s-1", "itemId": "m-1", "eventType": "Watch", "sentAt": 1764410400}'
    assert rows_of(answer)[0][-1] == sent


def test_what_had_no_response_is_not_said_to_have_one(operator: Client) -> None:
    sent = send({"u-1": {}}, Outcome.UNCONFIRMED)
    text = text_of(page_of(operator, sent))
    assert "Completed " in text
    assert "Response received" not in text
