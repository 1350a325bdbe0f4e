"""Real boto3 clients with keys of their own: through the HTTP endpoint, but over no socket.

`without_network` makes one for the other endpoint.
"""

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

from console.local.http.endpoints import before_send
from tests.local import wsgi

ENDPOINT = "http://testserver/aws"
# Sessions may not make two clients at once.
_making = Lock()


@cache
def _session() -> boto3.Session:
    """Return one session for all clients: each session reads botocore's models anew."""
    return boto3.Session()


class _Body:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_options: Any) -> list[bytes]:
        return [self.content]


def send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
    """Send a request of botocore to the application, as a handler of botocore's event `before-send`."""
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    sent: dict[str, Any] = dict(request.headers.items())
    headers = {name: value.decode() if isinstance(value, bytes) else value for name, value in sent.items()}
    body = request.body or b""
    sent_body = body.encode() if isinstance(body, str) else bytes(body)  # type: ignore[arg-type]  # It is no file.
    answer = wsgi.request(request.method, path, sent_body, {"Host": parts.netloc, **headers})
    return AWSResponse(
        request.url, answer.status_code, HTTPHeaders.from_dict(dict(answer.headers)), _Body(answer.content)
    )


def client(service: str, access_key: str, secret: str, token: str | None = None, *, region: str = "us-east-1") -> Any:
    """Return a boto3 client of a service that uses the HTTP endpoint, with a pair of keys."""
    return _client(service, access_key, secret, token, send, region=region)


def unchecked(service: str, access_key: str, secret: str, body: bytes) -> Any:
    """Return a client whose requests have a body, which it signs, instead of what it would write itself."""

    def put_body(params: dict[str, Any], **_event: Any) -> None:
        params["body"] = body
        params["headers"].setdefault("Content-Type", "application/json")

    made = _client(service, access_key, secret, None, send, Config(parameter_validation=False))
    made.meta.events.register("before-call", put_body)
    return made


def without_network(service: str, access_key: str, secret: str) -> Any:
    """Return a boto3 client of a service that uses the transport without a network, with a pair of keys."""
    return _client(service, access_key, secret, None, before_send)


def _client(
    service: str,
    access_key: str,
    secret: str,
    token: str | None,
    endpoint: Callable[..., AWSResponse],
    config: Config | None = None,
    region: str = "us-east-1",
) -> Any:
    with _making:
        # The stubs know each service's name as a literal only.
        made = _session().client(  # type: ignore[call-overload]
            service,
            region,
            endpoint_url=ENDPOINT if endpoint is send else "http://local",
            aws_access_key_id=access_key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=config,
        )
    made.meta.events.register("before-send", endpoint)
    return made
