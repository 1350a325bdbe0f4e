"""Personalize's clients of botocore, which boto3's clients are: see lines.py."""

import re
from typing import Any, Dict  # noqa: UP035  # Python 3.8 has no types in square brackets.

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.clients.python.lines import Outcome, answer_lines

clients: Dict[Any, Any] = {}  # noqa: UP006


def client_of(endpoint: str, service: str) -> Any:
    """Return a client, which is made once."""
    if (endpoint, service) not in clients:
        clients[endpoint, service] = boto3.session.Session().client(service, endpoint_url=endpoint)  # type: ignore[call-overload]  # The name is a variable.
    return clients[endpoint, service]


def method_name(operation: str) -> str:
    """Return the name that Python's clients have for an operation, or for a member."""
    return re.sub("(?<!^)(?=[A-Z])", "_", operation).lower()


def answered(answer: Dict[str, Any]) -> Outcome:  # noqa: UP006
    """Return the outcome of an answer."""
    metadata = answer.pop("ResponseMetadata")
    return {"answer": answer, "attempts": metadata["RetryAttempts"] + 1}


def refused(client: Any, error: ClientError) -> Outcome:
    """Return the outcome of an error of the service, whose class the client knows by its name."""
    code, metadata = error.response["Error"]["Code"], error.response["ResponseMetadata"]
    known = getattr(client.exceptions, code) if code in dir(client.exceptions) else None
    return {
        "error": code,
        "class": code if known is not None and isinstance(error, known) else None,
        "status": metadata["HTTPStatusCode"],
        "attempts": metadata["RetryAttempts"] + 1,
    }


def failed(error: BotoCoreError) -> Outcome:
    """Return the outcome of a call that got no answer, or was not sent."""
    return {"error": type(error).__name__, "class": None, "status": None, "attempts": None}


def call(request: Dict[str, Any]) -> Outcome:  # noqa: UP006
    """Call an operation."""
    client = client_of(request["endpoint"], request["service"])
    method = getattr(client, method_name(request["operation"]), None)
    if method is None:
        return {"unknown": True}
    try:
        return answered(method(**request["input"]))
    except ClientError as error:
        return refused(client, error)
    except BotoCoreError as error:
        return failed(error)


if __name__ == "__main__":
    answer_lines(call)
