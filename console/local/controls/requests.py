"""Requests to the controls: their checks, and sentences for what is wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.local.caller import is_account
from console.local.controls.bounds import LONGEST_BODY
from console.local.controls.token import has_token
from console.local.http.endpoints import check_host, received

JSON = "application/json"
# For a body that has a JSON object in each line, as the answers have it.
JSON_LINES = "application/jsonl"


class Refusal(Exception):
    """A refused request: the status of the response, a sentence, and additional headers."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers or {}


def invalid(sentence: str) -> Refusal:
    """Return a refusal for an invalid request."""
    return Refusal(HTTPStatus.BAD_REQUEST, sentence)


def check_sender(environ: Mapping[str, Any]) -> None:
    """Raise Refusal for requests from other sites' pages, and for those without the token."""
    host = environ.get("HTTP_HOST", "")
    check_host(host)
    if _is_foreign(environ.get("HTTP_ORIGIN"), host) or environ.get("HTTP_SEC_FETCH_SITE", "none") not in (
        "none",
        "same-origin",
    ):
        raise Refusal(HTTPStatus.FORBIDDEN, "The controls take no requests of pages of other sites.")
    if not has_token(environ):
        sentence = "The controls need the header Authorization: Bearer <token>, with the token of this local service."
        raise Refusal(HTTPStatus.UNAUTHORIZED, sentence, {"WWW-Authenticate": "Bearer"})


def _is_foreign(origin: str | None, host: str) -> bool:
    try:
        return origin is not None and urlsplit(origin).netloc != host
    except ValueError:
        return True


def check_content_type(environ: Mapping[str, Any], *types: str) -> None:
    """Raise Refusal unless a request has one of some content types, none of which an HTML form can send."""
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() not in types:
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The content type must be {' or '.join(types)}.")


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a request by name; `what` names the request in sentences."""

    what: str
    found: Mapping[str, Any]

    def one[Value](self, name: str, expected: str, is_valid: Callable[[Any], bool], default: Value) -> Value:
        """Return a member, or the default if it is null or missing; raise Refusal if its type is wrong."""
        value = self.found.get(name)
        if value is None:
            return default
        if not is_valid(value):
            raise invalid(f"{name} must be {expected}.")
        found: Value = value
        return found

    def account(self) -> str | None:
        """Return the account that a request is for, or None if it names none."""
        return self.one("account", "an account of 12 digits, as text", is_account, None)

    def required(self, name: str) -> str:
        """Return a member that is text; raise Refusal if it is missing."""
        value = self.one(name, "text", lambda found: isinstance(found, str) and "\0" not in found, "")
        if not value:
            raise invalid(f"{self.what} needs {name}.")
        return value


def members_of_body(environ: Any, *names: str) -> Members:
    """Return the members of a JSON object, which may have only these names; raise Refusal or ServiceError."""
    check_content_type(environ, JSON)
    try:
        found = json.loads(received(environ, LONGEST_BODY) or b"{}")
    except (ValueError, RecursionError) as error:
        raise invalid("The body is not JSON in UTF-8.") from error
    if not isinstance(found, dict):
        raise invalid("The body is not a JSON object.")
    return _known("The body", found, names)


def members_of_query(environ: Mapping[str, Any], *names: str) -> Members:
    """Return the parameters of a query, which may have only these names; raise Refusal."""
    found = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    return _known("The address", found, names)


def _known(what: str, found: Mapping[str, Any], names: tuple[str, ...]) -> Members:
    unknown = sorted(found.keys() - {*names})
    if unknown:
        known = f"it takes {', '.join(names)}" if names else "it takes nothing"
        raise invalid(f"{what} has {unknown[0][:100]}, which is unknown: {known}.")
    return Members(what, found)
