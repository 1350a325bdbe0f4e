"""Interactions on Create record(s): calls by user and session, each a submission of its own under one press."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from console.local.demo import reset_demo_data
from console.local.models import Dataset, EventTracker, StoredEvent, StoredRecord
from console.local.simulation import simulate, stop_simulating
from console.personalize.connections.clients import client
from console.personalize.environments import environments
from console.records.entities import INTERACTIONS, USERS
from console.server.warm_up import warm_up
from console.submissions import journal
from console.submissions.answers import answer_fields
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.presses.attempts import attempts_of, submission_id
from console.submissions.presses.beginning import begin_submission
from console.submissions.presses.idempotency import Use, begin
from console.submissions.recording import MOMENT
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import redact_person
from console.submissions.retention import redact_before
from tests.local.event_requests import create_tracked
from tests.local.jobs.job_requests import deletion_job, put_object
from tests.pages.html import fields_of, rows_of, tables_of, text_of
from tests.submissions.sent import complete
from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http
from tests.support.demo import ACCOUNT, REGION
from tests.support.open_files import no_more_files

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = "/local/dataset-groups/video-streaming"
PAGE = f"{GROUP}/datasets/interactions/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/INTERACTIONS"
KEY = "6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55"
HTMX = {"HX-Request": "true"}


def event(user: str | None, item: str, **more: Any) -> dict[str, Any]:
    known = {"USER_ID": user} if user else {}
    return {**known, "ITEM_ID": item, "EVENT_TYPE": "Watch", "TIMESTAMP": 1764410400, **more}


def press(client: Client, *events: dict[str, Any], key: str = KEY, **headers: str) -> Any:
    fields = {"record_input": json.dumps(events), "view": "json", "intent": "create", "key": key}
    return client.post(PAGE, fields, headers=headers)


def shown(client: Client, answer: Any) -> str:
    return text_of(client.get(answer["Location"]) if answer.status_code == 302 else answer)


def stored() -> set[tuple[str, str]]:
    """Return user and item of each event that was put, but for those of the demo."""
    return set(StoredEvent.objects.filter(object_id__startswith="m-").values_list("user_id", "object_id"))


def results(answer: Any) -> list[list[str]]:
    """Return number, user and result of each record of a Response."""
    return [row[:3] for row in tables_of(answer)[-1]]


def outcomes() -> list[tuple[int | None, str]]:
    return list(Submission.objects.order_by("created_at").values_list("call_number", "outcome"))


ACCEPTED = "Accepted earlier View stored event"
THREE = (event("u-1", "m-1"), event("u-2", "m-2"), event("u-1", "m-3"))


def test_the_page_is_called_as_aws_s_console_calls_it(operator: Client) -> None:
    answer = operator.get(PAGE)
    text = text_of(answer)
    assert "Create user-item interaction record(s)" in text
    assert (
        "Each one is added to those that are there: nothing is replaced. "
        "An event that is already stored, with the same session and values, is not added again." in text
    )
    tracker = EventTracker.objects.get(group__name="video-streaming", dataset=None)
    assert f"Event tracker: {tracker.name} , with the tracking ID {tracker.tracking_id}" in text
    assert "Load known record" not in answer.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("htmx", [False, True], ids=["without htmx", "with htmx"])
def test_each_user_and_session_is_a_call_and_a_submission(operator: Client, htmx: bool) -> None:
    text = shown(operator, press(operator, *THREE, **(HTMX if htmx else {})))
    assert "Success: 2 of 2 calls were accepted." in text
    assert "Call 1 of 2 Success: 2 item interactions were accepted." in text
    assert "Call 2 of 2 Success: 1 item interaction was accepted." in text
    first, second = Submission.objects.order_by("created_at")
    assert [(each.press, each.call_number, each.call_count) for each in (first, second)] == [
        (UUID(KEY), 1, 2),
        (UUID(KEY), 2, 2),
    ]
    assert (first.record_id_list, second.record_id_list) == (["u-1", "u-1"], ["u-2"])
    assert first.request_id != second.request_id
    assert stored() == {("u-1", "m-1"), ("u-2", "m-2"), ("u-1", "m-3")}


def test_the_request_shows_each_call_and_the_moment_of_each_timestamp(operator: Client) -> None:
    fields = {"record_input": json.dumps(THREE), "view": "json", "intent": "validate", "key": KEY}
    answer = operator.post(PAGE, fields)
    text = text_of(answer)
    assert "Calls 2, one for each user and session" in text
    assert "Record 1, TIMESTAMP: 1764410400 is Sat, 29 Nov 2025 10:00:00 GMT" in text
    press(operator, *THREE)
    (sent,) = {
        json.loads(properties)["sessionId"] for _user, properties in Submission.objects.get(call_number=1).records
    }
    assert f"Call 1 of 2: user u-1, session {sent}" in text


def test_try_again_sends_only_what_was_not_accepted(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    text = shown(operator, press(operator, *THREE))
    assert "1 of 2 calls was accepted. Try again sends only those that were not." in text
    tracking_id = EventTracker.objects.get(group__name="video-streaming", dataset=None).tracking_id
    assert (
        "Failure: no item interaction was created. "
        f"The local service refused personalize:PutEvents on the tracking ID {tracking_id}." in text
    )
    assert stored() == {("u-2", "m-2")}
    assert "Success: 2 of 2 calls were accepted." in shown(operator, press(operator, *THREE))
    assert outcomes() == [(1, "refused"), (2, "created"), (1, "created")]
    assert stored() == {("u-1", "m-1"), ("u-2", "m-2"), ("u-1", "m-3")}


def test_what_was_refused_is_repaired_and_what_was_accepted_is_not_sent_again(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    text = shown(operator, press(operator, event("u-1", "m-4"), THREE[1]))
    assert "Success: 2 of 2 calls were accepted." in text
    assert outcomes() == [(1, "refused"), (2, "created"), (1, "created")]
    assert stored() == {("u-2", "m-2"), ("u-1", "m-4")}


def test_a_record_that_was_accepted_is_not_sent_again_beside_a_new_one_of_its_user(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    text = shown(operator, press(operator, *THREE, event("u-2", "m-9")))
    assert "Success: 3 of 3 calls were accepted." in text
    sent = [
        json.loads(properties)["itemId"]
        for each in Submission.objects.order_by("created_at")
        for _user, properties in each.records
    ]
    assert sorted(sent) == ["m-1", "m-1", "m-2", "m-3", "m-3", "m-9"]
    assert outcomes()[:2] == [(1, "refused"), (2, "created")]


def test_two_equal_events_are_both_sent(operator: Client) -> None:
    press(operator, event("u-1", "m-1"), event("u-1", "m-1"))
    assert Submission.objects.get().record_count == 2


def test_of_equal_events_the_response_says_how_many_were_stored_already(operator: Client) -> None:
    sent = [event("u-1", "m-1", SESSION_ID="s-1"), event("u-1", "m-2", SESSION_ID="s-1")]
    answer = operator.get(press(operator, *sent, sent[0])["Location"])
    text = text_of(answer)
    assert "Success: 3 item interactions were accepted. 1 was already stored, with the same values, and is not" in text
    assert results(answer) == [
        ["1", "u-1", "Created View stored event"],
        ["2", "u-1", "Created View stored event"],
        ["3", "u-1", "Already stored View stored event"],
    ]
    StoredEvent.objects.update(created_at=F("created_at") - timedelta(minutes=2))
    answer = operator.get(press(operator, *sent, key=str(uuid4()))["Location"])
    assert "2 were already stored, with the same values, and are not added again." in text_of(answer)
    assert [row[2] for row in results(answer)] == ["Already stored View stored event"] * 2


def test_events_that_are_equal_to_an_earlier_one_are_warned_of(operator: Client) -> None:
    fields = {"record_input": json.dumps([*THREE, THREE[0]]), "view": "json", "intent": "validate", "key": KEY}
    text = text_of(operator.post(PAGE, fields))
    assert "Record 4 · It is the same as record 1. The local service keeps one of them." in text
    assert text.count("It is the same as record") == 1


@pytest.mark.parametrize("place", ["the page", "the submission"])
def test_what_is_unconfirmed_is_sent_again_with_its_session(operator: Client, place: str) -> None:
    simulate("dropped", 0, 3, "operator")
    answer = press(operator, event("u-1", "m-1"))
    assert "It is not known whether the item interaction arrived." in shown(operator, answer)
    (submission,) = Submission.objects.all()
    assert submission.outcome == Outcome.UNCONFIRMED
    details = text_of(operator.get(f"{GROUP}/submissions/{submission.pk}/"))
    assert "It is not known whether the item interaction arrived." in details
    stop_simulating()
    name = "submission" if place == "the page" else "again"
    opened = fields_of(operator.get(f"{PAGE}?{name}={submission.pk}"))
    press(operator, json.loads(opened["record_input"]), key=opened["key"])
    # As if what was unconfirmed had arrived after all.
    press(operator, event("u-1", "m-1"))
    ((_user, properties),) = submission.records
    (stored_one,) = StoredEvent.objects.filter(user_id="u-1")
    assert json.loads(stored_one.properties)["sessionId"] == json.loads(properties)["sessionId"]


def test_events_that_are_stored_already_are_warned_of_before_they_are_sent(operator: Client) -> None:
    sent, new = event("u-1", "m-1", SESSION_ID="s-1"), event("u-1", "m-2", SESSION_ID="s-1")
    press(operator, sent)
    fields = {"record_input": json.dumps([new, sent]), "view": "json", "intent": "validate", "key": str(uuid4())}
    text = text_of(operator.post(PAGE, fields))
    assert "Record 2 · It is stored already, with the same values, and would not be added again." in text
    assert text.count("It is stored already") == 1


def test_a_request_without_properties_says_nothing_of_their_length(operator: Client) -> None:
    fields = {"record_input": json.dumps(THREE[0]), "view": "json", "intent": "validate", "key": KEY}
    text = text_of(operator.post(PAGE, fields))
    assert "Item interactions 1 of at most 10 Body" in text


def test_only_after_create_records_it_is_to_be_chosen_again(operator: Client) -> None:
    fields = {"record_input": "[]", "view": "json", "key": KEY}
    text = text_of(operator.post(PAGE, {**fields, "intent": "validate"}))
    assert "Fix what is listed here, and choose Create record(s). " in text
    assert "All problems are fixed. Choose Create record(s). " in text
    text = text_of(operator.post(PAGE, {**fields, "intent": "create"}))
    assert "Fix what is listed here, and choose Create record(s) again." in text
    assert "All problems are fixed. Choose Create record(s) again." in text


def test_a_page_of_two_attempts_shows_what_became_of_both(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE[:2])
    answer = press(operator, *THREE[1::-1])
    assert "Success: 2 of 2 calls were accepted." in shown(operator, answer)
    of_first_text = [["1", "u-1", ACCEPTED], ["2", "u-2", ACCEPTED]]
    of_second_text = [["1", "u-2", ACCEPTED], ["2", "u-1", ACCEPTED]]
    expected = [of_first_text, of_first_text, of_second_text]
    for submission, rows in zip(Submission.objects.order_by("created_at"), expected, strict=True):
        answer = operator.get(f"{PAGE}?submission={submission.pk}")
        assert results(answer) == rows
        assert "Try again" not in text_of(answer)
    assert stored() == {("u-1", "m-1"), ("u-2", "m-2")}


def test_a_text_of_which_all_was_accepted_sends_nothing(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    answer = press(operator, THREE[1])
    assert answer.status_code == 409
    text = text_of(answer)
    assert "Nothing was sent. This page already sent records" in text
    assert results(answer) == [
        ["1", "u-2", ACCEPTED],
        ["-", "u-1", "Not created"],
        ["-", "u-1", "Not created"],
    ]
    assert outcomes() == [(1, "refused"), (2, "created")]


def test_a_second_press_waits_for_all_calls_of_the_first(operator: Client) -> None:
    person = User.objects.get(username="operator")
    first, second = begin(
        UUID(KEY),
        INTERACTIONS,
        [[("u-1", "{}")], [("u-2", "{}")]],
        person_id=person.pk,
        environment="local",
        dataset_group="video-streaming",
        dataset_arn=ARN,
        endpoint="local",
        record_input=json.dumps(THREE),
    ).new

    # As the process that sends them writes their answers first.
    entries = [journal.reserve(each.pk) for each in (first, second)]

    def answer() -> None:
        for entry in entries:
            sleep(0.3)
            fields = answer_fields(Outcome.CREATED, http_status=200, attempts=1)
            entry.write({**fields, MOMENT: fields[MOMENT].isoformat()})
            entry.close()

    answering = Thread(target=answer)
    answering.start()
    answer_of_second = press(operator, event("u-9", "m-9"))
    answering.join()
    assert answer_of_second.status_code == 409
    assert "Nothing was sent. This page already sent records" in text_of(answer_of_second)
    assert outcomes() == [(1, "created"), (2, "created")]


def test_a_key_of_another_page_sends_nothing_here(operator: Client) -> None:
    users = f"{GROUP}/datasets/users/create-records/"
    fields = {"record_input": '{"USER_ID": "u-1", "SUBSCRIPTION_MODEL": "Ads"}', "key": KEY, "intent": "create"}
    operator.post(users, fields)
    answer = press(operator, *THREE)
    assert answer.status_code == 409
    assert "This page's key was already used" in text_of(answer)
    assert Submission.objects.count() == 1


def test_the_request_of_a_page_whose_key_was_used_is_the_one_of_its_new_key(operator: Client) -> None:
    press(operator, *THREE)
    answer = press(operator, *THREE)
    (sent,) = {
        json.loads(properties)["sessionId"] for _id, properties in Submission.objects.get(call_number=1).records
    }
    assert sent not in text_of(answer).partition("Request Item interactions")[2]
    key = re.findall(r'name="key" value="([^"]*)"', answer.content.decode())[0]
    (session,) = re.findall(r"Call 1 of 2: user u-1, session (\S+)", text_of(answer))
    press(operator, *THREE, key=key)
    newest = Submission.objects.filter(call_number=1).latest("created_at")
    assert {json.loads(properties)["sessionId"] for _id, properties in newest.records} == {session}


def test_a_press_with_a_call_under_way_says_so(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    person = User.objects.get(username="operator")
    known: dict[str, Any] = {"environment": "local", "dataset_group": "video-streaming", "endpoint": "local"}
    begin(
        UUID(KEY),
        INTERACTIONS,
        [[("u-1", "{}")], [("u-2", "{}")]],
        person_id=person.pk,
        dataset_arn=ARN,
        record_input="{}",
        **known,
    )
    page = text_of(operator.get(f"{PAGE}?key={KEY}"))
    assert "Sending: a request of this page is under way, and has no response yet." in page
    assert "Unconfirmed" not in page
    assert "calls were accepted" not in page


@pytest.mark.parametrize("events", [THREE, THREE[:1]], ids=["two calls", "one call"])
def test_a_retired_key_sends_nothing(operator: Client, events: tuple[dict[str, Any], ...]) -> None:
    press(operator, *events)
    count = Submission.objects.count()
    same = press(operator, *events)
    other = press(operator, event("u-9", "m-9"))
    assert (same.status_code, other.status_code) == (409, 409)
    assert "This page already sent the same text" in text_of(same)
    assert "This page already sent records" in text_of(other)
    assert Submission.objects.count() == count
    assert ("u-9", "m-9") not in stored()


def test_an_address_with_the_key_of_a_failed_press_shows_all_of_its_calls(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    assert "1 of 2 calls was accepted." in text_of(operator.get(f"{PAGE}?key={KEY}"))


def test_who_is_not_known_has_a_session_alone(operator: Client) -> None:
    press(operator, event(None, "m-1", SESSION_ID="s-1"))
    submission = Submission.objects.get()
    assert (submission.record_id_list, submission.call_count) == ([""], 1)
    assert stored() == {("", "m-1")}


def test_a_submission_says_its_tracker_and_which_call_it_was(operator: Client) -> None:
    press(operator, *THREE)
    second = Submission.objects.get(call_number=2)
    text = text_of(operator.get(f"{GROUP}/submissions/{second.pk}/"))
    assert "One call of a press of Create record(s)" in text
    assert "Call 2 of 2 of its press" in text
    assert "the records are numbered within this one, not as in Record input." in text
    assert f"Tracking ID {second.tracking_id}" in text
    assert "User ID Item ID Event type Timestamp Session ID Event" in text
    session = json.loads(second.records[0][1])["sessionId"]
    answer = operator.get(f"{GROUP}/submissions/{second.pk}/")
    first = Submission.objects.get(call_number=1)
    ((event_row,), calls) = tables_of(answer)
    moment = "Sat, 29 Nov 2025 10:00:00 GMT 1764410400"
    assert event_row[:6] == ["1", "u-2 View stored event", "m-2", "Watch", moment, session]
    assert [row[:2] for row in calls] == [["Call 1 of 2", "Created"], ["Call 2 of 2, this one", "Created"]]
    html = answer.content.decode()
    assert f'<a href="{GROUP}/submissions/{first.pk}/">Call 1 of 2</a>' in html
    key = StoredEvent.objects.get(user_id="u-2", object_id="m-2").pk
    assert f'href="{GROUP}/datasets/interactions/stored-event/?event={key}"' in html


def test_a_call_that_was_tried_again_is_among_the_calls_of_its_press(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, THREE[0])
    press(operator, THREE[0])
    first = Submission.objects.earliest("created_at")
    _events, calls = tables_of(operator.get(f"{GROUP}/submissions/{first.pk}/"))
    assert [row[:2] for row in calls] == [["Call 1 of 1, this one", "Refused"], ["Call 1 of 1", "Created"]]


def test_submissions_tell_events_apart_and_calls_of_one_press(operator: Client) -> None:
    text = shown(operator, press(operator, *THREE, event(None, "m-4", SESSION_ID="s-1")))
    assert "Call 3 of 3: anonymous, session s-1" in text
    page = f"{GROUP}/submissions/"
    answer = operator.get(page)
    records = [
        "2 item interactions: u-1 (Watch m-1, Watch m-3) Call 1 of 3",
        "1 item interaction: u-2 (Watch m-2) Call 2 of 3",
        "1 item interaction: anonymous, session s-1 (Watch m-4) Call 3 of 3",
    ]
    assert [row[3] for row in rows_of(answer)] == records[::-1]
    third = Submission.objects.get(call_number=3)
    assert f'<a href="{page}{third.pk}/#calls">Call 3 of 3</a>' in answer.content.decode()
    assert [*redact_before(timezone.now() + timedelta(hours=1))] == [3]
    seen = sorted(row[3] for row in rows_of(operator.get(page)))
    operator.force_login(User.objects.get(username="viewer"))
    assert sorted(row[3] for row in rows_of(operator.get(page))) == seen
    assert seen == [
        "1 item interaction: anonymous Call 3 of 3",
        "1 item interaction: u-2 Call 2 of 3",
        "2 item interactions: u-1 Call 1 of 3",
    ]


def test_a_submission_of_many_events_names_the_first_ones(operator: Client) -> None:
    press(operator, *(event("u-1", f"m-{number}") for number in range(5)))
    (row,) = rows_of(operator.get(f"{GROUP}/submissions/"))
    assert row[3] == "5 item interactions: u-1 (Watch m-0, Watch m-1, Watch m-2) and 2 more"


def test_the_response_tells_events_apart_and_leads_to_those_that_are_stored(operator: Client) -> None:
    sent = [event("u-1", "m-1", SESSION_ID="s-1"), event("u-1", "m-2", SESSION_ID="s-1")]
    answer = operator.get(press(operator, *sent)["Location"])
    moment = "Sat, 29 Nov 2025 10:00:00 GMT 1764410400"
    assert tables_of(answer)[-1] == [
        ["1", "u-1", "Created View stored event", "m-1", "Watch", moment, "s-1"],
        ["2", "u-1", "Created View stored event", "m-2", "Watch", moment, "s-1"],
    ]
    for item in ("m-1", "m-2"):
        key = StoredEvent.objects.get(object_id=item).pk
        assert f'href="{GROUP}/datasets/interactions/stored-event/?event={key}"' in answer.content.decode()
    refused = [event(None, "m-3", SESSION_ID="s-2")]
    simulate("InvalidInputException", 0, 1, "operator")
    answer = operator.get(press(operator, *refused, key=str(uuid4()))["Location"])
    assert tables_of(answer)[-1][0] == ["1", "Anonymous", "Not created", "m-3", "Watch", moment, "s-2"]


def test_after_a_success_the_request_is_said_to_be_of_the_next_press(operator: Client) -> None:
    text = shown(operator, press(operator, THREE[0]))
    said = "What was sent is in Response. If you send this record again, this is the request"
    assert f"{said}, with a new session for each user." in text
    text = shown(operator, press(operator, event("u-1", "m-1", SESSION_ID="s-1"), key=str(uuid4())))
    assert f"{said}." in text
    validated = operator.post(PAGE, {"record_input": json.dumps(THREE[0]), "intent": "validate"})
    assert said not in text_of(validated)


def test_the_request_says_which_users_and_items_the_local_service_does_not_store(operator: Client) -> None:
    users = Dataset.objects.get(group__name="video-streaming", dataset_type="USERS")
    now = timezone.now()
    StoredRecord.objects.create(dataset=users, record_id="u-1", properties="{}", created_at=now, replaced_at=now)

    def validate() -> str:
        return text_of(operator.post(PAGE, {"record_input": json.dumps(THREE), "intent": "validate"}))

    text = validate()
    assert "These events are accepted all the same:" in text
    assert "Record 2, USER_ID: the Users dataset has no user u-2." in text
    assert "the Users dataset has no user u-1." not in text
    assert "Record 3, ITEM_ID: the Items dataset has no item m-3." in text
    assert "The record input is valid. Nothing was sent." in text
    Dataset.objects.filter(group__name="video-streaming", dataset_type="ITEMS").delete()
    assert "ITEM_ID: the Items dataset" not in validate()


def test_without_an_event_tracker_the_page_says_so_and_sends_nothing(operator: Client) -> None:
    EventTracker.objects.filter(group__name="video-streaming").delete()
    page = operator.get(PAGE)
    reason = "This dataset group has no event tracker. Item interactions can be sent once it has one that is Active."
    assert reason in text_of(page)
    assert f'href="{GROUP}/create-event-tracker/"' in page.content.decode()
    answer = press(operator, *THREE)
    assert answer.status_code == 409
    assert f"Nothing was sent. {reason} Create event tracker" in text_of(answer)
    assert json.loads(answer.context["page"].text) == list(THREE)
    assert not Submission.objects.exists()


def test_the_page_of_a_press_under_way_says_that_it_is(operator: Client) -> None:
    person = User.objects.get(username="operator").pk
    known = {"environment": "local", "dataset_group": "video-streaming", "record_input": "{}"}
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"
    submission = begin_submission(
        USERS,
        [("u-1", "{}")],
        pk=submission_id(UUID(KEY), person, 0),
        person_id=person,
        endpoint="local",
        dataset_arn=arn,
        **known,
    )
    entry = journal.reserve(submission.pk)
    page = operator.get(f"{GROUP}/datasets/users/create-records/?key={KEY}")
    assert "Sending: a request of this page is under way, and has no response yet." in text_of(page)
    assert "Unconfirmed" not in text_of(page)
    assert "Try again" not in text_of(page)
    entry.remove()
    assert submission.outcome == Outcome.SENDING


def test_a_tracker_that_cannot_be_looked_up_is_said_and_the_dataset_can_be_looked_at(
    operator: Client, aws: StandIn
) -> None:
    denied = b'{"__type": "AccessDeniedException", "message": "no"}'

    def answer(received: Received) -> list[Piece]:
        return [http(400, denied)] if received.operation == "ListEventTrackers" else as_aws_answers(received)

    aws.answer = answer
    dataset = "/staging/dataset-groups/loyalty-programme/datasets/interactions/"
    assert operator.get(dataset).status_code == 200
    page = f"{dataset}create-records/"
    sentence = "Access denied: the credentials of the environment Staging may not do personalize:ListEventTrackers"
    opened = text_of(operator.get(page))
    assert "The event tracker that item interactions are sent to could not be found, so nothing can be sent." in opened
    assert sentence in opened
    text = json.dumps(event("u-1", "m-1"))
    pressed = operator.post(page, {"record_input": text, "intent": "create", "key": KEY})
    assert pressed.status_code in (422, 502)
    assert sentence in text_of(pressed)
    assert not Submission.objects.exists()


def test_at_aws_nothing_is_said_of_what_becomes_of_equal_events(operator: Client, aws: StandIn) -> None:
    page = "/staging/dataset-groups/loyalty-programme/datasets/interactions/create-records/"
    text = text_of(operator.get(page))
    assert "nothing is replaced." in text
    assert "is not added again" not in text
    typed = json.dumps([event("u-1", "m-1", AGE=1, GENDER="f"), event("u-1", "m-1", AGE=1, GENDER="f")])
    answer = text_of(operator.post(page, {"record_input": typed, "intent": "validate", "key": KEY}))
    assert "Record 2 · It is the same as record 1. Keep one, unless it happened twice." in answer


@pytest.mark.parametrize("hours", [1, -1])
def test_what_was_accepted_stays_accepted_whatever_the_clock_says(
    operator: Client, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    Dataset.objects.update(created_at=now - timedelta(days=1))
    simulate("InvalidInputException", 0, 2, "operator")
    press(operator, *THREE, event("u-3", "m-4"))
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=hours))
    simulate("InvalidInputException", 0, 1, "operator")
    assert "2 of 3 calls were accepted." in shown(operator, press(operator, *THREE, event("u-3", "m-4")))
    assert "Success: 3 of 3 calls were accepted." in shown(operator, press(operator, *THREE, event("u-3", "m-4")))
    assert sorted(outcomes()) == [
        (1, "created"),
        (1, "refused"),
        (1, "refused"),
        (2, "created"),
        (2, "refused"),
        (3, "created"),
    ]


def test_the_page_of_a_submission_in_part_accepted_goes_on_with_its_key(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    for submission in Submission.objects.all():
        page = operator.get(f"{PAGE}?submission={submission.pk}")
        assert "1 of 2 calls was accepted." in text_of(page)
        assert re.findall(r'name="key" value="([^"]*)"', page.content.decode()) == [KEY]
    press(operator, *THREE)
    page = operator.get(f"{PAGE}?submission={Submission.objects.earliest('created_at').pk}")
    assert re.findall(r'name="key" value="([^"]*)"', page.content.decode()) != [KEY]


def text_of_input(client: Client, address: str) -> Any:
    return json.loads(fields_of(client.get(address))["record_input"])


def test_a_page_of_several_attempts_has_the_text_of_the_last_one(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    fixed = (event("u-1", "fixed"), *THREE[1:])
    done = press(operator, *fixed)
    assert text_of_input(operator, done["Location"]) == list(fixed)
    again = re.search(r'href="([^"]*)"[^>]*>Edit and send again', operator.get(done["Location"]).content.decode())
    assert again
    assert text_of_input(operator, again[1].partition("#")[0]) == list(fixed)
    refused = Submission.objects.filter(outcome=Outcome.REFUSED).get()
    assert text_of_input(operator, f"{PAGE}?submission={refused.pk}") == list(THREE)
    accepted = Submission.objects.filter(outcome=Outcome.CREATED).latest("created_at")
    assert text_of_input(operator, f"{PAGE}?submission={accepted.pk}") == list(fixed)
    assert "This page already sent the same text" in text_of(press(operator, *fixed))
    other = press(operator, *THREE)
    assert other.status_code == 409
    assert "This page already sent records" in text_of(other)


def test_a_press_whose_accepted_records_were_redacted_says_that_they_would_be_sent_twice(
    operator: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    accepted = SentRecord.objects.filter(submission__outcome=Outcome.CREATED)
    redact_person(
        Order(accepted[0].record_id, tuple({each.dataset for each in accepted}), "administrator", timezone.now())
    )
    again = press(operator, *THREE)
    assert again.status_code == 409
    assert "Take those out of Record input first, or they are sent twice." in text_of(again)


def test_the_request_is_what_is_sent_beside_what_was_accepted(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    texts = (event("u-1", "fixed"), *THREE[1:], event("u-2", "m-9"))
    for intent, headers in (("typing", HTMX), ("validate", {})):
        fields = {"record_input": json.dumps(texts), "view": "json", "intent": intent, "key": KEY}
        page = operator.post(PAGE, fields, headers=headers).context["page"]
        shown_calls = [[each["itemId"] for each in json.loads(call.body)["eventList"]] for call in page.request.calls]
        assert shown_calls == [["fixed", "m-3"], ["m-9"]]
    assert "1 of these 4 records was accepted from this page before, and is not sent again." in text_of(
        operator.post(PAGE, fields)
    )
    press(operator, *texts)
    assert outcomes() == [(1, "refused"), (2, "created"), (1, "created"), (2, "created")]
    assert stored() == {("u-1", "m-3"), ("u-2", "m-2"), ("u-2", "m-9")}


def test_earlier_attempts_are_known_without_the_texts_that_were_typed(operator: Client) -> None:
    for _attempt in range(3):
        simulate("InvalidInputException", 0, 2, "operator")
        press(operator, *THREE)
    person = User.objects.get(username="operator").pk
    with CaptureQueriesContext(connection) as queries:
        attempts = attempts_of(UUID(KEY), person)
    assert attempts.number == 3
    texts = [each["sql"] for each in queries if "record_input" in each["sql"]]
    assert len(texts) == 1
    assert "LIMIT 21" in texts[0]
    assert json.loads(attempts.newest[0].record_input) == list(THREE)


def test_a_schema_with_its_fields_in_another_order_sends_nothing_again(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    schema = Dataset.objects.get(group__name="video-streaming", dataset_type="INTERACTIONS").schema
    avro = json.loads(schema.text)
    avro["fields"].reverse()
    type(schema).objects.filter(pk=schema.pk).update(text=json.dumps(avro))
    assert "Success: 2 of 2 calls were accepted." in shown(operator, press(operator, *THREE))
    assert outcomes() == [(1, "refused"), (2, "created"), (1, "created")]


def announced(answer: Any) -> str:
    """Return what a screen reader says at once."""
    found = re.search(r'<div id="announcer"[^>]*>([^<]*)</div>', answer.content.decode())
    return found[1] if found else ""


def test_a_press_in_part_accepted_is_read_aloud_as_such_and_one_without_any_too(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    assert announced(press(operator, *THREE, **HTMX)) == "Error, 1 of 2 calls was accepted."
    simulate("InvalidInputException", 0, 2, "operator")
    answer = press(operator, *THREE, key=str(uuid4()), **HTMX)
    assert announced(answer) == "Error, the records were not created."
    assert "None of the 2 calls was accepted." in text_of(answer)


def test_help_has_an_event_that_is_valid_here_as_its_example(
    operator: Client, personalize: "PersonalizeClient"
) -> None:
    create_tracked(personalize)
    examples = {
        PAGE: {"USER_ID": "user-1", "ITEM_ID": "item-1", "EVENT_TYPE": "Watch"},
        "/local/dataset-groups/shop/datasets/action-interactions/create-records/": {
            "USER_ID": "user-1",
            "ACTION_ID": "action-1",
            "EVENT_TYPE": "Taken",
        },
    }
    for path, event in examples.items():
        example = re.search(r'aria-label="Example">(.*?)</pre>', operator.get(path).content.decode(), re.DOTALL)
        assert example
        assert json.loads(html.unescape(example[1])) == event | {"TIMESTAMP": "2026-11-29T10:00:00Z"}


def redact() -> None:
    assert [*redact_before(timezone.now() + timedelta(hours=1))] == [2]


def reset() -> None:
    reset_demo_data(ACCOUNT, REGION)


def make_anew() -> None:
    """Let AWS describe a dataset that was made after the press."""
    Dataset.objects.filter(dataset_type="INTERACTIONS").update(created_at=timezone.now() + timedelta(minutes=2))


def delete_the_user() -> None:
    """Let a data deletion job remove the user whose events were accepted."""
    put_object("users.csv", "USER_ID\nu-2\n")
    group = ARN.replace(":dataset/", ":dataset-group/").removesuffix("/INTERACTIONS")
    personalize = client(environments()["local"], "personalize")
    job = deletion_job(personalize, "u-2", "s3://bucket/users.csv", datasetGroupArn=group)
    assert (job["status"], job["numDeleted"]) == ("COMPLETED", 1)


@pytest.mark.parametrize("lose", [redact, reset, make_anew, delete_the_user])
def test_what_is_lost_after_a_press_in_part_accepted_is_not_sent_again(
    operator: Client, lose: Callable[[], object], settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    lose()
    opened = text_of(operator.get(f"{PAGE}?key={KEY}"))
    assert "1 of 2 calls was accepted. Their records have been redacted or removed since" in opened
    assert "Try again" not in opened
    answer = press(operator, *THREE)
    assert answer.status_code == 409
    assert "Nothing was sent. This page already sent" in text_of(answer)
    assert "Send again as new" in text_of(answer)
    assert len(outcomes()) == 2


def test_a_press_whose_connection_breaks_takes_the_rows_of_no_other(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[str, Any] = {
        "person_id": User.objects.get(username="operator").pk,
        "environment": "local",
        "dataset_group": "video-streaming",
        "dataset_arn": ARN,
        "endpoint": "local",
        "record_input": "[]",
    }
    calls = [[("u-1", "{}")], [("u-2", "{}")]]
    first = begin(UUID(KEY), INTERACTIONS, calls, **known)
    for each in first.new:
        complete(each, Outcome.CREATED)
    second = begin(UUID(KEY), INTERACTIONS, calls, **known)
    assert (second.use, second.new) == (Use.RETIRED, ())
    assert [each.pk for each in second.calls] == [each.pk for each in first.calls]


@pytest.mark.parametrize(
    "path", ["record-history/?record_id=", "record-history/?record_id=u-1", "stored-record/?record_id=u-1"]
)
def test_pages_of_records_that_replace_one_another_are_not_there(operator: Client, path: str) -> None:
    press(operator, event(None, "m-1", SESSION_ID="s-1"), event("u-1", "m-2"))
    assert operator.get(f"{GROUP}/datasets/interactions/{path}").status_code == 404


def test_no_known_record_is_loaded(operator: Client) -> None:
    press(operator, event("u-1", "m-1"))
    fields = {"record_input": json.dumps(event("u-2", "m-2")), "intent": "load", "known_record": "u-1"}
    assert "The record input is valid. Nothing was sent." in text_of(operator.post(PAGE, fields))
    assert "u-1" not in operator.get(f"{PAGE}?known_record=u-1").context["page"].text


@pytest.mark.parametrize("view", ["json", "form"])
def test_a_timestamp_that_is_none_is_expected_as_a_time_and_a_doubtful_one_can_be_sent(
    operator: Client, view: str
) -> None:
    def validate(moment: str) -> str:
        typed = {"record_input": json.dumps(event("u-1", "m-1", TIMESTAMP=moment)), "view": "json", "key": KEY}
        answer = operator.post(PAGE, typed | {"intent": view})
        return text_of(operator.post(PAGE, fields_of(answer) | {"intent": "validate"}))

    assert (
        "Expected a time: seconds since 1970, or a date with its offset such as 2026-11-29T08:30:00+01:00; "
        "found the text “yesterday”."
    ) in validate("yesterday")
    text = validate("12")
    assert "12 is before the year 2000. Check that it is when the event happened, in seconds since 1970." in text
    assert "The record input is valid. Nothing was sent." in text


def test_without_a_file_for_the_response_nothing_is_sent_and_it_says_which_limit_that_is(operator: Client) -> None:
    warm_up()
    operator.get(PAGE)
    with no_more_files():
        answer = press(operator, event("u-1", "m-1"), **HTMX)
    sentence = "The console has as many files and connections open as its machine allows."
    assert sentence in text_of(answer)
    assert outcomes() == [(1, "not sent")]


AT_AWS = "/staging/dataset-groups/loyalty-programme/datasets/users/create-records/"
IN_PART = "1 of 2 calls was accepted."


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without htmx", "with htmx"])
def test_the_last_response_stays_where_a_press_fails_before_anything_is_sent(
    operator: Client, aws: StandIn, headers: dict[str, str]
) -> None:
    denied = {"PutUsers"}

    def answer(received: Received) -> list[Piece]:
        if received.operation in denied:
            denial = b'{"__type": "AccessDeniedException", "message": "no"}'
            return [http(400, denial, {"x-amzn-ErrorType": "AccessDeniedException"})]
        return as_aws_answers(received)

    def pressed() -> tuple[int, str]:
        typed = '{"userId": "u-1", "age": 34, "gender": "Female"}'
        found = operator.post(AT_AWS, {"record_input": typed, "intent": "create", "key": KEY}, headers=headers)
        return found.status_code, shown(operator, found)

    aws.answer = answer
    assert "may not do personalize:PutUsers" in pressed()[1]
    denied.add("DescribeDataset")
    status, text = pressed()
    assert status == 502
    assert "may not do personalize:DescribeDataset" in text
    assert "may not do personalize:PutUsers" in text
    assert "Try again" in text
    denied.clear()
    assert "Success" in pressed()[1]
    denied.add("DescribeDataset")
    status, text = pressed()
    assert status == 502
    assert "Earlier response from" in text
    assert "Nothing was sent again." in text
    assert len(aws.of("PutUsers")) == 2


def test_the_last_response_stays_where_somebody_may_not_send_any_more(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    address = press(operator, *THREE)["Location"]
    User.objects.get(username="operator").groups.clear()
    answer = press(operator, *THREE)
    assert answer.status_code == 403
    for text in (text_of(answer), text_of(operator.get(address))):
        assert IN_PART in text
        assert "Try again" not in text
    assert "u-1" in answer.content.decode()


def test_the_last_response_stays_where_the_page_was_open_for_too_long(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    press(operator, *THREE)
    client = Client(enforce_csrf_checks=True)
    client.cookies = operator.cookies
    answer = press(client, *THREE)
    assert answer.status_code == 403
    assert "This page was open for too long, so nothing was sent." in text_of(answer)
    assert IN_PART in text_of(answer)
