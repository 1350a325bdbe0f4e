"""The two ways into the local service: HTTP for everybody, and no network at all for this process's own boto3."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri

from console.local import keys
from console.local.errors import ServiceError, aborted, too_large
from console.local.signature import SignedRequest
from console.local.wire import LONGEST_BODY, answer, refuse

# A client may read the answer only when it has sent everything, so that what is not too much is let in, and dropped.
MOST_TO_DROP = 64 * LONGEST_BODY
PIECE = 1024 * 1024
PREFIX = "/aws"


class _Body:
    """The body of an answer, as botocore reads it from a connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_options: Any) -> list[bytes]:
        return [self.content]


def before_send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
    """Answer a signed request of botocore in this process, as a handler of its `before-send` event.

    Its keys are those of `keys.find_in_process`, which says why the console's own key is always among them.
    """
    parts = urlsplit(request.url)
    sent = {"host": parts.netloc} | {name.lower(): _text(value) for name, value in request.headers.items()}
    body = _bytes(request.body)
    found = answer(SignedRequest(request.method, request.url, sent, body), parts.path or "/", keys.find_in_process)
    headers = HTTPHeaders.from_dict(dict(found.headers))
    return AWSResponse(request.url, found.status, headers, _Body(found.body))


def http_door(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the middleware that answers requests below /aws, and lets all others go on to the pages.

    It is the first one: AWS's clients have no session, no forms and no pages, and a signature of their own.
    """

    def answer_or_go_on(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(PREFIX):
            path = request.path_info.removeprefix(PREFIX)
            if not path or path.startswith("/"):
                return http(request, path)
        return get_response(request)

    return answer_or_go_on


def http(request: HttpRequest, path: str) -> HttpResponse:
    """Answer a request of any AWS client; `path` is what follows the door's prefix."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = iri_to_uri(request.build_absolute_uri())
    signed = SignedRequest(request.method or "", url, headers, b"")
    try:
        found = answer(replace(signed, body=_received(request)), path or "/", keys.find)
    except ServiceError as error:
        found = refuse(signed, path or "/", error)
    return HttpResponse(found.body, status=found.status, headers=dict(found.headers))


def _received(request: HttpRequest) -> bytes:
    """Return the body of a request; raise ServiceError if it is too long, or ended early.

    The limit is the door's own: pages of the console take longer ones.
    """
    stated = request.headers.get("Content-Length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() else 0
    try:
        if length > LONGEST_BODY:
            while length <= MOST_TO_DROP and request.read(PIECE):
                pass
            raise too_large(LONGEST_BODY)
        body = request.read()
    except UnreadablePostError as error:
        raise aborted() from error
    if len(body) < length:
        raise aborted()
    return body


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else bytes(body)
