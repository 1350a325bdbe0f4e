"""AWS's error responses in words.

The codes are those of the page "Common Errors" of AWS's API references, and of the two services' own errors.
"""

import re
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from console.local.api import SIMULATED
from console.personalize.answers import (
    BAD_CREDENTIALS,
    CUT_SHORT,
    DENIED,
    EXPIRED,
    NOT_SUBSCRIBED,
    REQUEST_TIMEOUT,
    TOO_MANY_REQUESTS,
    WRONG_CLOCK,
    is_throttled,
)
from console.personalize.errors import ALREADY_EXISTS, Call, Effect, Failure
from console.records.entities import entity_of_operation

# A role that is passed to a service is denied as this action, at whatever call needs it.
PASS_ROLE = re.compile(r"\biam:PassRole on resource: (arn:\S+)")
TAKEN_BY_ITSELF = "{} answered that the name is taken: perhaps by the first attempt of this call, which got no answer."
# Advice for the service's own errors.
ADVICE = {
    "InvalidInputException": "Fix what the message names, and try again.",
    ALREADY_EXISTS: "Choose another name, or use the existing resource.",
    "ResourceNotFoundException": "Check that it still exists, and that the environment is the right one.",
    "ResourceInUseException": "It is being created, changed or deleted. Wait until it is Active, and try again.",
    "LimitExceededException": "Remove what is no longer needed, or ask AWS for a higher quota.",
    "TooManyTagsException": "Remove tags first: a resource can have at most 50.",
    # S3's errors.
    "NoSuchBucket": "Check import_bucket in the environments file: there must be a bucket of this name.",
}
# What to delete first, by the operation that fails with ResourceInUseException: "Deleting a dataset to delete all of
# its data" (developer guide), and the API reference of the other two.
ADVICE_ON_DELETIONS = {
    "DeleteSchema": "Delete the datasets that use this schema first, or replace their schema.",
    "DeleteDataset": (
        "Wait until its jobs have ended, and delete the filters and metric attributions of its dataset group first. "
        "Of an Item interactions dataset, delete the event tracker too."
    ),
    "DeleteDatasetGroup": "Delete its datasets, event trackers and solutions first.",
}
OF_SIMULATION = "Simulate responses made this response. Once it is stopped, or its calls are used up, try again."
READ_MESSAGE = "Read the error message, fix what it names, and try again."
ADVICE_ON_SECOND_TRACKER = "A dataset group can have only one event tracker. Use that one, or delete it first."
ADVICE_ON_JOBS = "Wait until a job that is under way has ended, and try again."
ADVICE_ON_RECORDS = "Compare the records with the schema, and fix what the message names."


def failure_of_answer(error: ClientError, call: Call, effect: Effect, attempts: int) -> Failure:
    """Return the meaning of an error response, given the effect and number of the call's attempts."""
    details = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    status: int = metadata.get("HTTPStatusCode", 0)
    code, message = str(details.get("Code", "")), str(details.get("Message", ""))
    is_own = error.operation_name == call.operation
    action = _own_action(call) if is_own else _other_action(error, call)
    passed = PASS_ROLE.search(message) if code in DENIED else None
    if passed:
        action = f"iam:PassRole on {passed[1]}, which {action} needs"
    # botocore gives the status for the code where the answer has none, as that of a proxy on the way.
    is_of_aws = code not in ("", str(status))
    sentence, advice = _in_words(code, message, status, action, call) if is_of_aws else _not_of_aws(status, call)
    if code == ALREADY_EXISTS and effect is Effect.UNCONFIRMED:
        sentence, advice = TAKEN_BY_ITSELF.format(call.subject), "Look whether it is there before you try again."
    if call.environment.is_local and message.startswith(SIMULATED):
        advice = OF_SIMULATION
    return Failure(
        effect=effect,
        sentence=sentence,
        advice=advice,
        code=code if is_of_aws else "",
        message=message if is_of_aws else "",
        http_status=status or None,
        request_id=_request_id(metadata),
        attempts=attempts,
        is_about_access=not is_own or code in EXPIRED | BAD_CREDENTIALS,
        denied_action=action.partition(" ")[0].rstrip(",") if code in DENIED else "",
        resource=call.resource,
    )


def _request_id(metadata: Mapping[str, Any]) -> str:
    """Return the request id in AWS's response; "" without one.

    botocore leaves it in the headers if the body is no error of the protocol.
    """
    return str(metadata.get("RequestId") or metadata.get("HTTPHeaders", {}).get("x-amzn-requestid", ""))


def _own_action(call: Call) -> str:
    """Return what a call does and to what; a bare tracking id would not say what it identifies."""
    entity = entity_of_operation(call.operation)
    what = "the tracking ID " if entity and entity.is_event else ""
    return f"{call.action} on {what}{call.resource}"


def _other_action(error: ClientError, call: Call) -> str:
    """Return what failed before the call: assuming the environment's role, or another way to get credentials."""
    if error.operation_name == "AssumeRole" and call.environment.role_arn:
        return f"sts:AssumeRole on {call.environment.role_arn}"
    return f"{error.operation_name}, which fetches the credentials"


def _in_words(code: str, message: str, status: int, action: str, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for an error of AWS."""
    # Signature Version 4 has one error for everything that can be wrong with a signature.
    if code in WRONG_CLOCK or (code in BAD_CREDENTIALS and ("expired" in message or "not yet current" in message)):
        return (
            f"The clock of the console's machine is wrong, so {call.service_name} refused the request.",
            "Set the clock right.",
        )
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
            f"{call.subject} does not accept the credentials of {call.where}.",
            "Check the access key and the secret that the console's process uses.",
        )
    if code in NOT_SUBSCRIBED:
        return (
            f"The AWS account of {call.where} has no access to this service or region, so AWS refused {action}.",
            "Enable the region or the service in the account, or choose another environment.",
        )
    if is_throttled(status, code):
        return _throttled(action, call)
    if call.environment.is_local and code == "ServiceUnavailable":
        # It says what keeps it from working, such as a full disk, and what to do.
        return f"The local service could not do {action}.", message
    if status >= 500 or status == REQUEST_TIMEOUT or code in CUT_SHORT:
        return _failed(status, action, call)
    if code == "InvalidInputException" and entity_of_operation(call.operation):
        return f"{call.subject} refused {action}.", ADVICE_ON_RECORDS
    if code == "LimitExceededException" and call.operation.endswith("Job"):
        return f"{call.subject} refused {action}.", ADVICE_ON_JOBS
    if code == "LimitExceededException" and call.environment.is_local:
        return f"{call.subject} refused {action}.", "Remove what is no longer needed."
    if code == "ResourceInUseException" and call.operation in ADVICE_ON_DELETIONS:
        return f"{call.subject} refused {action}.", ADVICE_ON_DELETIONS[call.operation]
    if code == ALREADY_EXISTS and call.operation == "CreateEventTracker":
        return f"{call.subject} refused {action}.", ADVICE_ON_SECOND_TRACKER
    return f"{call.subject} refused {action}.", ADVICE.get(code, READ_MESSAGE)


def _throttled(action: str, call: Call) -> tuple[str, str]:
    entity = entity_of_operation(action.partition(" ")[0].rpartition(":")[2])
    advice = "Wait a moment, and try again."
    if entity:
        advice += f" {entity.operation} may be called {entity.calls_per_second} times a second for each dataset group."
    return f"Too many requests: {call.service_name} throttled {action}.", advice


def _failed(status: int, action: str, call: Call) -> tuple[str, str]:
    happened = "had an internal error during" if status >= 500 else "timed out during"
    return f"{call.subject} {happened} {action}.", "Try again in a moment."


def _not_of_aws(status: int, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for a response without the code that each AWS error has."""
    action = _own_action(call)
    if status == TOO_MANY_REQUESTS:
        return _throttled(action, call)
    if status >= 500 or status == REQUEST_TIMEOUT:
        return _failed(status, action, call)
    advice = "Check the endpoint URL of the environment, and any proxy between the console and AWS."
    if 300 <= status < 400:
        return f"The endpoint of {call.where} redirects the console to another address, which AWS never does.", advice
    return f"The endpoint of {call.where} refused {call.action} with a response that is not AWS's.", advice
