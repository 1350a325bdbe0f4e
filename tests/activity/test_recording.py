"""What an entry says of who, from where and how it ended."""

import logging
import sqlite3
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from console.activity.models import Entry, Kind, Outcome
from console.activity.recording import Who, counted, record_activity, recorded
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, PersonalizeError

pytestmark = pytest.mark.django_db


def test_a_name_and_facts_have_nothing_that_a_database_does_not_take() -> None:
    record_activity(Kind.CREATED, "a\0b\ud800", noun="schema", facts={"tags": ["x\0", "\udfff"], "long": "l" * 1001})
    kept = Entry.objects.get()
    assert kept.name == "a\ufffdb?"
    assert kept.facts == {"tags": ["x\ufffd", "?"], "long": "l" * 1000}


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [(Effect.REFUSED, "refused"), (Effect.NOT_SENT, "not sent"), (Effect.UNCONFIRMED, "unconfirmed")],
)
def test_a_failed_call_says_how_it_ended(local: Environment, effect: Effect, outcome: str) -> None:
    def fail() -> None:
        with recorded(Kind.CREATED, "shop", noun="dataset group", environment=local):
            assert Entry.objects.get().outcome == "begun"
            raise PersonalizeError(Failure(effect, "It failed.", ""))

    with pytest.raises(PersonalizeError):
        fail()
    assert (Entry.objects.get().outcome, Entry.objects.get().environment) == (outcome, "local")


def test_after_another_error_it_is_not_known() -> None:
    with pytest.raises(ValueError, match="no"), recorded(Kind.DEMO_RESET, "demo data"):
        raise ValueError("no")
    assert Entry.objects.get().outcome == "unconfirmed"


def test_an_export_says_how_many_rows_it_had() -> None:
    whole = record_activity(Kind.EXPORTED, noun="submissions", outcome=Outcome.BEGUN)
    assert list(counted(whole, "abc")) == ["a", "b", "c"]
    broken = record_activity(Kind.EXPORTED, noun="submissions", outcome=Outcome.BEGUN)
    rows = counted(broken, "abc")
    next(rows)
    # As a response is closed whose reader has left.
    del rows
    empty = record_activity(Kind.EXPORTED, noun="submissions", outcome=Outcome.BEGUN)
    assert list(counted(empty, "")) == []
    found = Entry.objects.order_by("pk").values_list("outcome", "row_count")
    assert list(found) == [("done", 3), ("broken off", 1), ("done", 0)]


def failing(verb: str) -> AbstractContextManager[None]:
    """Let all statements of a verb fail, as where SQLite cannot open its file."""
    cause = sqlite3.OperationalError()
    cause.sqlite_errorcode = 14

    def execute(execute: Any, statement: str, *others: Any) -> Any:
        if statement.startswith(verb):
            raise OperationalError("unable to open database file") from cause
        return execute(statement, *others)

    return connection.execute_wrapper(execute)


def test_what_cannot_be_written_is_not_done() -> None:
    done = []
    with failing("INSERT"), pytest.raises(OperationalError), recorded(Kind.DEMO_RESET, "demo data"):
        done.append("reset")
    assert done == []


def test_an_end_that_cannot_be_written_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with transaction.atomic(), caplog.at_level(logging.WARNING), failing("UPDATE"):
        with recorded(Kind.DEMO_RESET, "demo data"):
            pass
        transaction.set_rollback(True)
    assert "The end of an entry of Activity" in caplog.text


def test_who_is_of_the_one_who_is_named() -> None:
    record_activity(Kind.CREATED, "n", noun="schema", who=Who(7, "ada", "192.0.2.7"))
    assert Entry.objects.values_list("person_id", "person_name", "address").get() == (7, "ada", "192.0.2.7")
