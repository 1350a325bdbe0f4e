"""The two endpoints of the local service: HTTP for all clients, and in-process calls for the console's own boto3."""

import time
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import request_started
from django.http.request import split_domain_port, validate_host

from console.local.errors import ServiceError, aborted, refused_body, too_large, unavailable
from console.local.http import keys
from console.local.http.addresses import one_slash_each, path_below
from console.local.http.signature import SignedRequest
from console.local.http.wire import LONGEST_BODY, Answer, answer, refuse
from console.local.simulation import ConnectionDropped
from console.storage.database_trouble import database_trouble

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The headers as they came, in the environment of a request, as pairs of bytes: WSGI's own names of headers know no
# difference between - and _, and the server gives them beside those.
RAW_HEADERS = "console.raw_headers"
# At this answer the server closes the connection before it has sent a byte. WSGI has no way to ask for that. hyper,
# the HTTP library of Granian, gives up a stream that states a length which is none. A body that is shorter than stated
# would not do: boto3 takes it for whole.
CUT_OFF = Answer(HTTPStatus.OK, {"Content-Length": "none"}, b"")


class _Body:
    """The body of an answer, as botocore reads it from a connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_options: Any) -> list[bytes]:
        return [self.content]


def before_send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
    """Answer a signed request of botocore in this process, as a handler of its `before-send` event.

    Its keys are those of `keys.find_in_process`, which says why the console's own key is always among them. Where a
    network would lose the answer, this raises what botocore raises then: ReadTimeoutError or ConnectionClosedError.
    """
    began = time.monotonic()
    patience = settings.CONSOLE_READ_SECONDS
    parts = urlsplit(request.url)
    sent = {"host": parts.netloc} | {name.lower(): _text(value) for name, value in request.headers.items()}
    body = _bytes(request.body)
    signed = SignedRequest(request.method, parts.path or "/", parts.query, sent, body)
    try:
        found = answer(signed, one_slash_each(signed.path), keys.find_in_process, longest_wait=patience)
    except ConnectionDropped as error:
        raise ConnectionClosedError(endpoint_url=request.url) from error
    if time.monotonic() - began >= patience:
        raise ReadTimeoutError(endpoint_url=request.url)
    headers = HTTPHeaders.from_dict(dict(found.headers))
    return AWSResponse(request.url, found.status, headers, _Body(found.body))


def http_endpoint(pages: "WSGIApplication") -> "WSGIApplication":
    """Return the WSGI application that answers requests below /aws, and passes all others to the pages.

    Django's own handling of requests would take as long again as the service does, and has nothing for AWS's clients:
    they have no session, no cookies and no forms, and a signature of their own.
    """

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = path_below(environ["PATH_INFO"])
        if path is None:
            return pages(environ, start_response)
        found = _http_answer(environ, path)
        start_response(f"{found.status} {HTTPStatus(found.status).phrase}", list(found.headers.items()))
        if found is CUT_OFF:
            return iter((b"",))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body]

    return application


def _http_answer(environ: "WSGIEnvironment", path: str) -> Answer:
    # Django gives up connections to the database that broke or are too old at this signal.
    request_started.send(sender=_http_answer, environ=environ)
    signed = _signed_request(environ)
    try:
        check_host(signed.headers.get("host", ""))
        return answer(replace(signed, body=received(environ)), path, keys.find)
    except ServiceError as error:
        return refuse(signed, path, error)
    except ConnectionDropped:
        return CUT_OFF


def check_host(host: str) -> None:
    """Raise ServiceError if the request's host is not allowed, as the pages do.

    The demo's keys are no secret: a page of another site could else sign requests, and have its own name stand for
    this machine.
    """
    domain, _port = split_domain_port(host)
    if not validate_host(domain, settings.ALLOWED_HOSTS):
        message = "The console does not accept the host name of this request: see CONSOLE_ALLOWED_HOSTS."
        raise ServiceError("AccessDeniedException", message, HTTPStatus.FORBIDDEN)


def _signed_request(environ: "WSGIEnvironment") -> SignedRequest:
    """Return a WSGI request without its body."""
    # WSGI has decoded the path. What clients have in it here is written in one way alone.
    path = quote(environ["PATH_INFO"], safe="/~", encoding="latin-1")
    headers = read_headers(environ)
    return SignedRequest(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), headers, b"")


def read_headers(environ: "WSGIEnvironment") -> dict[str, str]:
    """Return the headers of a WSGI request by lower-case name, for SignedRequest.

    Where the server does not give them as they came, a `_` in a name has become a `-`.
    """
    raw = environ.get(RAW_HEADERS)
    if raw is None:
        return {
            name.removeprefix("HTTP_").replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_") or (name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value)
        }
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip(" \t")
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    return headers


def received(environ: "WSGIEnvironment", most: int = LONGEST_BODY) -> bytes:
    """Return the body of a request, up to a limit in bytes; raise ServiceError if it is too large or incomplete.

    The server has received it, and refuses what is too long: see `bounds.py`. What another server hands on is bounded
    here.
    """
    stated = environ.get("CONTENT_LENGTH", "")
    length = int(stated) if stated.isascii() and stated.isdigit() else 0
    try:
        # One that states no length comes in chunks.
        body: bytes = environ["wsgi.input"].read(min(length, most + 1) if stated else most + 1)
    except OSError as error:
        raise aborted() from error
    except SuspiciousOperation as error:
        found = database_trouble(error.__cause__)
        if found:
            raise unavailable(f"{found.sentence} {found.advice}") from error
        raise refused_body(getattr(error, "status", HTTPStatus.REQUEST_ENTITY_TOO_LARGE), most) from error
    if max(length, len(body)) > most:
        raise too_large(most)
    if len(body) < length:
        raise aborted()
    return body


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else bytes(body)
