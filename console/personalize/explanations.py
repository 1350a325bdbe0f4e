"""Failures of a call to Personalize, as a person reads them: what happened, and what to do about it."""

import ssl
from dataclasses import replace

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from urllib3.exceptions import NameResolutionError

from console.config.user_information import without_user_information
from console.personalize.answers import failure_of_answer
from console.personalize.attempts import Attempts, GivenUp
from console.personalize.connections.connections import ConfigurationChangedError
from console.personalize.errors import Call, Effect, Failure

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
TRY_LATER = "Try again in a moment. If it stays so, check the network between the console and AWS."
CHECK_NETWORK = "Check the network between the console and AWS, and the environment's region and endpoint URL."


def failure_of(error: Exception, call: Call, attempts: Attempts) -> Failure:
    """Return what an exception of a boto3 call means, with what is known of the call's attempts."""
    if isinstance(error, GivenUp) and attempts.last_error:
        # The time was over before the next attempt: what the one before it ended with says more.
        error = attempts.last_error
    if isinstance(error, ClientError):
        return _shareable(failure_of_answer(error, call, attempts.effect, attempts.count))
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
    if isinstance(error, GivenUp):
        waited = settings.CONSOLE_AWS_SECONDS
        seconds = f"{waited:g} second{'' if waited == 1 else 's'}"
        # What hangs may be the credentials: mended ones are to be used.
        found = _failure(f"AWS did not answer within {seconds} in {call.where}.", TRY_LATER)
        return replace(found, is_about_access=attempts.count == 0)
    # What has no class of its own is about the answer, once a request has left.
    is_about_answer = type(error) is exceptions.HTTPClientError and attempts.effect is Effect.UNCONFIRMED
    if isinstance(error, ON_THE_WAY) and not is_about_answer:
        return _failure(*_on_the_way(error, call))
    if isinstance(error, BotoCoreError) and not is_about_answer:
        return replace(_failure(*_configured(error, call)), is_about_access=True)
    return _failure(
        f"The answer of Amazon Personalize in {call.where} could not be read.",
        "Try again. If it stays so, check that the endpoint URL is one of Amazon Personalize.",
    )


def _failure(sentence: str, advice: str) -> Failure:
    return Failure(Effect.UNCONFIRMED, sentence, advice)


def _configured(error: BotoCoreError, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for what is wrong with credentials, with the configuration or a request."""
    if isinstance(error, ConfigurationChangedError):
        return f"The configuration of AWS was changed just now for {call.where}.", "Try again."
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
            "Check the region and the endpoint URL in the file of environments.",
        )
    if isinstance(error, exceptions.ParamValidationError):
        return (
            f"The request {call.operation} breaks a rule of the API, so it was not sent.",
            "Check the name in the address.",
        )
    return (
        f"The AWS configuration of {call.where} cannot be used: {error}",
        "Mend the AWS configuration that the console's process reads, or the file of environments.",
    )


def _on_the_way(error: Exception, call: Call) -> tuple[str, str]:
    """Return the sentence and the advice for what happened between the console and AWS."""
    place = f"{_address(error)} in {call.where}"
    cause = getattr(error, "kwargs", {}).get("error")
    if isinstance(cause, NameResolutionError):
        return f"No address is known of the host{place}.", CHECK_NETWORK
    if isinstance(error, exceptions.ConnectTimeoutError):
        return f"No connection was made in time{place}.", CHECK_NETWORK
    if isinstance(error, exceptions.ReadTimeoutError):
        return f"AWS did not answer in time{place}.", TRY_LATER
    if isinstance(error, exceptions.SSLError):
        advice = "Check the endpoint URL, its certificate, and the certificates that the console's machine trusts."
        if _is_about_certificate(cause):
            return f"The certificate is not one to be trusted{place}.", advice
        return f"No secure connection could be made{place}.", advice
    if isinstance(error, exceptions.ConnectionClosedError):
        return f"The connection was closed before AWS answered{place}.", TRY_LATER
    return f"AWS could not be reached{place}.", CHECK_NETWORK


def _is_about_certificate(cause: object) -> bool:
    return isinstance(cause, Exception) and any(isinstance(each, ssl.CertificateError) for each in cause.args)


def _address(error: Exception) -> str:
    """Return the address that a request went to: it need not be that of Personalize, but of what gives credentials."""
    address = getattr(error, "kwargs", {}).get("endpoint_url")
    return f" at {address}" if address else ""
