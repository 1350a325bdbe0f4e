"""What is known of users at AWS, which cannot be read: what this console sent there, from any of its environments.

A console in a process of its own is the AWS, over HTTP.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, StoredRecord
from console.personalize.connections.endpoints import SERVED_PORT, normalised
from console.submissions import models
from console.submissions.known import dataset_events, known_records
from console.submissions.models import Outcome, Submission
from console.submissions.presses import sending
from console.submissions.retention import redact_before
from tests.pages.configured import configured, forget
from tests.pages.html import fields_of, rows_of, text_of
from tests.pages.records.test_create_records import HTMX
from tests.pages.records.test_known_record import KNOWN, RECORD, SHORTER, choices_of, loaded, offered_at
from tests.pages.submissions.test_record_history import versions_of
from tests.submissions.sent import ARN, send
from tests.support.served import Served

# `secret` is there for administrators alone, and the properties of `seen` too.
ENVIRONMENTS = {
    "one": 'label = "First"',
    "two": 'label = "Second"',
    "secret": 'viewers = ["others"]',
    "seen": 'label = "Only seen"\noperators = ["others"]',
}
GROUP = "/{}/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/datasets/users/create-records/"
HISTORY = f"{GROUP}/datasets/users/record-history/?record_id=ada"
NEWER = {**KNOWN, "membershipType": "Silver", "city": "Bern"}
DATE = r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
HIDDEN = rf"Another environment of this console sent a newer record on {DATE}"

type Send = Callable[..., Submission]


@pytest.fixture
def sent(
    served: Served, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: None
) -> Iterator[Send]:
    """Write a submission of the user ada from an environment, with an outcome."""

    def from_environment(
        name: str, properties: dict[str, Any], outcome: Outcome = Outcome.CREATED, at: datetime | None = None
    ) -> Submission:
        known = {"environment": name, "endpoint": normalised(served.endpoint), "person_name": f"person-of-{name}"}
        return send({"ada": properties}, outcome, at=at, **known)

    with configured(ENVIRONMENTS, served.endpoint, settings, tmp_path / "environments.toml", monkeypatch):
        yield from_environment


def request_panel(client: Client, environment: str = "one", record: dict[str, Any] = SHORTER) -> str:
    """Return what the page says of a valid record before it is sent."""
    answer = client.post(PAGE.format(environment), {"record_input": json.dumps(record), "intent": "validate"})
    text = text_of(answer)
    assert "Problems" not in text
    assert "Nothing changes" not in text
    return text


def load(client: Client, environment: str = "one", intent: str = "load") -> Any:
    return client.post(PAGE.format(environment), {"record_input": "", "intent": intent, "known_record": "ada"})


def offered(client: Client) -> list[str]:
    """Return the ids that are offered while a part of `ada` is typed."""
    cache.clear()
    return offered_at(PAGE.format("one"), client, "AD")


def tell(served: Served, kind: str, record_ids: list[str] | None = None) -> None:
    dataset_events.record(normalised(served.endpoint), ARN, kind, record_ids)


def test_what_one_environment_sent_another_of_the_same_dataset_knows(operator: Client, sent: Send) -> None:
    sent("one", {**KNOWN, "city": "Rome"})
    sent("two", KNOWN)
    assert loaded(load(operator)) == RECORD
    assert re.search(
        rf"ada was sent from the environment Second on {DATE}, and will be replaced\. Lost: age \.",
        request_panel(operator),
    )
    assert "ada was sent before with age: replacing the record removes it." in request_panel(operator)
    assert "Second" not in re.sub("Second · us-east-1|Second .{0,20}region", "", request_panel(operator, "two"))
    assert rows_of(operator.get(HISTORY.format("one"))) == [[name, json.dumps(value)] for name, value in KNOWN.items()]


def test_no_difference_is_said_of_what_was_last_sent_and_of_nothing_else(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    found = request_panel(operator, record=RECORD)
    assert re.search(rf"ada does not differ from what this console last sent, on {DATE}\. Body", found)
    sent("two", KNOWN)
    found = request_panel(operator, record=RECORD)
    assert re.search(
        rf"ada does not differ from what this console last sent, from the environment Second, on {DATE}\. Body", found
    )
    assert "Warnings: 0" in found


def test_of_an_environment_that_is_not_there_for_them_people_learn_that_it_sent_and_when(
    operator: Client, sent: Send
) -> None:
    sent("secret", NEWER)
    hidden = HIDDEN.replace("a newer record", "a record")
    assert re.search(
        rf"ada {hidden}\. You may not see it, so what changes is not shown\. Body", request_panel(operator)
    )
    answer = load(operator)
    assert (answer.status_code, choices_of(answer)) == (422, {})
    said = rf"You may see no accepted record of the user ada\. {hidden}, which you may not see\."
    assert re.search(rf"{said} There is no record to load\.", text_of(answer))
    history = operator.get(HISTORY.format("one"))
    assert history.status_code == 404
    assert re.search(rf"Another environment of this console sent a record on {DATE}", text_of(history))
    pages = [answer, operator.get(f"{PAGE.format('one')}?known_record=ada"), operator.get(HISTORY.format("one"))]
    for each in (*(page.content.decode() for page in pages), request_panel(operator)):
        for word in ("secret", "Silver", "Bern"):
            assert word not in each


def test_what_is_not_the_newest_is_not_called_what_was_last_sent(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    sent("two", NEWER, Outcome.UNCONFIRMED)
    older = rf"ada does not differ from the record that was accepted on {DATE}\."
    found = request_panel(operator, record=RECORD)
    assert re.search(rf"{older} A newer record from the environment Second, sent on {DATE}, is unconfirmed", found)
    assert "last sent" not in found
    sent("two", KNOWN)
    sent("secret", NEWER)
    older = rf"ada does not differ from the record that was accepted from the environment Second on {DATE}\."
    found = request_panel(operator, record=RECORD)
    assert re.search(rf"{older} {HIDDEN}\.", found)
    assert "last sent" not in found


def test_an_older_record_is_not_loaded_over_a_hidden_one_without_a_word(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    sent("secret", NEWER)
    answer = load(operator)
    assert answer.status_code == 422
    assert re.search(rf"A record of the user ada from this console was accepted on {DATE}\. {HIDDEN}", text_of(answer))
    assert list(choices_of(answer)) == ["Load the accepted record"]
    assert loaded(load(operator, intent=choices_of(answer)["Load the accepted record"])) == RECORD
    assert re.search(rf"Lost: age \. {HIDDEN}\.", request_panel(operator))
    history = operator.get(HISTORY.format("one"))
    assert re.search(HIDDEN, text_of(history))
    assert "person-of-secret" not in text_of(history)
    assert versions_of(history) == [
        "by person-of-one Created Property name Difference Before After membershipType Added - "
        '"Gold" memberSince Added - 1600000000 totalSpend Added - 129.5 newsletter Added - true age Added - 44'
    ]


def test_an_older_hidden_record_is_passed_over_and_what_followed_it_is_not_compared(
    operator: Client, sent: Send
) -> None:
    sent("secret", NEWER)
    sent("one", KNOWN)
    assert loaded(load(operator)) == RECORD
    assert not re.search(HIDDEN, request_panel(operator))
    history = operator.get(HISTORY.format("one"))
    assert not re.search(HIDDEN, text_of(history))
    assert versions_of(history) == [
        "by person-of-one Created This record or the one before it was sent from an environment whose properties you may "
        "not see, so the differences are not shown."
    ]


def test_a_hidden_newer_record_without_an_answer_counts_too(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    sent("secret", NEWER, Outcome.UNCONFIRMED)
    assert load(operator).status_code == 422
    assert re.search(HIDDEN, request_panel(operator))
    sent("secret", NEWER, Outcome.REFUSED)
    sent("one", KNOWN)
    assert loaded(load(operator)) == RECORD


def test_administrators_see_and_load_what_every_environment_sent(administrator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    sent("secret", NEWER)
    sent("gone", KNOWN, Outcome.UNCONFIRMED)
    answer = load(administrator)
    accepted, unconfirmed = choices_of(answer).values()
    assert loaded(load(administrator, intent=accepted))["CITY"] == "Bern"
    assert loaded(load(administrator, intent=unconfirmed)) == RECORD
    assert "sent from the environment gone on" in text_of(answer)
    assert "was sent from the environment secret on" in request_panel(administrator)
    history = administrator.get(HISTORY.format("one"))
    assert 'href="/gone/dataset-groups/loyalty-programme/submissions/' in history.content.decode()
    assert [each.split(" Property")[0] for each in versions_of(history)] == [
        "by person-of-gone, environment gone Unconfirmed",
        "by person-of-secret, environment secret Created",
        "by person-of-one Created",
    ]


def test_what_an_environment_sent_that_is_gone_is_hidden_from_others(operator: Client, sent: Send) -> None:
    sent("former", NEWER)
    assert load(operator).status_code == 422
    assert re.search(HIDDEN.replace("a newer record", "a record"), request_panel(operator))
    assert "former" not in request_panel(operator)


def test_properties_of_an_environment_that_people_only_see_are_neither_shown_nor_loaded(
    operator: Client, sent: Send
) -> None:
    sent("one", KNOWN)
    sent("seen", NEWER)
    answer = load(operator)
    assert answer.status_code == 422
    assert choices_of(answer) == {}
    words = "A record of the user ada was sent from the environment Only seen, whose properties you may not see"
    assert f"{words}, so there is no record to load." in text_of(answer)
    found = request_panel(operator)
    words = rf"ada was sent from the environment Only seen on {DATE}, and will be replaced\."
    assert re.search(rf"{words} You may not see its properties, so what changes is not shown\. Body", found)
    history = operator.get(HISTORY.format("one")).content.decode()
    assert "person-of-seen" in history
    for each in (found, answer.content.decode(), history):
        assert "Silver" not in each
        assert "Bern" not in each


@pytest.mark.parametrize("outcome", [Outcome.UNCONFIRMED, Outcome.SENDING])
def test_a_newer_record_that_is_not_known_to_have_arrived_is_shown_beside_the_accepted_one(
    operator: Client, sent: Send, outcome: Outcome
) -> None:
    sent("one", KNOWN)
    submission = sent("two", NEWER, outcome)
    state = (
        "is still being sent" if outcome is Outcome.SENDING else "is unconfirmed: it is not known whether it arrived"
    )
    newer = rf"A newer record(, sent)? from the environment Second,?( sent)? on {DATE}, {state}\."
    answer = load(operator)
    assert (answer.status_code, fields_of(answer)["record_input"]) == (422, "")
    assert re.search(rf"A record of the user ada from this console was accepted on {DATE}\. {newer}", text_of(answer))
    accepted, unconfirmed = choices_of(answer).values()
    assert loaded(load(operator, intent=accepted)) == RECORD
    assert loaded(load(operator, intent=unconfirmed)) == {**RECORD, "MEMBERSHIP_TYPE": "Silver", "CITY": "Bern"}
    found = request_panel(operator)
    assert re.search(rf"and will be replaced\. Lost: age \. {newer} Compared with that one: Changes", found)
    warning = "ada was sent before with age: replacing the record removes it. A newer record of ada, which may have arrived, has"
    assert f"{warning} age, city: replacing the record removes them." in found
    history = text_of(operator.get(HISTORY.format("one")))
    assert re.search(newer, history)
    # What came later makes it older.
    sent("one", KNOWN)
    assert loaded(load(operator)) == RECORD
    assert not re.search(newer, request_panel(operator))
    assert Submission.objects.get(pk=submission.pk).outcome == outcome


def test_an_unconfirmed_record_alone_is_offered_and_not_loaded_at_once(operator: Client, sent: Send) -> None:
    sent("one", NEWER, Outcome.UNCONFIRMED)
    answer = load(operator)
    assert answer.status_code == 422
    assert "This console knows of no accepted record of the user ada. A newer record, sent on" in text_of(answer)
    assert list(choices_of(answer)) == ["Load the unconfirmed record"]
    assert "ada was not accepted from this console before. A newer record, sent on" in request_panel(operator)
    assert "Load known record</a>" in operator.get(HISTORY.format("one")).content.decode()


def test_a_crash_while_sending_leaves_an_unconfirmed_record(
    operator: Client, sent: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent("one", KNOWN)
    sent("one", NEWER, Outcome.SENDING)
    monkeypatch.setattr(models, "LONGEST_SENDING", timedelta(0))
    assert "is unconfirmed: it is not known whether it arrived." in request_panel(operator)
    assert list(choices_of(load(operator))) == ["Load the accepted record", "Load the unconfirmed record"]


@pytest.mark.parametrize(
    ("kind", "record_ids", "words"),
    [
        ("users deleted", ["eve", "ada"], "a data deletion job removed the user"),
        ("imported", None, "a dataset import job replaced data"),
        ("imported", ["ada"], "a dataset import job replaced data"),
        ("dataset deleted", None, "the dataset was deleted"),
        ("demo reset", None, "the demo data was reset"),
    ],
)
def test_what_ended_earlier_records_is_said_and_they_are_not_offered(
    operator: Client, sent: Send, served: Served, kind: str, record_ids: list[str] | None, words: str
) -> None:
    sent("two", KNOWN)
    sent("one", NEWER, Outcome.UNCONFIRMED)
    tell(served, kind, record_ids)
    answer = load(operator)
    assert (answer.status_code, choices_of(answer)) == (422, {})
    assert re.search(rf"but it may no longer exist, because on {DATE} {words}, so there is no record", text_of(answer))
    assert "Known IDs like this one" not in text_of(answer)
    assert offered(operator) == []
    found = request_panel(operator)
    assert re.search(rf"ada was sent on {DATE}, but may no longer exist: on {DATE} {words}\. Body", found)
    assert "Warnings: 0" in found
    history = operator.get(HISTORY.format("one"))
    assert "Load known record</a>" not in history.content.decode()
    assert text_of(history).count(f"{words}.") == 3
    # A newer one is known, and was sent to where nothing was known to be.
    sent("one", {"age": 3})
    assert offered(operator) == ["ada"]
    assert loaded(load(operator)) == {"USER_ID": "ada", "AGE": 3}
    assert versions_of(operator.get(HISTORY.format("one")))[0].endswith("After age Added - 3")


def test_nothing_is_told_of_a_hidden_record_that_ended(operator: Client, sent: Send, served: Served) -> None:
    sent("secret", NEWER)
    tell(served, "dataset deleted")
    assert "ada was not sent from this console before. Body" in request_panel(operator)
    assert "This console knows of no accepted record of the user ada, so there is no record" in text_of(load(operator))
    sent("one", KNOWN)
    assert loaded(load(operator)) == RECORD


def test_an_unconfirmed_record_that_ended_is_not_called_accepted(operator: Client, sent: Send, served: Served) -> None:
    sent("one", KNOWN, Outcome.UNCONFIRMED)
    tell(served, "imported")
    answer = load(operator)
    assert choices_of(answer) == {}
    words = rf"This console sent a record of the user ada on {DATE}, but it may no longer exist"
    assert re.search(words, text_of(answer))


def test_a_deletion_of_other_users_ends_nothing(operator: Client, sent: Send, served: Served) -> None:
    sent("one", KNOWN)
    tell(served, "users deleted", ["eve"])
    dataset_events.record("aws", ARN, "dataset deleted")
    assert loaded(load(operator)) == RECORD


def test_what_was_sent_before_the_dataset_was_made_is_not_known_any_more(operator: Client, sent: Send) -> None:
    # Datasets of a demo that was reset are some days old, and other tests reset that of the served console.
    sent("one", KNOWN, at=timezone.now() - timedelta(days=60))
    answer = load(operator)
    assert (answer.status_code, choices_of(answer)) == (422, {})
    words = rf"but it may no longer exist, because on {DATE} the dataset was created again"
    assert re.search(words, text_of(answer))
    assert "Known IDs like this one" not in text_of(answer)
    assert offered(operator) == []
    assert re.search(rf"but may no longer exist: on {DATE} the dataset", request_panel(operator))
    history = operator.get(HISTORY.format("one"))
    assert text_of(history).count("the dataset was created again.") == 2
    assert "Load known record</a>" not in history.content.decode()


def test_a_redacted_record_is_not_loaded_and_what_it_changes_is_not_known(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    sent("one", NEWER, Outcome.UNCONFIRMED)
    list(redact_before(timezone.now()))
    answer = load(operator)
    assert "The properties of the user ada were redacted. A newer record, sent on" in text_of(answer)
    assert choices_of(answer) == {}
    assert offered(operator) == []
    found = request_panel(operator)
    assert found.count("That record was redacted, so what changes is not known.") == 2
    assert "Warnings: 0" in found
    assert "Load known record</a>" not in operator.get(HISTORY.format("one")).content.decode()


def test_the_history_stays_where_aws_does_not_answer(
    operator: Client,
    sent: Send,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
    settings: LazySettings,
    tmp_path: Path,
) -> None:
    create = {"record_input": json.dumps({**RECORD, "USER_ID": "ada"}), "intent": "create"}
    assert "Success" in text_of(operator.post(PAGE.format("one"), create, headers=HTMX))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    forget()
    cache.clear()
    history = operator.get(HISTORY.format("one"))
    assert history.status_code == 200
    assert (
        "The dataset could not be described, so it is not known whether it was deleted and created again"
        in text_of(history)
    )
    assert ["membershipType", '"Gold"'] in rows_of(history)


def test_after_a_press_the_request_is_compared_with_what_was_sent_by_it(operator: Client, sent: Send) -> None:
    sent("one", KNOWN)
    create = {"record_input": json.dumps(SHORTER), "intent": "create"}
    found = text_of(operator.post(PAGE.format("two"), create, headers=HTMX))
    assert "Success: 1 user record created or replaced." in found
    assert re.search(rf"ada does not differ from what this console last sent, on {DATE}\. Body", found)
    assert "Warnings: 0" in found
    assert "will be replaced" not in found


@pytest.mark.parametrize("is_away", [True, False])
def test_after_a_press_that_the_trail_does_not_have_nothing_is_said_of_what_is_replaced(
    operator: Client, sent: Send, monkeypatch: pytest.MonkeyPatch, is_away: bool
) -> None:
    sent("one", KNOWN)

    def unrecorded(submission: Submission, fields: dict[str, Any], *_rest: object) -> None:
        submission.take(fields)
        submission.is_recorded = is_away
        if is_away:
            monkeypatch.setattr(known_records, "newest_sent", away)

    def away(*_arguments: object) -> None:
        raise OperationalError from psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(sending, "record", unrecorded)
    create = {"record_input": json.dumps(SHORTER), "intent": "create"}
    found = text_of(operator.post(PAGE.format("one"), create, headers=HTMX))
    assert "Success: 1 user record created or replaced." in found
    assert "Lost" not in found
    assert "No difference" not in found
    assert "Warnings: 0" in found


def test_an_environment_at_this_console_s_own_endpoint_asks_the_store(
    operator: Client, sent: Send, served: Served, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    # What is served at that port is another process with the same demo data.
    monkeypatch.setenv(SERVED_PORT, served.url.rpartition(":")[2])
    StoredRecord.objects.create(
        dataset=Dataset.objects.get(arn=ARN),
        record_id="ada",
        properties=json.dumps(KNOWN),
        created_at=timezone.now(),
        replaced_at=timezone.now(),
    )
    send({"ada": NEWER}, at=timezone.now() - timedelta(hours=1))
    assert loaded(load(operator)) == RECORD
    assert re.search(rf"ada is stored, as of {DATE}, and will be replaced\. Lost: age", request_panel(operator))
    send({"ada": NEWER}, Outcome.UNCONFIRMED, environment="secret", endpoint="local")
    for page in (load(operator), operator.get(f"/local{PAGE.format('')[1:]}?known_record=ada")):
        assert "secret" not in page.content.decode()
        assert "Bern" not in page.content.decode()
        assert loaded(page) == RECORD
