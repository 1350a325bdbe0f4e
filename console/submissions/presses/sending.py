"""Sending a submission: call its operation, and record the outcome."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.metrics import counters
from console.personalize import calls
from console.personalize.deadlines import seconds_to_write
from console.personalize.environments import Environment
from console.personalize.errors import Effect, PersonalizeError
from console.storage.database_trouble import Kind, trouble
from console.storage.disk import NO_ROOM, TOO_MANY_FILES
from console.submissions import journal
from console.submissions.answers import answer_fields
from console.submissions.models import Outcome, Submission
from console.submissions.recording import record

log = logging.getLogger(__name__)

# How long a page goes on trying to write an answer: what is left of its time for AWS, within these limits. The answer
# is in the journal then, and the person who sent the records waits to see it.
MOST_SECONDS_TO_RECORD, LEAST_SECONDS_TO_RECORD = 10, 2

# The sentence and the advice where the disk is full.
ON_FULL_DISK = {
    "sentence": "The console's disk is full: there is no space for the response.",
    "advice": "Ask an administrator to free some space on the disk of CONSOLE_DATA_DIR.",
}
OUTCOMES = {
    Effect.NOT_SENT: Outcome.NOT_SENT,
    Effect.REFUSED: Outcome.REFUSED,
    Effect.UNCONFIRMED: Outcome.UNCONFIRMED,
}


def send_all(environment: Environment, submissions: Sequence[Submission]) -> None:
    """Send the submissions of a press one after another, as `send` does.

    Once the database has failed to save a response, later ones only go into the journal: nobody should wait for each.
    """
    takes_answers = True
    for each in submissions:
        send(environment, each, takes_answers=takes_answers)
        takes_answers = takes_answers and each.is_recorded


def send(environment: Environment, submission: Submission, *, takes_answers: bool = True) -> None:
    """Send a submission's records and save the response; `is_recorded` says whether the trail has it.

    Nothing is sent unless there is disk space for the response.
    """
    place = reserve(submission)
    keep(environment, submission, place, place.fields or answer(environment, submission), takes_answers=takes_answers)


@dataclass(frozen=True, slots=True)
class Place:
    """The reserved disk space for the response to a submission, or the outcome to record if there is none."""

    entry: journal.Entry | None
    fields: Mapping[str, Any] | None = None


def reserve(submission: Submission) -> Place:
    """Reserve disk space for the response to a submission; without it nothing may be sent."""
    try:
        return Place(journal.reserve(submission.pk))
    except OSError as error:
        log.error("There is no file for an outcome (%s), so nothing is sent.", error.strerror)
        return Place(None, answer_fields(Outcome.NOT_SENT, **_no_room(error)))


def keep(
    environment: Environment,
    submission: Submission,
    place: Place,
    fields: Mapping[str, Any],
    *,
    takes_answers: bool = True,
) -> None:
    """Save the response to a submission, as returned by `answer`; `is_recorded` says whether the trail has it."""
    seconds = min(MOST_SECONDS_TO_RECORD, max(LEAST_SECONDS_TO_RECORD, seconds_to_write())) if takes_answers else None
    record(submission, fields, place.entry, seconds)
    counters.count_submission(
        environment.name,
        submission.outcome,
        attempts=submission.attempts,
        milliseconds=submission.duration_ms or 0,
    )


def answer(environment: Environment, submission: Submission) -> Mapping[str, Any]:
    """Send a submission's records, and return the fields of the response without using a database."""
    started = time.perf_counter()
    try:
        acknowledged = calls.put_records(environment, submission.target, submission.entity, submission.records)
    except PersonalizeError as error:
        failure = error.failure
        return answer_fields(
            OUTCOMES[failure.effect],
            error_code=failure.code,
            sentence=failure.sentence,
            message=failure.message,
            advice=failure.advice,
            http_status=failure.http_status,
            request_id=failure.request_id,
            attempts=failure.attempts,
            duration_ms=_milliseconds_since(started),
        )
    return answer_fields(
        Outcome.CREATED,
        http_status=acknowledged.http_status,
        request_id=acknowledged.request_id,
        attempts=acknowledged.attempts,
        duration_ms=_milliseconds_since(started),
    )


def _no_room(error: OSError) -> dict[str, Any]:
    """Return the sentence and the advice for when no file can be kept for the response."""
    if error.errno in TOO_MANY_FILES:
        found = trouble(Kind.TOO_MANY_FILES)
        return {"sentence": found.sentence, "advice": found.advice}
    if error.errno in NO_ROOM:
        return dict(ON_FULL_DISK)
    return {
        "sentence": f"The console could not create the file for the response ({error.strerror}).",
        "advice": "Ask an administrator to let the console write to CONSOLE_DATA_DIR.",
    }


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
