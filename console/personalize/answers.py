"""Errors that AWS answered, as a person reads them: what happened, and what to do about it.

The codes are those of the page "Common Errors" of AWS's API references, of the two services' own errors, and of what
botocore's standard mode takes for throttling.
"""

import json
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError

from console.personalize.errors import Call, Effect, Failure
from console.records.entities import entity_of_operation

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
REQUEST_TIMEOUT, TOO_MANY_REQUESTS = 408, 429
# What the service's own errors ask for.
ADVICE = {
    "InvalidInputException": "Mend what the message names, and try again.",
    "ResourceAlreadyExistsException": "Choose another name, or use what there is.",
    "ResourceNotFoundException": "Check that it still exists, and that the environment is the right one.",
    "ResourceInUseException": "It is being created, changed or deleted. Wait until it is Active, and try again.",
    "LimitExceededException": "Remove what is no longer needed, or ask AWS for a higher quota.",
}
ADVICE_ON_RECORDS = "Compare the records with the schema, and mend what the message names."


def effect_of_answer(status: int, code: str) -> Effect:
    """Return what an answer that is no success says of its request; a code that is a number is none of AWS.

    A redirection does not say that nothing was done, and neither does a failure of the server.
    """
    if is_throttled(status, code):
        return Effect.REFUSED
    if code in CUT_SHORT or status == REQUEST_TIMEOUT or not 400 <= status < 500:
        return Effect.UNCONFIRMED
    return Effect.REFUSED


class OtherAnswer(Exception):
    """An answer that is no error, and not the one that AWS documents either."""


def check_acknowledgement(response_dict: dict[str, Any], **_event: Any) -> None:
    """Raise OtherAnswer if a success of PutUsers or its like is not AWS's, for botocore's event `before-parse`.

    AWS sends a status of 200 with an empty body, say its API references of these operations, and botocore looks at no
    body: to it, the page of a proxy on which people sign in is a success too. An object of JSON is taken from whoever
    gives the request an id, since AWS may add members; one that names an error is none.
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
    """Say whether AWS refused a request because there were too many."""
    return code in THROTTLED or status == TOO_MANY_REQUESTS


def failure_of_answer(error: ClientError, call: Call, effect: Effect, attempts: int) -> Failure:
    """Return what an error that AWS answered means, from the effect and the number of all attempts of the call."""
    details = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    status: int = metadata.get("HTTPStatusCode", 0)
    code, message = str(details.get("Code", "")), str(details.get("Message", ""))
    is_own = error.operation_name == call.operation
    action = f"{call.action} on {call.resource}" if is_own else _other_action(error, call)
    # botocore gives the status for the code where the answer has none, as that of a proxy on the way.
    is_of_aws = code not in ("", str(status))
    sentence, advice = _in_words(code, message, status, action, call) if is_of_aws else _not_of_aws(status, call)
    return Failure(
        effect=effect,
        sentence=sentence,
        advice=advice,
        code=code if is_of_aws else "",
        message=message if is_of_aws else "",
        http_status=status or None,
        request_id=str(metadata.get("RequestId", "")),
        attempts=attempts,
        is_about_access=not is_own or code in EXPIRED | BAD_CREDENTIALS,
        denied_action=action.partition(" ")[0].rstrip(",") if code in DENIED else "",
    )


def _other_action(error: ClientError, call: Call) -> str:
    """Return what failed before the call: taking the environment's role, or fetching credentials otherwise."""
    if error.operation_name == "AssumeRole" and call.environment.role_arn:
        return f"sts:AssumeRole on {call.environment.role_arn}"
    return f"{error.operation_name}, which fetches the credentials"


def _in_words(code: str, message: str, status: int, action: str, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for an error of AWS."""
    # Signature Version 4 has one error for whatever is wrong with a signature.
    if code in WRONG_CLOCK or (code in BAD_CREDENTIALS and ("expired" in message or "not yet current" in message)):
        return "The clock of the console's machine is wrong, so AWS refused the request.", "Set the clock right."
    if code in EXPIRED:
        return (
            f"The AWS credentials of {call.where} have expired.",
            "Renew them where the console's process gets them, and try again.",
        )
    if code in DENIED:
        return (
            f"Access denied: the credentials of {call.where} may not do {action}.",
            "Ask for an IAM policy that allows this action on this resource.",
        )
    if code in BAD_CREDENTIALS:
        return (
            f"AWS does not accept the credentials of {call.where}.",
            "Check the access key and the secret that the console's process uses.",
        )
    if code in NOT_SUBSCRIBED:
        return (
            f"The AWS account of {call.where} has no access to this service or region, so AWS refused {action}.",
            "Enable the region or the service in the account, or choose another environment.",
        )
    if is_throttled(status, code):
        return _throttled(action)
    if status >= 500 or status == REQUEST_TIMEOUT or code in CUT_SHORT:
        return _failed(status, action)
    if code == "InvalidInputException" and entity_of_operation(call.operation):
        return f"AWS refused {action}.", ADVICE_ON_RECORDS
    return f"AWS refused {action}.", ADVICE.get(code, "Read the message of AWS, mend what it names, and try again.")


def _throttled(action: str) -> tuple[str, str]:
    entity = entity_of_operation(action.partition(" ")[0].rpartition(":")[2])
    advice = "Wait a moment, and try again."
    if entity:
        advice += f" {entity.operation} may be called {entity.calls_per_second} times a second for each dataset group."
    return f"Too many requests: AWS throttled {action}.", advice


def _failed(status: int, action: str) -> tuple[str, str]:
    happened = "AWS failed on its own side with" if status >= 500 else "AWS did not wait for the end of"
    return f"{happened} {action}.", "Try again in a moment."


def _not_of_aws(status: int, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for an answer without the code that each error of AWS has."""
    action = f"{call.action} on {call.resource}"
    if status == TOO_MANY_REQUESTS:
        return _throttled(action)
    if status >= 500 or status == REQUEST_TIMEOUT:
        return _failed(status, action)
    advice = "Check the endpoint URL of the environment, and any proxy between the console and AWS."
    if 300 <= status < 400:
        return f"What answered in {call.where} sends the console to another address, as AWS does not.", advice
    return f"What answered in {call.where} refused {call.action}, and not as AWS does.", advice
