"""Personalize's clients of boto3, or of botocore alone where boto3 is not there: see lines.py."""

import re
from typing import Any, Dict  # noqa: UP035  # Python 3.8 has no types in square brackets.

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

from tests.clients.python.lines import Outcome, answer_lines

clients: Dict[Any, Any] = {}  # noqa: UP006
session = botocore.session.get_session()


def client_of(endpoint: str, service: str) -> Any:
    """Return a client, which is made once."""
    if (endpoint, service) not in clients:
        clients[endpoint, service] = session.create_client(service, endpoint_url=endpoint)
    return clients[endpoint, service]


def method_name(operation: str) -> str:
    """Return the name that Python's clients have for an operation."""
    return re.sub("(?<!^)(?=[A-Z])", "_", operation).lower()


def refused(client: Any, error: ClientError) -> Outcome:
    """Return the outcome of an error of the service; its class is known by its name among the client's exceptions."""
    code, metadata = error.response["Error"]["Code"], error.response["ResponseMetadata"]
    known = getattr(client.exceptions, code, None) if code in dir(client.exceptions) else None
    return {
        "error": code,
        "class": code if known is not None and isinstance(error, known) else None,
        "status": metadata["HTTPStatusCode"],
        "attempts": metadata["RetryAttempts"] + 1,
    }


def call(request: Dict[str, Any]) -> Outcome:  # noqa: UP006
    """Call an operation."""
    client = client_of(request["endpoint"], request["service"])
    method = getattr(client, method_name(request["operation"]), None)
    if method is None:
        return {"unknown": True}
    try:
        answer = method(**request["input"])
    except ClientError as error:
        return refused(client, error)
    except BotoCoreError as error:
        return {"error": type(error).__name__, "class": None, "status": None, "attempts": None}
    metadata = answer.pop("ResponseMetadata")
    return {"answer": answer, "attempts": metadata["RetryAttempts"] + 1}


if __name__ == "__main__":
    answer_lines(call)
