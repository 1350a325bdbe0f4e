"""What was sent is neither changed nor removed: not by the code of the console, and not past it in the database."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from console.submissions.append_only import AppendOnlyError
from console.submissions.models import Outcome, SentRecord, Submission
from tests.submissions.sent import complete, send
from tests.support.refusals import refuses

pytestmark = pytest.mark.django_db

REFUSED: dict[str, Callable[[Submission], object]] = {
    "save": lambda one: one.save(),
    "save one field": lambda one: one.save(update_fields=["message"]),
    "delete": lambda one: one.delete(),
    "update all": lambda one: Submission.objects.update(outcome=Outcome.REFUSED),
    "delete all": lambda one: Submission.objects.all().delete(),
    "update in bulk": lambda one: Submission.objects.bulk_update([one], ["message"]),
    "update or create": lambda one: Submission.objects.update_or_create({"message": "m"}, pk=one.pk),
    "add again with changes": lambda one: Submission.objects.bulk_create(
        [one], update_conflicts=True, unique_fields=["id"], update_fields=["message"]
    ),
    "save a user": lambda one: one.sent_records.get().save(),
    "delete a user": lambda one: one.sent_records.get().delete(),
    "update its users": lambda one: one.sent_records.update(properties="{}"),
    "delete its users": lambda one: one.sent_records.all().delete(),
    "complete again": lambda one: complete(one, Outcome.REFUSED, message="no"),
}


@pytest.mark.parametrize("change", REFUSED)
def test_no_code_changes_or_removes_what_was_sent(change: str) -> None:
    submission = send({"u": {"age": 3}})
    with pytest.raises(AppendOnlyError, match="neither changed nor removed"):
        REFUSED[change](submission)
    kept = Submission.objects.get()
    assert (kept.outcome, kept.message) == ("created", "")
    assert SentRecord.objects.get().properties == '{"age": 3}'


def test_one_with_the_key_of_another_replaces_nothing() -> None:
    submission = send({"u": {"age": 3}})
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission(pk=submission.pk, person_name="somebody else").save()
    assert Submission.objects.get().person_name == "operator"


STATEMENTS = [
    "UPDATE history_submission SET person_name = 'somebody else'",
    "UPDATE history_submission SET person_id = 1",
    "UPDATE history_submission SET origin_id = 0",
    "UPDATE history_submission SET outcome = 'refused'",
    "UPDATE history_submission SET outcome = 'sending'",
    "UPDATE history_submission SET request_id = 'r'",
    "UPDATE history_submission SET record_ids = 'v'",
    "UPDATE history_submission SET address = '192.0.2.1'",
    "UPDATE history_submission SET created_at = '2001-01-01 00:00:00+00'",
    "UPDATE history_submission SET record_input = ''",
    "UPDATE history_submission SET record_input = 'other', redacted_at = created_at",
    "UPDATE history_submission SET message = 'm'",
    "UPDATE history_submission SET message = 'm', redacted_at = created_at",
    "DELETE FROM history_submission",
    "UPDATE history_sentrecord SET properties = '{}'",
    "UPDATE history_sentrecord SET properties = ''",
    "UPDATE history_sentrecord SET record_id = 'v'",
    "DELETE FROM history_sentrecord",
    "UPDATE history_origin SET environment = 'other'",
    "UPDATE history_origin SET arn_prefix = ''",
    "UPDATE history_origin SET generation = 1",
    "DELETE FROM history_origin",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_too(statement: str) -> None:
    send({"u": {"age": 3}})
    refuses(statement)


def test_the_database_refuses_to_take_a_redaction_back() -> None:
    send({"u": {"age": 3}})
    Submission._base_manager.update(record_input="", redacted_at="2026-01-01T00:00:00Z")
    SentRecord._base_manager.update(properties="")
    for change in ("record_input = 'x'", "redacted_at = NULL", "redacted_at = created_at"):
        refuses(f"UPDATE history_submission SET {change}")
    refuses("UPDATE history_sentrecord SET properties = '{\"age\": 4}'")


def test_sqlite_replaces_no_row() -> None:
    if connection.vendor == "sqlite":
        send({"u": {"age": 3}})
        for table in ("history_submission", "history_sentrecord", "history_origin"):
            refuses(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def columns_but_id(table: str) -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return ", ".join(each.name for each in found if each.name != "id")


def test_sqlite_replaces_no_row_by_another_of_its_keys() -> None:
    if connection.vendor == "sqlite":
        first, second = send({"u": {}}), send({"v": {}})
        refuses(f"UPDATE OR REPLACE history_submission SET rowid = rowid + 1 WHERE id = '{first.pk.hex}'")
        others = columns_but_id("history_submission")
        refuses(
            f"INSERT OR REPLACE INTO history_submission (rowid, id, {others}) "
            f"SELECT rowid, '{'0' * 32}', {others} FROM history_submission WHERE id = '{second.pk.hex}'"
        )
        others = columns_but_id("history_origin")
        refuses(f"INSERT OR REPLACE INTO history_origin (id, {others}) SELECT id + 7, {others} FROM history_origin")
        assert Submission.objects.count() == 2


def test_an_answer_is_written_once_and_into_nothing_else() -> None:
    submission = send({"u": {}}, Outcome.SENDING)
    refuses("UPDATE history_submission SET outcome = 'created', record_ids = 'v'")
    complete(submission, Outcome.UNCONFIRMED, message="half \ud800", attempts=2)
    kept = Submission.objects.get()
    assert (kept.outcome, kept.message, kept.attempts) == ("unconfirmed", "half ?", 2)
    assert (submission.outcome, submission.message, submission.completed_at) == (
        "unconfirmed",
        "half ?",
        kept.completed_at,
    )


def test_the_admin_has_no_page_of_submissions(administrator: Client) -> None:
    answer = administrator.get("/admin/history/submission/")
    assert answer.status_code == 404
