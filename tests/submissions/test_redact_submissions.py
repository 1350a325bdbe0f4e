from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from console.submissions import retention
from console.submissions.models import Outcome, SentRecord, Submission
from tests.submissions.sent import complete, send

pytestmark = pytest.mark.django_db


def redact(days: Any) -> str:
    printed = StringIO()
    call_command("redact_submissions", f"--days={days}", stdout=printed)
    return printed.getvalue()


def test_removes_properties_and_keeps_the_rest() -> None:
    at = timezone.now() - timedelta(days=31)
    old = send({"a": {"city": "Bern"}, "b": {}}, at=at, address="192.0.2.7")
    recent = send({"a": {"city": "Rome"}})
    assert redact(30) == "Redacted 1 submission of more than 30 days ago.\n"
    kept = Submission.objects.get(pk=old.pk)
    assert (kept.record_input, kept.records) == ("", [("a", ""), ("b", "")])
    assert (kept.record_ids, kept.record_count, kept.person_name, kept.outcome) == ("a\nb", 2, "operator", "created")
    assert (kept.address, kept.created_at) == ("192.0.2.7", at)
    assert kept.redacted_at
    assert not SentRecord.objects.filter(submission=old).exclude(properties="").exists()
    assert Submission.objects.get(pk=recent.pk).records == [("a", '{"city": "Rome"}')]
    assert Submission.objects.get(pk=recent.pk).redacted_at is None


def test_a_second_time_finds_nothing_and_changes_nothing() -> None:
    send({"a": {"city": "Bern"}}, at=timezone.now() - timedelta(days=2))
    redact(1)
    first = Submission.objects.get().redacted_at
    assert redact(1) == "Redacted 0 submissions of more than 1 day ago.\n"
    assert Submission.objects.get().redacted_at == first


def test_redacts_what_was_refused_and_what_never_had_an_answer() -> None:
    at = timezone.now() - timedelta(days=2)
    for outcome in (Outcome.REFUSED, Outcome.SENDING):
        send({"a": {"city": "Bern"}}, outcome, at=at)
    assert redact(1).startswith("Redacted 2 ")
    assert sorted(Submission.objects.values_list("outcome", flat=True)) == ["refused", "sending"]


def test_works_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    moment = timezone.now()
    for number in range(5):
        send({"a": {"n": number}}, at=moment - timedelta(days=1, seconds=number))
    send({"a": {"n": 5}}, at=moment)
    pauses: list[float] = []
    outside = list(connection.savepoint_ids)

    def pause(seconds: float) -> None:
        # Others can write: the batch's own transaction has ended.
        assert connection.savepoint_ids == outside
        pauses.append(seconds)

    monkeypatch.setattr(retention, "sleep", pause)
    assert list(retention.redact_before(moment)) == [2, 2, 1]
    # Who waits for SQLite looks once in a tenth of a second. PostgreSQL keeps nobody waiting.
    assert len(pauses) == (2 if connection.vendor == "sqlite" else 0)
    assert all(0.1 <= each <= 1 for each in pauses)
    assert Submission.objects.filter(redacted_at=None).count() == 1


@pytest.mark.parametrize("days", ["0", "-1", "36501"])
def test_refuses_numbers_of_days_that_make_no_sense(days: str) -> None:
    with pytest.raises(CommandError, match=f"--days: expected a number from 1 to 36500; found {days}."):
        redact(days)


def test_refuses_what_is_no_number() -> None:
    with pytest.raises(CommandError, match="invalid int value"):
        redact("soon")


@pytest.mark.parametrize(
    ("message", "is_kept"),
    [
        ("The users do not hold.", True),
        ("Value Bern is not allowed.", False),
        ("Value 'Gold' at 'type' failed.", False),
        ("Expected another type than 34.", False),
        ("Expected at most 340 characters.", True),
        ("The Berner's dataset is busy.", True),
        ("Found true.", False),
        ("Found US$ (5).", False),
    ],
)
def test_removes_a_message_of_aws_that_quotes_a_value(message: str, is_kept: bool) -> None:
    properties = {"city": "Bern", "type": "Gold|Old", "age": 34, "vip": True, "more": [{"x": "US$ (5)"}], "none": None}
    sent = send({"eve": {}, "ada": properties}, Outcome.SENDING, at=timezone.now() - timedelta(days=2))
    complete(sent, Outcome.REFUSED, message=message, error_code="InvalidInputException", sentence="AWS refused it.")
    redact(1)
    kept = Submission.objects.get()
    assert kept.message == (message if is_kept else "")
    assert (kept.error_code, kept.sentence) == ("InvalidInputException", "AWS refused it.")
