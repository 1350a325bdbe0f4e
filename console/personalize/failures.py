"""Failures of a call to Personalize, as a person reads them: what happened, and what to do about it."""

from dataclasses import dataclass
from enum import Enum

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from console.personalize.environments import Environment


class Effect(Enum):
    """What a failed call is known to have done."""

    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Call:
    """What was called: the operation, the ARN or name of what it was about, and the service, as IAM calls it."""

    environment: Environment
    operation: str
    resource: str
    service: str = "personalize"

    @property
    def action(self) -> str:
        """The call as IAM's policies name it."""
        return f"{self.service}:{self.operation}"

    @property
    def where(self) -> str:
        """The environment, as a sentence names it."""
        return f"the environment {self.environment.label}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call. `sentence` and `advice` are the console's; `code` and `message` are those of AWS, if it spoke.

    `is_about_access` says that credentials or configuration failed, not the request. `denied_action` is the action of
    IAM that the credentials lack, if that is the matter.
    """

    effect: Effect
    sentence: str
    advice: str
    code: str = ""
    message: str = ""
    http_status: int | None = None
    request_id: str = ""
    attempts: int = 0
    is_about_access: bool = False
    denied_action: str = ""


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
    "InvalidInputException": "Mend what the message names, and try again.",
    "ResourceAlreadyExistsException": "Choose another name, or use what there is.",
    "ResourceNotFoundException": "Check that it still exists, and that the environment is the right one.",
    "ResourceInUseException": "It is being created, changed or deleted. Wait until it is Active, and try again.",
    "LimitExceededException": "Remove what is no longer needed, or ask AWS for a higher quota.",
}
ADVICE_ON_RECORDS = "Compare the records with the schema, and mend what the message names."
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
TIMEOUTS = (exceptions.ConnectTimeoutError, exceptions.ReadTimeoutError)
# What can happen once a request is on its way: nothing is known of what became of it.
ON_THE_WAY = (exceptions.HTTPClientError, exceptions.ConnectionError)


def failure_of(error: Exception, call: Call) -> Failure:
    """Return what an exception of a boto3 call means."""
    if isinstance(error, ClientError):
        return _answered(error, call)
    if isinstance(error, ON_THE_WAY):
        return _lost(error, call)
    if isinstance(error, BotoCoreError):
        return _not_sent(error, call)
    return Failure(
        Effect.UNCONFIRMED,
        f"The answer of Amazon Personalize in {call.where} could not be read.",
        "Try again. If it stays so, check that the endpoint URL is one of Amazon Personalize.",
    )


def _not_sent(error: BotoCoreError, call: Call) -> Failure:
    sentence = f"The AWS configuration of {call.where} cannot be used: {error}"
    advice = "Mend the AWS configuration that the console's process reads, or the file of environments."
    if isinstance(error, NO_CREDENTIALS):
        sentence = f"No AWS credentials were found for {call.where}."
        advice = (
            "Give the console's process credentials where boto3 looks for them: environment variables, "
            "a profile, or the role of its machine."
        )
    elif isinstance(error, exceptions.CredentialRetrievalError | exceptions.PartialCredentialsError):
        sentence = f"The AWS credentials of {call.where} could not be fetched: {error}"
        advice = "Check the credential process or the role that the profile names."
    elif isinstance(error, SIGN_IN_ERRORS):
        sentence = f"The AWS sign-in of {call.where} is missing or has expired."
        advice = "Sign in again with aws sso login or aws login, for the profile of this environment."
    elif isinstance(error, ENDPOINT_ERRORS):
        sentence = f"No endpoint of Amazon Personalize is known for {call.where}, region {call.environment.region}."
        advice = "Check the region and the endpoint URL in the file of environments."
    elif isinstance(error, exceptions.ParamValidationError):
        sentence = f"The request {call.operation} breaks a rule of the API, so it was not sent."
        advice = "Check the name in the address."
    return Failure(Effect.NOT_SENT, sentence, advice, is_about_access=True)


def _lost(error: Exception, call: Call) -> Failure:
    if isinstance(error, TIMEOUTS):
        return Failure(
            Effect.UNCONFIRMED,
            f"AWS did not answer in time{_address(error)} in {call.where}.",
            "Try again in a moment. If it stays so, check the network between the console and AWS.",
        )
    if isinstance(error, exceptions.SSLError):
        return Failure(
            Effect.UNCONFIRMED,
            f"No secure connection could be made in {call.where}.",
            "Check the endpoint URL, its certificate, and the certificates that the console's machine trusts.",
        )
    if isinstance(error, exceptions.ConnectionClosedError):
        return Failure(
            Effect.UNCONFIRMED,
            f"The connection was closed before AWS answered{_address(error)} in {call.where}.",
            "Try again in a moment. If it stays so, check the network between the console and AWS.",
        )
    return Failure(
        Effect.UNCONFIRMED,
        f"AWS could not be reached{_address(error)} in {call.where}.",
        "Check the network between the console and AWS, and the environment's region and endpoint URL.",
    )


def _address(error: Exception) -> str:
    """Return the address that a request went to: it need not be that of Personalize, but of what gives credentials."""
    address = getattr(error, "kwargs", {}).get("endpoint_url")
    return f" at {address}" if address else ""


def _answered(error: ClientError, call: Call) -> Failure:
    details = error.response.get("Error", {})
    metadata = error.response.get("ResponseMetadata", {})
    code, message = str(details.get("Code", "")), str(details.get("Message", ""))
    status = metadata.get("HTTPStatusCode")
    attempts = metadata.get("RetryAttempts", 0) + 1
    is_own = error.operation_name == call.operation
    action = f"{call.action} on {call.resource}" if is_own else _other_action(error, call)
    sentence, advice = _in_words(code, message, status, action, call)
    effect = _effect(status, attempts, is_throttled=code in THROTTLED or status == 429)
    return Failure(
        effect=effect if is_own else Effect.NOT_SENT,
        sentence=sentence,
        advice=advice,
        code=code,
        message=message,
        http_status=status,
        request_id=metadata.get("RequestId", ""),
        attempts=attempts if is_own else 0,
        is_about_access=not is_own or code in EXPIRED | BAD_CREDENTIALS,
        denied_action=action.partition(" ")[0].rstrip(",") if code in DENIED else "",
    )


def _other_action(error: ClientError, call: Call) -> str:
    """Return what failed before the call: taking the environment's role, or fetching credentials otherwise."""
    if error.operation_name == "AssumeRole" and call.environment.role_arn:
        return f"sts:AssumeRole on {call.environment.role_arn}"
    return f"{error.operation_name}, which fetches the credentials"


def _effect(status: int | None, attempts: int, *, is_throttled: bool) -> Effect:
    """Return what an answer says of the request: a refusal after a retry may follow an attempt that arrived."""
    if status is None or status >= 500 or (attempts > 1 and not is_throttled):
        return Effect.UNCONFIRMED
    return Effect.REFUSED


def _in_words(code: str, message: str, status: int | None, action: str, call: Call) -> tuple[str, str]:
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
        if "expired" in message or "not yet current" in message:
            return "The clock of the console's machine is wrong, so AWS refused the request.", "Set the clock right."
        return (
            f"AWS does not accept the credentials of {call.where}.",
            "Check the access key and the secret that the console's process uses.",
        )
    if code in THROTTLED or status == 429:
        limit = " PutUsers may be called 10 times a second for each dataset group." if "PutUsers" in action else ""
        return f"Too many requests: AWS throttled {action}.", f"Wait a moment, and try again.{limit}"
    if status is not None and status >= 500:
        return f"AWS failed on its own side with {action}.", "Try again in a moment."
    if code == "InvalidInputException" and call.operation == "PutUsers":
        return f"AWS refused {action}.", ADVICE_ON_RECORDS
    return f"AWS refused {action}.", ADVICE.get(code, "Read the message of AWS, mend what it names, and try again.")
