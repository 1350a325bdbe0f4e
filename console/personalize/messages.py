"""Errors of calls to Personalize in sentences: the failure, and the advice.

The codes are those of the page "Common Errors" of AWS's API references, and of the two services' own errors.
"""

import ssl
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from urllib3.exceptions import NameResolutionError

from console.output.user_information import without_user_information
from console.personalize.answers import CUT_SHORT, REQUEST_TIMEOUT, TOO_MANY_REQUESTS, is_throttled
from console.personalize.attempts import Attempts, GivenUp, NoThread, NoTimeLeft
from console.personalize.connections.configuration import ConfigurationChangedError
from console.personalize.errors import Call, Effect, Failure
from console.records.entities import entity_of_operation
from console.storage.database_trouble import Kind, trouble
from console.storage.disk import TOO_MANY_FILES

NO_CREDENTIALS = (
    exceptions.NoCredentialsError,
    exceptions.MetadataRetrievalError,
)
SIGN_IN_ERRORS = (
    exceptions.SSOError,
    exceptions.LoginError,
    exceptions.TokenRetrievalError,
    exceptions.NoAuthTokenError,
)
ENDPOINT_ERRORS = (
    exceptions.NoRegionError,
    exceptions.InvalidRegionError,
    exceptions.UnknownEndpointError,
    exceptions.UnknownRegionError,
    exceptions.EndpointProviderError,
    exceptions.EndpointVariantError,
    exceptions.InvalidEndpointConfigurationError,
)
# What can happen on the way to AWS and back.
ON_THE_WAY = (exceptions.HTTPClientError, exceptions.ConnectionError)
TRY_LATER = "Try again in a moment. If it keeps failing, check the network between the console and AWS."
CHECK_NETWORK = "Check the network between the console and AWS, and the environment's region and endpoint URL."
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
# What the service's own errors ask for.
ADVICE = {
    "InvalidInputException": "Fix what the message names, and try again.",
    "ResourceAlreadyExistsException": "Choose another name, or use the existing resource.",
    "ResourceNotFoundException": "Check that it still exists, and that the environment is the right one.",
    "ResourceInUseException": "It is being created, changed or deleted. Wait until it is Active, and try again.",
    "LimitExceededException": "Remove what is no longer needed, or ask AWS for a higher quota.",
}
READ_MESSAGE = "Read the error message, fix what it names, and try again."
ADVICE_ON_SECOND_TRACKER = "A dataset group can have only one event tracker. Use that one, or delete it first."
NO_TIME_LEFT = "This call was not made: the calls before it used up the time that a page waits for AWS."
NO_THREAD = "This call was not made: the console's machine has no thread left for it."
ADVICE_ON_RECORDS = "Compare the records with the schema, and fix what the message names."


def failure_of(error: Exception, call: Call, attempts: Attempts) -> Failure:
    """Return what an exception of a boto3 call means, with what is known of the call's attempts."""
    if isinstance(error, GivenUp) and attempts.last_error:
        # The time was over before the next attempt: what the one before it ended with says more.
        error = attempts.last_error
    if isinstance(error, ClientError):
        return _shareable(_failure_of_answer(error, call, attempts.effect, attempts.count))
    found = _shareable(_without_answer(error, call, attempts))
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


def _without_answer(error: Exception, call: Call, attempts: Attempts) -> Failure:
    if isinstance(error, NoTimeLeft) and call.writes:
        return _failure(NO_TIME_LEFT, "Try again.")
    if isinstance(error, NoThread):
        return _failure(NO_THREAD, "Try again in a moment.")
    if isinstance(error, GivenUp):
        waited = settings.CONSOLE_AWS_SECONDS
        seconds = f"{waited:g} second{'' if waited == 1 else 's'}"
        # What hangs may be the credentials: fixed ones are to be used.
        found = _failure(f"{_subject(call)} did not respond within {seconds} in {call.where}.", TRY_LATER)
        return replace(found, is_about_access=attempts.count == 0)
    # What has no class of its own is about the answer, once a request has left.
    is_about_answer = type(error) is exceptions.HTTPClientError and attempts.effect is Effect.UNCONFIRMED
    if isinstance(error, ON_THE_WAY) and not is_about_answer:
        return _failure(*_on_the_way(error, call))
    if isinstance(error, BotoCoreError) and not is_about_answer:
        return replace(_failure(*_configured(error, call)), is_about_access=True)
    if attempts.is_before_request:
        # botocore keeps such credentials: without them the next call fetches others.
        return replace(_failure(*_unreadable_credentials(call)), is_about_access=True)
    service = "AWS STS" if call.service == "sts" else "Amazon Personalize"
    return _failure(
        f"The response of {service} in {call.where} could not be read.",
        f"Try again. If it keeps failing, check that the endpoint URL is one of {service}.",
    )


def _failure(sentence: str, advice: str) -> Failure:
    return Failure(Effect.UNCONFIRMED, sentence, advice)


def _configured(error: BotoCoreError, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for what is wrong with credentials, with the configuration or a request."""
    if isinstance(error, ConfigurationChangedError):
        return f"The AWS configuration of {call.where} was changed just now.", "Try again."
    if isinstance(error, NO_CREDENTIALS):
        return (
            f"No AWS credentials were found for {call.where}.",
            "Give the console's process credentials where boto3 looks for them: environment variables, "
            "a profile, or the role of its machine.",
        )
    if isinstance(error, exceptions.CredentialRetrievalError | exceptions.PartialCredentialsError):
        return (
            f"The AWS credentials of {call.where} could not be fetched: {error}",
            "Check the credential process or the role that the profile names.",
        )
    if isinstance(error, SIGN_IN_ERRORS):
        return (
            f"The AWS sign-in of {call.where} is missing or has expired.",
            "Sign in again with aws sso login or aws login, for the profile of this environment.",
        )
    if isinstance(error, ENDPOINT_ERRORS):
        return (
            f"No endpoint of Amazon Personalize is known for {call.where}, region {call.environment.region}.",
            "Check the region and the endpoint URL in the environments file.",
        )
    if isinstance(error, exceptions.ParamValidationError):
        return (
            f"The request {call.operation} breaks a rule of the API, so it was not sent.",
            "Check the name in the address.",
        )
    return (
        f"The AWS configuration of {call.where} cannot be used: {error}",
        "Fix the AWS configuration that the console's process reads, or the environments file.",
    )


def _unreadable_credentials(call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for a response that was to have credentials, on which botocore stumbles."""
    what = "the response of AWS STS to AssumeRole" if call.environment.role_arn else "what gives them"
    return (
        f"The AWS credentials of {call.where} could not be fetched: {what} could not be read.",
        "Try again. If it keeps failing, check the endpoint of AWS STS, and any proxy between the console and AWS.",
    )


def _on_the_way(error: Exception, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for what happened between the console and AWS."""
    place = f"{_address(error)} in {call.where}"
    cause = getattr(error, "kwargs", {}).get("error")
    if getattr(getattr(cause, "__cause__", None), "errno", None) in TOO_MANY_FILES:
        found = trouble(Kind.TOO_MANY_FILES)
        return found.sentence, found.advice
    if isinstance(cause, NameResolutionError):
        return f"No IP address was found for the host{place}.", CHECK_NETWORK
    if isinstance(error, exceptions.ConnectTimeoutError):
        return f"No connection was made in time{place}.", CHECK_NETWORK
    if isinstance(error, exceptions.ReadTimeoutError):
        return f"AWS did not respond in time{place}.", TRY_LATER
    if isinstance(error, exceptions.SSLError):
        advice = "Check the endpoint URL, its certificate, and the certificates that the console's machine trusts."
        if _is_about_certificate(cause):
            return f"The certificate is not trusted{place}.", advice
        return f"No secure connection could be made{place}.", advice
    if isinstance(error, exceptions.ConnectionClosedError):
        return f"The connection was closed before AWS responded{place}.", TRY_LATER
    return f"AWS could not be reached{place}.", CHECK_NETWORK


def _is_about_certificate(cause: object) -> bool:
    return isinstance(cause, Exception) and any(isinstance(each, ssl.CertificateError) for each in cause.args)


def _address(error: Exception) -> str:
    """Return the address that a request went to: it need not be that of Personalize, but of what gives credentials."""
    address = getattr(error, "kwargs", {}).get("endpoint_url")
    return f" at {address}" if address else ""


def _failure_of_answer(error: ClientError, call: Call, effect: Effect, attempts: int) -> Failure:
    """Return what an error that AWS answered means, from the effect and the number of all attempts of the call."""
    details = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    status: int = metadata.get("HTTPStatusCode", 0)
    code, message = str(details.get("Code", "")), str(details.get("Message", ""))
    is_own = error.operation_name == call.operation
    action = _own_action(call) if is_own else _other_action(error, call)
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
        request_id=_request_id(metadata),
        attempts=attempts,
        is_about_access=not is_own or code in EXPIRED | BAD_CREDENTIALS,
        denied_action=action.partition(" ")[0].rstrip(",") if code in DENIED else "",
    )


def _request_id(metadata: Mapping[str, Any]) -> str:
    """Return the id of the request that AWS gave an answer, "" where it gave none.

    botocore leaves the header where it is if the body is no error of the protocol.
    """
    return str(metadata.get("RequestId") or metadata.get("HTTPHeaders", {}).get("x-amzn-requestid", ""))


def _own_action(call: Call) -> str:
    """Return what a call does, and on what: a tracking id alone would not tell what it is the id of."""
    entity = entity_of_operation(call.operation)
    what = "the tracking ID " if entity and entity.is_event else ""
    return f"{call.action} on {what}{call.resource}"


def _other_action(error: ClientError, call: Call) -> str:
    """Return what failed before the call: taking the environment's role, or fetching credentials otherwise."""
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
            f"{_subject(call)} does not accept the credentials of {call.where}.",
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
        return f"{_subject(call)} refused {action}.", ADVICE_ON_RECORDS
    if code == "LimitExceededException" and call.environment.is_local:
        return f"{_subject(call)} refused {action}.", "Remove what is no longer needed."
    if code == "ResourceAlreadyExistsException" and call.operation == "CreateEventTracker":
        return f"{_subject(call)} refused {action}.", ADVICE_ON_SECOND_TRACKER
    return f"{_subject(call)} refused {action}.", ADVICE.get(code, READ_MESSAGE)


def _throttled(action: str, call: Call) -> tuple[str, str]:
    entity = entity_of_operation(action.partition(" ")[0].rpartition(":")[2])
    advice = "Wait a moment, and try again."
    if entity:
        advice += f" {entity.operation} may be called {entity.calls_per_second} times a second for each dataset group."
    return f"Too many requests: {call.service_name} throttled {action}.", advice


def _failed(status: int, action: str, call: Call) -> tuple[str, str]:
    happened = "had an internal error during" if status >= 500 else "timed out during"
    return f"{_subject(call)} {happened} {action}.", "Try again in a moment."


def _subject(call: Call) -> str:
    """Return who answers a call, as a sentence begins with it."""
    return call.service_name[0].upper() + call.service_name[1:]


def _not_of_aws(status: int, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for an answer without the code that each error of AWS has."""
    action = _own_action(call)
    if status == TOO_MANY_REQUESTS:
        return _throttled(action, call)
    if status >= 500 or status == REQUEST_TIMEOUT:
        return _failed(status, action, call)
    advice = "Check the endpoint URL of the environment, and any proxy between the console and AWS."
    if 300 <= status < 400:
        return f"The endpoint of {call.where} redirects the console to another address, which AWS never does.", advice
    return f"The endpoint of {call.where} refused {call.action} with a response that is not AWS's.", advice
