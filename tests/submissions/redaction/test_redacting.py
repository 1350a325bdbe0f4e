"""Redaction of a person: what was sent of them goes, and nothing else; and no backup brings it back."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from console.records.entities import ENTITIES
from console.submissions.models import Outcome, Redaction, SentRecord, Submission
from console.submissions.presses.beginning import begin_submission
from console.submissions.redaction.kept import Order, keep, kept
from console.submissions.redaction.marks import marks_of
from console.submissions.redaction.redacting import redact_all_again, redact_person
from tests.submissions.sent import ARN, complete, send
from tests.support.refusals import refuses

pytestmark = pytest.mark.django_db

DATASET = f"local {ARN}"


@pytest.fixture(autouse=True)
def own_data_directory(settings: LazySettings, tmp_path: Path) -> Path:
    settings.CONSOLE_DATA_DIR = tmp_path
    return tmp_path


def order(record_id: str = "ann", datasets: tuple[str, ...] = (DATASET,)) -> Order:
    return Order(record_id, datasets, "ada", timezone.now())


def kept_of(submission: Submission) -> tuple[str, str, list[tuple[str, str]]]:
    found = Submission.objects.get(pk=submission.pk)
    return found.record_input, found.message, found.records


def test_what_was_sent_of_the_person_goes_and_nothing_of_others() -> None:
    both = send({"ann": {"city": "Bern"}, "bob": {"city": "Rome"}}, Outcome.SENDING)
    complete(both, Outcome.REFUSED, message="Bern is no city.", request_id="r-1")
    by_id = send({"ann": {"city": "Basel"}}, Outcome.SENDING)
    complete(by_id, Outcome.REFUSED, message="The user ann has no city.")
    other = send({"bob": {"city": "Bern"}}, Outcome.SENDING)
    complete(other, Outcome.REFUSED, message="Bern is no city.")
    elsewhere = send({"ann": {"city": "Bern"}}, dataset_arn=ARN.replace("loyalty", "other"))
    typed = [each.record_input for each in (other, elsewhere)]
    found = redact_person(order())
    assert (found.records, found.submissions, found.imports, found.left) == (2, 2, 0, [])
    assert kept_of(both) == ("", "", [("ann", ""), ("bob", '{"city": "Rome"}')])
    assert kept_of(by_id) == ("", "", [("ann", "")])
    assert kept_of(other) == (typed[0], "Bern is no city.", [("bob", '{"city": "Bern"}')])
    assert kept_of(elsewhere) == (typed[1], "", [("ann", '{"city": "Bern"}')])
    kept_row = Submission.objects.get(pk=both.pk)
    assert (kept_row.record_ids, kept_row.outcome, kept_row.request_id) == ("ann\nbob", "refused", "r-1")
    assert (kept_row.redacted_at, kept_row.has_all_properties) == (None, False)
    marks = marks_of(SentRecord.objects.all())
    assert {(each.person_name, each.at.date()) for each in marks.values()} == {("ada", timezone.now().date())}
    assert len(marks) == 2


def test_twice_is_once_and_what_is_sent_later_is_redacted_later() -> None:
    send({"ann": {"city": "Bern"}})
    assert redact_person(order()).records == 1
    assert redact_person(order()).is_nothing
    assert Redaction.objects.count() == 1
    later = send({"ann": {"city": "Rome"}})
    refuses("UPDATE history_sentrecord SET properties = '' WHERE properties <> ''")
    assert redact_person(order()).records == 1
    assert kept_of(later)[2] == [("ann", "")]
    assert Redaction.objects.count() == 2


def test_the_text_of_a_press_goes_from_all_of_its_calls() -> None:
    entity = next(each for each in ENTITIES.values() if each.is_event)
    arn = ARN.replace("USERS", entity.dataset_type)
    known = {"dataset_arn": arn, "dataset_group": "loyalty-programme", "environment": "local", "person_name": "ada"}
    press, text = uuid4(), '[{"USER_ID": "ann"}, {"USER_ID": "bob"}]'
    calls = [
        begin_submission(
            entity,
            [(user, json.dumps({"eventType": "Watch"}))],
            endpoint="local",
            press=press,
            record_input=text,
            **known,
        )
        for user in ("ann", "bob")
    ]
    redact_person(order(datasets=(f"local {arn}",)))
    assert [kept_of(each) for each in calls] == [
        ("", "", [("ann", "")]),
        ("", "", [("bob", '{"eventType": "Watch"}')]),
    ]


def test_an_answer_that_comes_after_it_is_written_without_its_message() -> None:
    waiting, other = send({"ann": {"city": "Bern"}}, Outcome.SENDING), send({"bob": {}}, Outcome.SENDING)
    redact_person(order())
    for each in (waiting, other):
        complete(each, Outcome.REFUSED, message="Bern is no city.", error_code="Wrong")
    rows = [Submission.objects.get(pk=each.pk) for each in (waiting, other)]
    assert [(each.outcome, each.error_code, each.message) for each in rows] == [
        ("refused", "Wrong", ""),
        ("refused", "Wrong", "Bern is no city."),
    ]


def test_the_database_takes_this_change_alone() -> None:
    send({"ann": {"city": "Bern"}, "bob": {"city": "Rome"}}, message="m")
    apart = send({"bob": {"city": "Oslo"}})
    redact_person(order())
    key = apart.pk.hex if connection.vendor == "sqlite" else apart.pk
    for statement in (
        "UPDATE history_sentrecord SET properties = '' WHERE record_id = 'bob'",
        "UPDATE history_sentrecord SET properties = '{}' WHERE record_id = 'ann'",
        "UPDATE history_sentrecord SET record_id = 'eve' WHERE record_id = 'ann'",
        f"UPDATE history_submission SET record_input = '' WHERE id = '{key}'",
        f"UPDATE history_submission SET message = 'n' WHERE id <> '{key}'",
        f"UPDATE history_submission SET outcome = 'refused', message = '' WHERE id <> '{key}'",
        "UPDATE history_redaction SET record_id = 'bob'",
        "UPDATE history_redaction SET last_record = 1000",
        "DELETE FROM history_redaction",
        "DELETE FROM history_sentrecord WHERE record_id = 'ann'",
    ):
        refuses(statement)


def test_what_a_backup_brings_back_is_redacted_again() -> None:
    asked = order()
    send({"ann": {"city": "Bern"}}, at=asked.asked_at - timedelta(days=1))
    # As it is in a database from before that: the file alone knows of it.
    keep(asked)
    later = send({"ann": {"city": "Rome"}}, at=asked.asked_at + timedelta(seconds=1))
    assert (redact_all_again(), redact_all_again()) == (1, 0)
    assert list(SentRecord.objects.values_list("properties", flat=True)) == ["", '{"city": "Rome"}']
    assert (Redaction.objects.get().redacted_at, Redaction.objects.get().person_name) == (asked.asked_at, "ada")
    assert marks_of(later.sent_records.all()) == {}


def test_what_is_no_redaction_keeps_none_of_the_others(own_data_directory: Path) -> None:
    first, second, third = order("ä\n1"), order("b"), order("c")
    keep(first)
    file = own_data_directory / "redactions"
    file.write_text(file.read_text() + '{"record_id": "c"')
    keep(second)
    with_half_a_surrogate = file.read_bytes().split(b"\n")[0].replace(b"\\u00e4", b"\\udceb")
    assert b"udceb" in with_half_a_surrogate
    none = (b"null", b'"a"', b'{"record_id": "c"}', b"\xe4", with_half_a_surrogate, b"")
    file.write_bytes(file.read_bytes() + b"\n".join(none))
    keep(third)
    assert list(kept()) == [first, second, third]
    assert file.stat().st_mode & 0o777 == 0o600
