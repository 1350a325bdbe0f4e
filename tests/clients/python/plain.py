"""Plain HTTP for signers: the requests of AWS's protocols, written by hand, and what their answers say.

Personalize speaks AWS JSON 1.1, and Personalize Events has a path for each operation.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tests.clients.python.lines import Outcome, answer_lines

SIGNED_AS = "personalize"
PATHS = {
    "PutUsers": "/users",
    "PutItems": "/items",
    "PutActions": "/actions",
    "PutEvents": "/events",
    "PutActionInteractions": "/action-interactions",
}
MOMENTS = {"sentAt", "timestamp"}

# Sends a signed POST to a URL with headers and a body, and returns the status, the headers and the text of the answer.
# The status is None if it is an error's and not known. It raises OSError where there is no answer.
type Send = Callable[[str, dict[str, str], bytes], tuple[int | None, Mapping[str, str], str]]


def answer_with(send: Send) -> None:
    """Answer lines of requests by what sends them."""
    answer_lines(lambda request: _call(send, request))


def _call(send: Send, request: dict[str, Any]) -> Outcome:
    operation = request["operation"]
    headers = {"Content-Type": "application/json"}
    if operation not in PATHS:
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AmazonPersonalize.{operation}"}
    body = json.dumps(_in_seconds(request["input"])).encode()
    try:
        status, answered, text = send(request["endpoint"] + PATHS.get(operation, ""), headers, body)
    except OSError as error:
        return {"error": str(error), "class": None, "status": None, "attempts": 1}
    if status == 200:
        return {"answer": json.loads(text or "{}"), "attempts": 1}
    code = {name.lower(): value for name, value in answered.items()}["x-amzn-errortype"].partition(":")[0]
    return {"error": code, "class": None, "status": status, "attempts": 1}


def _in_seconds(value: Any) -> Any:
    """Return a value with its moments, which are texts, as seconds since 1970."""
    if isinstance(value, list):
        return [_in_seconds(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: datetime.fromisoformat(each).timestamp() if name in MOMENTS else _in_seconds(each)
        for name, each in value.items()
    }
