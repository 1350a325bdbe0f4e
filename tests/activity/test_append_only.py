"""What was done is neither changed nor removed: not by the code of the console, and not past it in the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from console.activity.models import Entry, Kind, Outcome
from console.activity.recording import Who, record_activity
from console.submissions.append_only import AppendOnlyError
from tests.support.refusals import refuses

pytestmark = pytest.mark.django_db


def entry(outcome: Outcome = Outcome.DONE) -> Entry:
    who = Who(7, "ada", "192.0.2.7")
    return record_activity(Kind.CREATED, "shop", noun="dataset group", who=who, outcome=outcome)


REFUSED: dict[str, Callable[[Entry], object]] = {
    "save": lambda one: one.save(),
    "delete": lambda one: one.delete(),
    "update all": lambda one: Entry.objects.update(person_name="bob"),
    "delete all": lambda one: Entry.objects.all().delete(),
    "update in bulk": lambda one: Entry.objects.bulk_update([one], ["name"]),
}


@pytest.mark.parametrize("change", REFUSED)
def test_no_code_changes_or_removes_an_entry(change: str) -> None:
    with pytest.raises(AppendOnlyError):
        REFUSED[change](entry())


STATEMENTS = [
    "UPDATE activity_entry SET happened_at = '2001-01-01 00:00:00+00'",
    "UPDATE activity_entry SET kind = 'deleted'",
    "UPDATE activity_entry SET person_id = NULL",
    "UPDATE activity_entry SET person_name = 'bob'",
    "UPDATE activity_entry SET address = '192.0.2.8'",
    "UPDATE activity_entry SET environment = 'other'",
    "UPDATE activity_entry SET dataset_group = 'other'",
    "UPDATE activity_entry SET noun = 'schema'",
    "UPDATE activity_entry SET name = 'other'",
    """UPDATE activity_entry SET facts = '{"a": 1}'""",
    "UPDATE activity_entry SET outcome = 'refused'",
    "UPDATE activity_entry SET row_count = 3",
    "UPDATE activity_entry SET id = id + 1",
    "DELETE FROM activity_entry",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_too(statement: str) -> None:
    entry()
    refuses(statement)


def test_sqlite_replaces_no_entry() -> None:
    if connection.vendor == "sqlite":
        entry()
        refuses("INSERT OR REPLACE INTO activity_entry SELECT * FROM activity_entry")


def test_an_end_is_written_once() -> None:
    one = entry(Outcome.BEGUN)
    one.end(Outcome.DONE, 5)
    one.end(Outcome.BROKEN_OFF, 6)
    kept = Entry.objects.get()
    assert (kept.outcome, kept.row_count, kept.name) == ("done", 5, "shop")
    refuses("UPDATE activity_entry SET outcome = 'begun'")


def test_what_has_no_end_for_long_is_unconfirmed() -> None:
    one = entry(Outcome.BEGUN)
    assert one.outcome_now == "begun"
    one.happened_at = timezone.now() - timedelta(minutes=11)
    assert one.outcome_now == "unconfirmed"
