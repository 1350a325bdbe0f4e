"""Submissions as the tests of the history make them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from console.records.entities import USERS
from console.submissions.answers import answer_fields, write_answer
from console.submissions.append_only import AppendOnlyError
from console.submissions.models import Outcome, Submission
from console.submissions.presses.beginning import begin_submission

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"


def send(
    users: dict[str, dict[str, Any]], outcome: Outcome = Outcome.CREATED, *, at: datetime | None = None, **known: Any
) -> Submission:
    """Write a submission of users with their properties, by their ids, and its answer."""
    records = [(user_id, json.dumps(each)) for user_id, each in users.items()]
    name = known.get("person_name", "operator")
    own: dict[str, Any] = {
        "person": User.objects.filter(username=name).first(),
        "person_name": name,
        "environment": "local",
        "dataset_group": "loyalty-programme",
        "dataset_arn": ARN,
        "record_input": json.dumps([{"userId": user_id, "properties": each} for user_id, each in users.items()]),
        "created_at": at or timezone.now(),
    }
    own |= {"endpoint": "local" if known.get("environment", "local") == "local" else "aws"}
    submission = begin_submission(USERS, records, **(own | known))
    if outcome is not Outcome.SENDING:
        complete(submission, outcome)
    return submission


def complete(submission: Submission, outcome: Outcome, **answer: Any) -> None:
    """Write the answer of a submission, which has none yet, as the console does; raise AppendOnlyError."""
    fields = answer_fields(outcome, **answer)
    if not write_answer(submission.pk, fields):
        raise AppendOnlyError
    submission.take(fields)


@contextmanager
def sent_after(part: str, *arguments: Any, **known: Any) -> Iterator[None]:
    """Write a submission as `send` does, once, after the first query of a block that has a part in its text."""
    is_asked = is_sent = False

    def send_and_execute(execute: Any, statement: str, *others: Any) -> Any:
        nonlocal is_asked, is_sent
        # Before the next query: the rows of the first one are read by then.
        if is_asked and not is_sent:
            is_sent = True
            send(*arguments, **known)
        is_asked = is_asked or part in statement
        return execute(statement, *others)

    with connection.execute_wrapper(send_and_execute):
        yield
    assert is_sent
