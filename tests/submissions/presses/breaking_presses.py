"""Presses of several calls whose connection breaks, in a database of their own: run by `test_presses.py`."""

import sqlite3
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import OperationalError, connection

from console.records.entities import INTERACTIONS
from console.submissions.models import Outcome, Submission
from console.submissions.presses.idempotency import Press, begin
from tests.submissions.sent import complete

KEY = UUID("6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55")
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/INTERACTIONS"
CALLS = [[("u-1", "{}")], [("u-2", "{}")]]


def pressed() -> Press:
    return begin(
        KEY,
        INTERACTIONS,
        CALLS,
        person_id=User.objects.get_or_create(username="ada")[0].pk,
        person_name="ada",
        environment="local",
        dataset_group="video-streaming",
        dataset_arn=ARN,
        endpoint="local",
        record_input="[]",
    )


def broken() -> OperationalError:
    """Return the error of a connection that is away, as Django raises it."""
    cause = sqlite3.OperationalError("unable to open database file")
    cause.sqlite_errorcode = 14
    error = OperationalError("unable to open database file")
    error.__cause__ = cause
    return error


class Breaking:
    """A wrapper of statements: the first that writes a submission breaks; then something happens before the next."""

    def __init__(self, then: Callable[[], None]) -> None:
        self.then: Callable[[], None] | None = then
        self.is_broken = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.is_broken and sql.startswith('INSERT INTO "history_submission"'):
            self.is_broken = True
            raise broken()
        if self.is_broken and self.then and sql.startswith("SELECT") and "history_submission" in sql:
            then, self.then = self.then, None
            then()
        return execute(sql, params, many, context)


def another() -> None:
    for each in pressed().new:
        complete(each, Outcome.CREATED)


def use_and_rows(then: Callable[[], None]) -> list[Any]:
    """Return what a press is whose connection breaks, how many calls it sends, and the outcomes of all rows."""
    with connection.execute_wrapper(Breaking(then)):
        press = pressed()
    return [press.use.value, len(press.new), sorted(Submission.objects.values_list("outcome", flat=True))]
