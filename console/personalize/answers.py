"""Classification of AWS's responses: which are successes, and what an error says about its request.

The codes are those of the page "Common Errors" of AWS's API references, of the two services' own errors, and of what
botocore's standard retry mode treats as throttling.
"""

import json
from http import HTTPStatus
from typing import Any

from console.personalize.errors import Effect

THROTTLED = {
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
    "TooManyRequestsException",
}
# AWS stopped waiting for the request, or somebody on the way did: what had arrived by then is not said.
CUT_SHORT = {"RequestAbortedException", "RequestTimeout", "RequestTimeoutException"}
EXPIRED = {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"}
DENIED = {"AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation"}
BAD_CREDENTIALS = {
    "AuthFailure",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
# A request that was signed more than 15 minutes before or after AWS's time.
WRONG_CLOCK = {"RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"}
NOT_SUBSCRIBED = {"OptInRequired", "SubscriptionRequiredException"}
# Errors about limits, or about missing or unready resources: the records are not at fault.
_OF_RESOURCES = {"LimitExceededException", "ResourceInUseException", "ResourceNotFoundException"}
_NOT_OF_INPUT = EXPIRED | DENIED | BAD_CREDENTIALS | WRONG_CLOCK | NOT_SUBSCRIBED | _OF_RESOURCES
REQUEST_TIMEOUT, TOO_MANY_REQUESTS = 408, 429
# Statuses that concern the caller or the resource, not the input.
_STATUSES_NOT_OF_INPUT = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


def effect_of_answer(status: int, code: str) -> Effect:
    """Return what an unsuccessful response says about its request; a numeric code is not from AWS.

    Neither a redirect nor a server error proves that nothing was done.
    """
    if is_throttled(status, code):
        return Effect.REFUSED
    if code in CUT_SHORT or status == REQUEST_TIMEOUT or not 400 <= status < 500:
        return Effect.UNCONFIRMED
    return Effect.REFUSED


class OtherAnswer(Exception):
    """A response that is neither an error nor the one that AWS documents."""


def check_acknowledgement(response_dict: dict[str, Any], **_event: Any) -> None:
    """Raise OtherAnswer if the response of an operation without output, such as PutUsers, is not AWS's.

    It is for botocore's event `before-parse`. AWS sends status 200 with an empty body, say its API references of these
    operations, and botocore does not check the body: it would accept a proxy's sign-in page as a success. A JSON
    object counts as AWS's if the response has a request id, since AWS may add members; one that names an error does
    not.
    """
    status, headers, body = (response_dict[member] for member in ("status_code", "headers", "body"))
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        return
    if "x-amzn-errortype" in headers:
        raise OtherAnswer
    length = headers.get("content-length")
    is_whole = length is None or length == str(len(body))
    if status != HTTPStatus.OK or not is_whole or not _is_empty(body, has_id="x-amzn-requestid" in headers):
        raise OtherAnswer


def _is_empty(body: bytes, *, has_id: bool) -> bool:
    try:
        found = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "__type" not in found and (has_id or not found)


def is_throttled(status: int, code: str) -> bool:
    """Return whether AWS refused a request because there were too many."""
    return code in THROTTLED or status == TOO_MANY_REQUESTS


def refuses_input(status: int, code: str) -> bool:
    """Return whether AWS refused a request because of its content, so that other input may be accepted.

    Access, the clock, limits and the state of a resource are no matter of the input. Neither is a refusal without a
    code, which is none of AWS, such as that of a proxy.
    """
    if not code or code in _NOT_OF_INPUT or status in _STATUSES_NOT_OF_INPUT:
        return False
    return effect_of_answer(status, code) is Effect.REFUSED and not is_throttled(status, code)
