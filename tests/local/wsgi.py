"""Requests to the HTTP endpoint without a socket, through the application that the server runs."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.headers import Headers

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory

from console.config.wsgi import application


@contextmanager
def connections_kept() -> Iterator[None]:
    """Keep the connection to the database, as Django's test client does: the test's transaction is on it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def request(
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
    stream: io.BytesIO | None = None,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Send a request to the application, and return its answer; what is read of `stream` stands for the body.

    `more` is what the server has in the environment of the request beside WSGI's own.
    """
    made = RequestFactory().generic(method, path, body, headers.get("Content-Type", ""), headers=headers)
    environ: dict[str, Any] = {**made.environ, "wsgi.input": stream or io.BytesIO(body), **(more or {})}
    started: list[Any] = []
    with connections_kept():
        content = b"".join(application(environ, lambda *answer: started.append(answer)))  # type: ignore[arg-type]  # write() is of no use here.
    ((status, answered),) = started
    return HttpResponse(content, status=int(status.split()[0]), headers=dict(Headers(answered).items()))
