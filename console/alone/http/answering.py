"""Answers of a WSGI application, made and sent by the thread of a connection."""

import logging
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from threading import Lock, Semaphore
from typing import TYPE_CHECKING, Any

from console.alone.http.receiving import Bounds
from console.alone.http.turns import Turns
from console.server.http.answers import MOST_MADE_AT_ONCE, OTHER_EXPORTS, PIECE, SECONDS_FOR_A_TURN, close
from console.server.http.bodies import SMALL
from console.server.http.environ import FileBody

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

DEFECT = b"Internal server error\n"
TEXT = ("Content-Type", "text/plain; charset=utf-8")
# Answers with these statuses have no body, and state no length: RFC 9110, section 8.6.
WITHOUT_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
# With this length an application asks for the connection to be closed, before a byte is sent.
NO_LENGTH = ("Content-Length", "none")

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]


class CutOff(Exception):
    """The connection is to be closed, and nothing sent."""


@dataclass(slots=True)
class _Started:
    """An answer of the application: its body is bytes, a file, or what makes it piece by piece."""

    status: str = ""
    headers: Headers = field(default_factory=list)
    body: "bytes | FileBody | Iterable[bytes]" = b""

    def start(self, status: str, headers: Headers, _exc_info: Any = None) -> Any:
        """Take the status and the headers, as PEP 3333 has it."""
        self.status, self.headers = status, headers


@dataclass(frozen=True, slots=True)
class Service:
    """Answers requests with what an application makes of them; long bodies are kept in the directory."""

    application: "WSGIApplication"
    bounds: Bounds
    directory: Path
    turns: Turns
    # Long bodies are worked at one at a time: that may take many times their length in memory.
    _long: Lock = field(default_factory=Lock)
    _making: Semaphore = field(default_factory=lambda: Semaphore(MOST_MADE_AT_ONCE))

    def answer(self, environ: Environ, length: int, client: socket.socket, may_go_on: Callable[[], bool]) -> bool:
        """Answer a request with a body of a length, and return whether its connection goes on, as it may.

        Raise CutOff, OSError where the client is gone or takes nothing, and what comes up while an answer is made that
        was begun to be sent.
        """
        sending = _Sending(environ, client, may_go_on)
        if length <= SMALL:
            answer = self.turns.run(self._made, environ, sending)
        else:
            with self._long:
                answer = self.turns.run(self._made, environ, sending)
        if answer is not None:
            sending.send(answer)
        return sending.goes_on

    def _made(self, environ: Environ, sending: "_Sending") -> _Started | None:
        """Return the answer to send; None if it was made while it was sent, which takes the database too."""
        answer = self._of_application(environ)
        if isinstance(answer.body, bytes | FileBody):
            return answer
        if not self._making.acquire(timeout=SECONDS_FOR_A_TURN):
            close(answer.body)
            headers = [TEXT, ("Cache-Control", "no-store"), ("Retry-After", "30")]
            return _Started("503 Service Unavailable", headers, OTHER_EXPORTS)
        try:
            sending.send(answer)
        finally:
            self._making.release()
        return None

    def _of_application(self, environ: Environ) -> _Started:
        """Return the application's answer; a defect of it is logged without its text, and answered."""
        answer = _Started()
        try:
            body: Any = self.application(environ, answer.start)
        except Exception as error:
            log.error("A request failed with %s and got no response.", type(error).__name__)
            return _Started("500 Internal Server Error", [TEXT], DEFECT)
        if NO_LENGTH in answer.headers:
            close(body)
            raise CutOff
        answer.body = b"".join(body) if isinstance(body, list) else body
        return answer


@dataclass(slots=True)
class _Sending:
    """Sends the answer to a request."""

    environ: Environ
    client: socket.socket
    may_go_on: Callable[[], bool]
    goes_on: bool = False

    def send(self, answer: _Started) -> None:
        """Send all of an answer, and let go of its body."""
        body, self.goes_on = answer.body, self.may_go_on()
        try:
            if isinstance(body, bytes):
                if int(answer.status[:3]) not in WITHOUT_BODY and not _states_length(answer):
                    answer.headers.append(("Content-Length", str(len(body))))
                self.client.sendall(self._head(answer) + body)
            else:
                self._send_pieces(answer, _read(body) if isinstance(body, FileBody) else body)
        finally:
            close(body)

    def _send_pieces(self, answer: _Started, pieces: Iterable[bytes]) -> None:
        is_chunked = not _states_length(answer) and self.environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        if is_chunked:
            answer.headers.append(("Transfer-Encoding", "chunked"))
        elif not _states_length(answer):
            # Its end is that of the connection.
            self.goes_on = False
        self.client.sendall(self._head(answer))
        for piece in pieces:
            if piece:
                self.client.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if is_chunked else piece)
        if is_chunked:
            self.client.sendall(b"0\r\n\r\n")

    def _head(self, answer: _Started) -> bytes:
        if not self.goes_on:
            answer.headers.append(("Connection", "close"))
        elif self.environ["SERVER_PROTOCOL"] != "HTTP/1.1":
            answer.headers.append(("Connection", "keep-alive"))
        return head(answer.status, answer.headers)


def head(status: str, headers: Headers) -> bytes:
    """Return the head of an answer with a status and its phrase, and the date."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), _date(int(time.time())), "\r\n"]
    return "\r\n".join(lines).encode("latin-1")


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return f"Date: {formatdate(second, usegmt=True)}"


def _states_length(answer: _Started) -> bool:
    return any(name.lower() == "content-length" for name, _value in answer.headers)


def _read(file: FileBody) -> Iterable[bytes]:
    while piece := file.file.read(PIECE):
        yield piece
