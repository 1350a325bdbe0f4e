"""What an exception of a boto3 call means: with an answer of AWS, or without one."""

from dataclasses import replace

from botocore.exceptions import ClientError

from console.output.user_information import without_user_information
from console.personalize.attempts import Attempts, GivenUp
from console.personalize.errors import Call, Failure
from console.personalize.messages.no_answer import failure_without_answer
from console.personalize.messages.service_errors import failure_of_answer


def failure_of(error: Exception, call: Call, attempts: Attempts) -> Failure:
    """Return what an exception of a boto3 call means, with what is known of the call's attempts."""
    if isinstance(error, GivenUp) and attempts.last_error:
        # The time was over before the next attempt: what the one before it ended with says more.
        error = attempts.last_error
    if isinstance(error, ClientError):
        return _shareable(failure_of_answer(error, call, attempts.effect, attempts.count))
    found = _shareable(failure_without_answer(error, call, attempts))
    return replace(
        found,
        effect=attempts.effect,
        attempts=attempts.count,
        http_status=attempts.http_status,
        request_id=attempts.request_id,
    )


def _shareable(failure: Failure) -> Failure:
    """Return a failure whose words have no user information of a URL: botocore's errors name URLs as they are."""
    return replace(
        failure,
        sentence=without_user_information(failure.sentence),
        advice=without_user_information(failure.advice),
        message=without_user_information(failure.message),
    )
