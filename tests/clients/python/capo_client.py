"""The clients of capo-personalize and capo-personalize-events: see lines.py.

Their members have names in Python's way, as their methods have.
"""

import os
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import capo_personalize
import capo_personalize.errors
import capo_personalize_events
import capo_personalize_events.errors

from tests.clients.python.lines import Outcome, answer_lines

CLASSES = {
    "personalize": (capo_personalize, capo_personalize.PersonalizeClient),
    "personalize-events": (capo_personalize_events, capo_personalize_events.PersonalizeEventsClient),
}
MOMENTS = {"sent_at", "timestamp"}
clients: dict[tuple[str, str], Any] = {}


def client_of(endpoint: str, service: str) -> Any:
    """Return a client, which is made once."""
    if (endpoint, service) not in clients:
        clients[endpoint, service] = CLASSES[service][1](endpoint=endpoint, region=os.environ["AWS_REGION"])
    return clients[endpoint, service]


def renamed(value: Any, rename: Callable[[str], str]) -> Any:
    """Return a value with other names of its members, and moments for their texts."""
    if isinstance(value, list):
        return [renamed(each, rename) for each in value]
    if not isinstance(value, dict):
        return value
    members = {rename(name): renamed(each, rename) for name, each in value.items()}
    return {name: datetime.fromisoformat(each) if name in MOMENTS else each for name, each in members.items()}


def in_python(name: str) -> str:
    """Return a name in Python's way."""
    return re.sub("(?<!^)(?=[A-Z])", "_", name).lower()


def in_model(name: str) -> str:
    """Return the name that AWS's model has for a member."""
    return re.sub("_(.)", lambda match: match[1].upper(), name)


def call(request: dict[str, Any]) -> Outcome:
    """Call an operation."""
    service = request["service"]
    errors = CLASSES[service][0].errors
    method = getattr(client_of(request["endpoint"], service), in_python(request["operation"]), None)
    if method is None:
        return {"unknown": True}
    try:
        return {"answer": renamed(method(**renamed(request["input"], in_python)) or {}, in_model), "attempts": None}
    except errors.ServiceError as error:
        modelled = not isinstance(error, errors.UnknownServiceError)
        code = error.code or type(error).__name__
        named = type(error).__name__ if modelled else None
        return {"error": code, "class": named, "status": error.response.status, "attempts": None}
    except Exception as error:
        # What the transport raises has no class in common.
        return {"error": f"{type(error).__name__}: {error}", "class": None, "status": None, "attempts": None}


if __name__ == "__main__":
    answer_lines(call)
