"""Failures of a call to Personalize, as a person reads them: what happened, and what to do about it."""

from dataclasses import dataclass
from enum import Enum

from botocore import exceptions
from botocore.exceptions import ClientError

from console.personalize.environments import Environment


class Effect(Enum):
    """What a failed call is known to have done."""

    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Call:
    """What was called: the operation, and the ARN or name of what it was about."""

    environment: Environment
    operation: str
    resource: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call. `sentence` and `advice` are the console's; `code` and `message` are those of AWS, if it spoke."""

    effect: Effect
    sentence: str
    advice: str
    code: str = ""
    message: str = ""
    http_status: int | None = None
    request_id: str = ""
    attempts: int = 0


class PersonalizeError(Exception):
    """A call to Personalize that failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code or failure.sentence)
        self.failure = failure

    @property
    def is_not_found(self) -> bool:
        """Whether Personalize said that the resource does not exist."""
        return self.failure.code == "ResourceNotFoundException"


EXPIRED = {"ExpiredToken", "ExpiredTokenException", "RequestExpired"}
DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
BAD_CREDENTIALS = {
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
THROTTLED = {
    "RequestLimitExceeded",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
# What the service's own errors ask for.
ADVICE = {
    "InvalidInputException": "Compare the records with the schema, and mend what the message names.",
    "ResourceNotFoundException": "Check that it still exists, and that the environment is the right one.",
    "ResourceInUseException": "It is being created, changed or deleted. Wait until it is Active, and try again.",
    "LimitExceededException": "Remove what is no longer needed, or ask AWS for a higher quota.",
}
CREDENTIALS_ERRORS = (
    exceptions.NoCredentialsError,
    exceptions.PartialCredentialsError,
    exceptions.CredentialRetrievalError,
    exceptions.MetadataRetrievalError,
)
SIGN_IN_ERRORS = (
    exceptions.SSOError,
    exceptions.TokenRetrievalError,
    exceptions.NoAuthTokenError,
)
CONFIGURATION_ERRORS = (
    exceptions.ProfileNotFound,
    exceptions.ConfigNotFound,
    exceptions.ConfigParseError,
    exceptions.InfiniteLoopConfigError,
    exceptions.InvalidConfigError,
)
ENDPOINT_ERRORS = (
    exceptions.NoRegionError,
    exceptions.InvalidRegionError,
    exceptions.UnknownEndpointError,
    exceptions.UnknownRegionError,
    exceptions.EndpointProviderError,
    exceptions.InvalidEndpointConfigurationError,
)
TIMEOUTS = (exceptions.ConnectTimeoutError, exceptions.ReadTimeoutError)


def failure_of(error: Exception, call: Call) -> Failure:
    """Return what an exception of boto3 means for the call that raised it."""
    if isinstance(error, ClientError):
        return _answered(error, call)
    where = f"the environment {call.environment.label}"
    if isinstance(error, CREDENTIALS_ERRORS):
        return Failure(
            Effect.NOT_SENT,
            f"No AWS credentials were found for {where}.",
            "Give the console's process credentials where boto3 looks for them: environment variables, "
            "a profile, or the role of its machine.",
        )
    if isinstance(error, SIGN_IN_ERRORS):
        return Failure(
            Effect.NOT_SENT,
            f"The AWS sign-in of {where} is missing or has expired.",
            "Sign in again with aws sso login, for the profile of this environment.",
        )
    if isinstance(error, CONFIGURATION_ERRORS):
        return Failure(
            Effect.NOT_SENT,
            f"The AWS configuration of {where} cannot be used: {error}",
            "Mend the profile in the AWS configuration files, or name another one in the file of environments.",
        )
    if isinstance(error, ENDPOINT_ERRORS):
        return Failure(
            Effect.NOT_SENT,
            f"No endpoint of Amazon Personalize is known for {where}, region {call.environment.region}.",
            "Check the region and the endpoint URL in the file of environments.",
        )
    return _unanswered(error, call)


def _unanswered(error: Exception, call: Call) -> Failure:
    where = f"the environment {call.environment.label}"
    if isinstance(error, TIMEOUTS):
        return Failure(
            Effect.UNCONFIRMED,
            f"Amazon Personalize did not answer in time in {where}.",
            "Try again in a moment. If it stays so, check the network between the console and AWS.",
        )
    if isinstance(error, exceptions.SSLError):
        return Failure(
            Effect.UNCONFIRMED,
            f"No secure connection could be made in {where}: the certificate was not accepted.",
            "Check the endpoint URL, and the certificates that the console's machine trusts.",
        )
    if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError):
        return Failure(
            Effect.UNCONFIRMED,
            f"Amazon Personalize could not be reached in {where}.",
            "Check the network between the console and AWS, and the environment's region and endpoint URL.",
        )
    return Failure(
        Effect.UNCONFIRMED,
        f"The answer of Amazon Personalize in {where} could not be read.",
        "Try again. If it stays so, check that the endpoint URL is one of Amazon Personalize.",
    )


def _answered(error: ClientError, call: Call) -> Failure:
    details = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    code, message = details.get("Code", ""), details.get("Message", "")
    status = metadata.get("HTTPStatusCode")
    sentence, advice = _in_words(code, message, status, _action(error, call), call)
    return Failure(
        effect=_effect(error, call, status),
        sentence=sentence,
        advice=advice,
        code=code,
        message=message,
        http_status=status,
        request_id=metadata.get("RequestId", ""),
        attempts=metadata.get("RetryAttempts", 0) + 1,
    )


def _action(error: ClientError, call: Call) -> str:
    """Return the IAM action that failed: the call's own, or the one of taking the environment's role."""
    if error.operation_name == call.operation:
        return f"personalize:{call.operation} on {call.resource}"
    return f"sts:{error.operation_name} on {call.environment.role_arn or 'the role'}"


def _effect(error: ClientError, call: Call, status: int | None) -> Effect:
    if error.operation_name != call.operation:
        return Effect.NOT_SENT
    return Effect.UNCONFIRMED if status is None or status >= 500 else Effect.REFUSED


def _in_words(code: str, message: str, status: int | None, action: str, call: Call) -> tuple[str, str]:
    where = f"the environment {call.environment.label}"
    if code in EXPIRED:
        return (
            f"The AWS credentials of {where} have expired.",
            "Renew them where the console's process gets them, and try again.",
        )
    if code in DENIED:
        return (
            f"Access denied: the credentials of {where} may not do {action}.",
            "Ask for an IAM policy that allows this action on this resource.",
        )
    if code in BAD_CREDENTIALS:
        if "expired" in message or "not yet current" in message:
            return "The clock of the console's machine is wrong, so AWS refused the request.", "Set the clock right."
        return (
            f"AWS does not accept the credentials of {where}.",
            "Check the access key and the secret that the console's process uses.",
        )
    if code in THROTTLED or status == 429:
        return (
            "Too many requests: Amazon Personalize takes 10 calls of PutUsers a second for each dataset group.",
            "Wait a moment, and try again.",
        )
    if status is not None and status >= 500:
        return "Amazon Personalize failed on its own side.", "Try again in a moment."
    advice = ADVICE.get(code, "Read the message of AWS, mend what it names, and try again.")
    return f"Amazon Personalize refused {action}.", advice
