"""What kept a call from an answer of AWS: the configuration, the credentials, the way there, or the time."""

import ssl
from dataclasses import replace

from botocore import exceptions
from botocore.exceptions import BotoCoreError
from django.conf import settings
from urllib3.exceptions import NameResolutionError

from console.personalize.attempts import Attempts, GivenUp, NoThread, NoTimeLeft
from console.personalize.connections.configuration import ConfigurationChangedError
from console.personalize.errors import Call, Effect, Failure
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
# Errors of the network between here and AWS.
ON_THE_WAY = (exceptions.HTTPClientError, exceptions.ConnectionError)
TRY_AGAIN = "Try again in a moment."
TRY_LATER = f"{TRY_AGAIN} If it keeps failing, check the network between the console and AWS."
CHECK_NETWORK = "Check the network between the console and AWS, and the environment's region and endpoint URL."
NO_TIME_LEFT = "This call was not made: the calls before it used up the time that a page waits for {}."
NO_THREAD = "This call was not made: the console's machine has no thread left for it."


def failure_without_answer(error: Exception, call: Call, attempts: Attempts) -> Failure:
    """Return what an exception of a call that has no answer of AWS means; its effect is not known here."""
    if isinstance(error, NoTimeLeft) and call.writes:
        return _failure(NO_TIME_LEFT.format(call.service_name), "Try again.")
    if isinstance(error, NoThread):
        return _failure(NO_THREAD, TRY_AGAIN)
    if isinstance(error, GivenUp):
        waited = settings.CONSOLE_AWS_SECONDS
        seconds = f"{waited:g} second{'' if waited == 1 else 's'}"
        # The credentials provider may be what hangs, so fixed credentials are recommended.
        advice = TRY_AGAIN if call.environment.is_local else TRY_LATER
        found = _failure(f"{call.subject} did not respond within {seconds} in {call.where}.", advice)
        return replace(found, is_about_access=attempts.count == 0)
    # Without a class of its own, an error after the request has left is about the response.
    is_about_answer = type(error) is exceptions.HTTPClientError and attempts.effect is Effect.UNCONFIRMED
    if isinstance(error, ON_THE_WAY) and not is_about_answer:
        if call.environment.is_local:
            return _failure(_without_network(error, call), TRY_AGAIN)
        return _failure(*_on_the_way(error, call))
    if isinstance(error, exceptions.ParamValidationError):
        return replace(_failure(*_invalid(call)), is_about_input=True)
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
    """Return the sentence and the advice for what is wrong with credentials or with the configuration."""
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
    return (
        f"The AWS configuration of {call.where} cannot be used: {error}",
        "Fix the AWS configuration that the console's process reads, or the environments file.",
    )


def _invalid(call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for a request that boto3 refuses; its own words repeat what was entered."""
    return (
        f"The request {call.operation} breaks a rule of the API, so it was not sent.",
        "Check what you entered, and the names in the address.",
    )


def _unreadable_credentials(call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for a response that was to have credentials, on which botocore stumbles."""
    what = "the response of AWS STS to AssumeRole" if call.environment.role_arn else "what gives them"
    return (
        f"The AWS credentials of {call.where} could not be fetched: {what} could not be read.",
        "Try again. If it keeps failing, check the endpoint of AWS STS, and any proxy between the console and AWS.",
    )


def _without_network(error: Exception, call: Call) -> str:
    """Return the sentence for a call of the local service, which has no address: no network is on the way to it."""
    if isinstance(error, exceptions.ReadTimeoutError):
        return f"{call.subject} did not respond in time in {call.where}."
    return f"The connection was closed before {call.service_name} responded in {call.where}."


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
