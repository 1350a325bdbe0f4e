"""Requests to the controls without a socket."""

import io
import json
from typing import Any
from wsgiref.headers import Headers
from wsgiref.util import FileWrapper

from django.http import HttpResponse
from django.test import RequestFactory

from console.config.wsgi import application
from console.local.controls.application import with_controls
from console.local.controls.token import control_token
from tests.local import wsgi

JSON = "application/json"


def ask(
    method: str,
    path: str,
    body: bytes | dict[str, Any] = b"",
    *,
    content_type: str = JSON,
    headers: dict[str, str] | None = None,
    stream: Any = None,
) -> HttpResponse:
    """Ask a control with its token, and return the answer; `stream` stands for the body that the server has."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    known = {"Host": "testserver", "Authorization": f"Bearer {control_token()}", **(headers or {})}
    made = RequestFactory().generic(method, f"/aws/_local{path}", sent, content_type, headers=known)
    environ: dict[str, Any] = {
        **made.environ,
        "CONTENT_TYPE": content_type,
        "wsgi.file_wrapper": FileWrapper,
        "wsgi.input": stream or io.BytesIO(sent),
    }
    started: list[Any] = []
    with wsgi.connections_kept():
        answered: Any = with_controls(application)(environ, lambda *answer: started.append(answer))  # type: ignore[arg-type]  # write() is of no use here.
        content = b"".join(answered)
        # As PEP 3333 asks of servers.
        if hasattr(answered, "close"):
            answered.close()
    ((status, answered),) = started
    return HttpResponse(content, status=int(status.split()[0]), headers=dict(Headers(answered).items()))


def got(answer: HttpResponse) -> Any:
    """Return what a control has answered in JSON."""
    assert answer["Content-Type"] == JSON
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def refused(answer: HttpResponse) -> tuple[int, str]:
    """Return the status and the sentence of a refusal."""
    message: str = json.loads(answer.content)["message"]
    return answer.status_code, message
