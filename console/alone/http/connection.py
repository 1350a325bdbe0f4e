"""A client's connection: its requests are read, answered and written one after another by the thread that has it."""

import logging
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from console.alone.http.answering import CutOff, Service, head
from console.alone.http.reading import Reader, Request, Unreadable
from console.alone.http.receiving import Receiving
from console.server.http.answers import close
from console.server.http.environ import environ_of

log = logging.getLogger(__name__)

# For a head, for each part of a body to arrive, and of an answer to be taken. An idle connection lasts as long.
SECONDS = 30
SECONDS_TO_DRAIN = 2.0
PIECE = 64 * 1024
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class Connection:
    """A connection, and what it does: `is_idle` between two requests, `is_answering` while one is answered."""

    def __init__(self, service: Service, connected: socket.socket, is_ending: Callable[[], bool]) -> None:
        self._service = service
        self._socket = connected
        self._is_ending = is_ending
        self._reader = Reader()
        self.is_idle, self.is_answering = True, False

    def run(self) -> None:
        """Serve the connection to its end; raise nothing."""
        try:
            _set_up(self._socket)
            ends = {"server": self._socket.getsockname(), "client": self._socket.getpeername()}
            while self._serve_one(ends):
                self.is_idle = not self._reader.requests
        except (OSError, CutOff):
            # The client is gone, stalls, or is to get no answer.
            log.debug("A connection has ended early.")
        except Unreadable as error:
            with suppress(OSError):
                self._refuse(error.status)
        except Exception as error:
            # Whoever was promised more of an answer is not to take what was sent for all.
            log.error("A connection ended early, with %s.", type(error).__name__)
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Let an idle connection end; one with a request that has begun ends after its answer."""
        if self.is_idle:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RD)

    def _serve_one(self, ends: dict[str, Any]) -> bool:
        """Answer a request, and return whether another may follow."""
        request = self._next()
        if request is None:
            return False
        path, _mark, query = request.target.partition(b"?")
        asked = {"method": request.method, "raw_path": path, "query_string": query, "headers": request.headers}
        environ = environ_of({**asked, **ends, "http_version": request.version, "scheme": "http"})
        body = Receiving(request, environ, self._service, self._more, self._tell_to_go_on).body()
        self._reader.requests.popleft()
        environ["CONTENT_LENGTH"], environ["wsgi.input"] = str(body.length), body.file
        self.is_answering = True
        try:
            may_follow = self._service.answer(
                environ,
                body.length,
                self._socket,
                lambda: request.keeps_alive and not body.must_close and not self._is_ending(),
            )
            if body.must_close:
                self._drain()
            return may_follow
        finally:
            self.is_answering = False
            close(body.file)

    def _next(self) -> Request | None:
        """Return the next request, whose head is here, or None where none comes."""
        began = time.monotonic()
        while not self._reader.requests:
            try:
                if not self._more() or time.monotonic() > began + SECONDS:
                    return None
            except TimeoutError:
                return None
        return self._reader.requests[0]

    def _more(self) -> bool:
        """Wait for more of what the client sends; return False at its end. Raise TimeoutError or Unreadable."""
        try:
            data = self._socket.recv(PIECE)
        except BlockingIOError as error:
            raise TimeoutError from error
        self.is_idle = False
        self._reader.feed(data)
        return bool(data)

    def _tell_to_go_on(self) -> None:
        self._socket.sendall(GO_ON)

    def _refuse(self, status: int) -> None:
        line = f"{status} {HTTPStatus(status).phrase}"
        sentence = f"{HTTPStatus(status).phrase}.\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(sentence)))]
        self._socket.sendall(head(line, [*headers, ("Connection", "close")]) + sentence)
        self._drain()

    def _drain(self) -> None:
        """Read what the client still sends for a moment: a connection closed before that throws its answer away."""
        self._socket.shutdown(socket.SHUT_WR)
        self._socket.settimeout(SECONDS_TO_DRAIN)
        until = time.monotonic() + SECONDS_TO_DRAIN
        while self._socket.recv(PIECE) and time.monotonic() < until:
            pass


def _set_up(connected: socket.socket) -> None:
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Python's own timeout would ask the system once more before each part.
    seconds = struct.pack("ll", SECONDS, 0)
    for which in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        connected.setsockopt(socket.SOL_SOCKET, which, seconds)
