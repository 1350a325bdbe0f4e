"""Whether a submission may still get its response, and waiting for an earlier press's response."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from console.storage.database_trouble import database_trouble, give_up_broken_connection
from console.storage.shared_clock import shared_now
from console.submissions import journal
from console.submissions.models import Outcome, Submission
from console.submissions.recording import with_known_answer

# A second press waits so long for the answer of the first: a little longer than the gateway waits for AWS, and its
# answer for the database. What has no answer by then was cut short by a crash.
SECONDS_TO_WAIT = settings.CONSOLE_AWS_SECONDS + 10
SECONDS_BETWEEN_LOOKS = 0.1


def is_any_under_way(calls: Sequence[Submission]) -> bool:
    """Return whether any call of a press may still get its response."""
    return any(is_under_way(each) for each in calls)


def is_under_way(submission: Submission) -> bool:
    """Return whether a submission may still get its response, even if the clock was changed meanwhile."""
    if submission.outcome != Outcome.SENDING:
        return False
    # One of the future was written before the clock was set back, by seconds or by hours.
    age = abs((shared_now() - submission.created_at).total_seconds())
    return age < SECONDS_TO_WAIT or journal.is_in_use(submission.pk)


def wait_for(submission: Submission) -> None:
    """Wait until a submission has its response, or can no longer get one."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while is_under_way(submission) and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        _look_again(submission, ["outcome"])
        # The first press may have an answer that it could not write.
        with_known_answer(submission)
    while submission.is_recorded and not _look_again(submission) and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _look_again(submission: Submission, fields: list[str] | None = None) -> bool:
    """Reload fields of a submission, all if None, and return whether the database answered.

    A broken connection says nothing about the press: the next attempt uses a new one.
    """
    try:
        submission.refresh_from_db(fields=fields)
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None or connection.in_atomic_block:
            raise
        give_up_broken_connection()
        return False
    return True
