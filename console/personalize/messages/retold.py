"""Failures of calls that were never made, in their usual words, for the demo's trail."""

import time

from botocore.exceptions import ClientError, ConnectionClosedError

from console.personalize.attempts import Attempts, GivenUp
from console.personalize.errors import Call, Effect, Failure
from console.personalize.messages.no_answer import failure_without_answer
from console.personalize.messages.service_errors import failure_of_answer


def refusal(call: Call, code: str, message: str, http_status: int, *, request_id: str, attempts: int) -> Failure:
    """Return the failure of a call that got an error response after a number of attempts."""
    answer = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": http_status, "RequestId": request_id},
    }
    error = ClientError(answer, call.operation)  # type: ignore[arg-type]  # The stubs want all that there may be.
    return failure_of_answer(error, call, Effect.REFUSED, attempts)


def silence(call: Call, *, is_closed: bool) -> Failure:
    """Return the failure of a call without a response: its connection was closed, or it was given up."""
    error = ConnectionClosedError(endpoint_url="") if is_closed else GivenUp()
    return failure_without_answer(error, call, Attempts(time.monotonic()))
