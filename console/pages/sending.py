"""Sending a submission: PutUsers is called, and the submission completed with what came of it."""

import time

from console import metrics
from console.history.models import Outcome, Submission
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.failures import Effect, PersonalizeError

OUTCOMES = {
    Effect.NOT_SENT: Outcome.NOT_SENT,
    Effect.REFUSED: Outcome.REFUSED,
    Effect.UNCONFIRMED: Outcome.UNCONFIRMED,
}


def send(environment: Environment, submission: Submission) -> None:
    """Call PutUsers with a submission's users, and complete the submission with the answer."""
    started = time.perf_counter()
    try:
        answer = calls.put_users(environment, submission.dataset_arn, submission.users)
    except PersonalizeError as error:
        failure = error.failure
        submission.complete(
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
    else:
        submission.complete(
            Outcome.CREATED,
            http_status=answer.http_status,
            request_id=answer.request_id,
            attempts=answer.attempts,
            duration_ms=_milliseconds_since(started),
        )
    metrics.count_submission(
        environment.name,
        submission.outcome,
        attempts=submission.attempts,
        milliseconds=submission.duration_ms or 0,
    )


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
