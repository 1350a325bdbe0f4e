"""The two ways into the local service: HTTP for everybody, and no network at all for this process's own boto3."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.views.decorators.csrf import csrf_exempt

from console.local.errors import ServiceError
from console.local.signature import SignedRequest
from console.local.wire import answer, refuse


class _Body:
    """The body of an answer, as botocore reads it from a connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_options: Any) -> list[bytes]:
        return [self.content]


def before_send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
    """Answer a signed request of botocore in this process, as a handler of its `before-send` event."""
    parts = urlsplit(request.url)
    sent = {"host": parts.netloc} | {name.lower(): _text(value) for name, value in request.headers.items()}
    body = _bytes(request.body)
    found = answer(SignedRequest(request.method, request.url, sent, body), parts.path or "/")
    headers = HTTPHeaders.from_dict(dict(found.headers))
    return AWSResponse(request.url, found.status, headers, _Body(found.body))


@csrf_exempt
@login_not_required
def http(request: HttpRequest, path: str = "") -> HttpResponse:
    """Answer a request of any AWS client; `path` is what follows the door's prefix."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    url = iri_to_uri(request.build_absolute_uri())
    signed = SignedRequest(request.method or "", url, headers, b"")
    try:
        found = answer(replace(signed, body=request.body), path or "/")
    except RequestDataTooBig:
        message = f"The request is longer than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes."
        error = ServiceError("RequestEntityTooLargeException", message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        found = refuse(signed, path or "/", error)
    return HttpResponse(found.body, status=found.status, headers=dict(found.headers))


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else bytes(body)
