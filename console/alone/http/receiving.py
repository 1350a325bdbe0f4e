"""Bodies of requests, received by the thread of their connection: within a bound, in time, and in little memory.

What is said of a body that is too long, late or cut off is what `console/server/http/bodies.py` says.
"""

import io
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, Protocol

from console.alone.http.reading import Request
from console.server.http.bodies import LEAST_RATE, MOST_TO_DROP, SECONDS, SMALL, Body
from console.server.http.refusals import RefusedBody
from console.storage.disk import TOO_MANY_FILES

type Environ = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long bodies may be, in bytes: at first, by the request's head, and where one is longer than that.

    A bound of 0 keeps nothing: the body is dropped, and then it is empty.
    """

    first: Callable[[Environ], int]
    larger: Callable[[Environ], int]


class _Service(Protocol):
    """What a service says of bodies: how long they may be, and where long ones are kept."""

    @property
    def bounds(self) -> Bounds:
        """The bounds."""

    @property
    def directory(self) -> Path:
        """The directory."""


class _Late(Exception):
    """The body has not arrived in time, or at all, or is not kept: with the status of the answer."""

    def __init__(self, status: HTTPStatus, cause: Exception | None = None) -> None:
        self.status, self.cause = status, cause


@dataclass(slots=True)
class Receiving:
    """Receives the body of a request.

    `more` waits for more of what the client sends, and adds it to the request; it returns False at the end of the
    connection, and raises TimeoutError. `go_on` tells a client that waits for it to send its body.
    """

    request: Request
    environ: Environ
    service: "_Service"
    more: Callable[[], bool]
    go_on: Callable[[], None]

    def body(self) -> Body:
        """Return the body, or what stands for one that was refused."""
        stated = self.environ.get("CONTENT_LENGTH")
        is_chunked = "HTTP_TRANSFER_ENCODING" in self.environ
        if stated in (None, "0") and not is_chunked:
            return Body(io.BytesIO())
        bound = self.service.bounds.first(self.environ)
        if self.request.is_whole:
            content = b"".join(self.request.pieces)
            if len(content) <= min(bound, SMALL):
                return Body(io.BytesIO(content), len(content))
        # RFC 9112, section 6.3: chunks override a stated length.
        length = 0 if stated is None or is_chunked else int(stated)
        try:
            return self._received(length, bound)
        except _Late as late:
            return _refused(RefusedBody(late.status, cause=late.cause))

    def _received(self, stated: int, bound: int) -> Body:
        if stated > bound > 0:
            bound = self._larger()
        waits = self.environ.get("HTTP_EXPECT", "").lower() == "100-continue" and not self.request.is_whole
        if stated > bound:
            return self._dropped(stated, 0, bound, is_left=waits or stated > MOST_TO_DROP)
        if waits:
            self.go_on()
        # It is in memory while it is short.
        file = tempfile.SpooledTemporaryFile(SMALL, dir=str(self.service.directory))  # noqa: SIM115  # Who has the body closes it.
        try:
            return self._kept(file, stated, bound)
        except BaseException:
            # There may be no space for what is still unwritten.
            with suppress(OSError):
                file.close()
            raise

    def _kept(self, file: IO[bytes], stated: int, bound: int) -> Body:
        length, began = 0, time.monotonic()
        # Only one that states no length may turn out to be longer than that.
        may_be_larger = not stated and bound > 0
        while True:
            for piece in self._taken():
                length += len(piece)
                if length > bound and may_be_larger:
                    bound, may_be_larger = self._larger(), False
                if length > bound:
                    file.close()
                    return self._dropped(stated, length, bound, is_left=False)
                _write(file, piece)
            if self.request.is_whole:
                _rewind(file)
                return Body(file, length)
            self._wait(began, length)

    def _larger(self) -> int:
        try:
            return self.service.bounds.larger(self.environ)
        except Exception as error:
            raise _Late(HTTPStatus.SERVICE_UNAVAILABLE, error) from error

    def _dropped(self, stated: int, length: int, bound: int, *, is_left: bool) -> Body:
        """Receive the rest of a body that is too long, and discard it: many clients read only when all is sent."""
        began = time.monotonic()
        while not is_left:
            length += sum(map(len, self._taken()))
            if self.request.is_whole:
                break
            is_left = max(length, stated) > MOST_TO_DROP
            if not is_left:
                self._wait(began, length)
        if not bound:
            return Body(io.BytesIO(), must_close=is_left)
        return _refused(RefusedBody(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, bound))

    def _taken(self) -> list[bytes]:
        pieces, self.request.pieces = self.request.pieces, []
        return pieces

    def _wait(self, began: float, length: int) -> None:
        """Wait for more of the body; raise _Late."""
        if time.monotonic() > began + SECONDS + length / LEAST_RATE:
            raise _Late(HTTPStatus.REQUEST_TIMEOUT)
        try:
            if not self.more():
                raise _Late(HTTPStatus.BAD_REQUEST)
        except TimeoutError as error:
            raise _Late(HTTPStatus.REQUEST_TIMEOUT) from error


def _write(file: IO[bytes], piece: bytes) -> None:
    try:
        file.write(piece)
    except OSError as error:
        raise _no_room(error) from error


def _rewind(file: IO[bytes]) -> None:
    try:
        file.seek(0)
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: OSError) -> _Late:
    if error.errno in TOO_MANY_FILES:
        return _Late(HTTPStatus.SERVICE_UNAVAILABLE, error)
    return _Late(HTTPStatus.INSUFFICIENT_STORAGE)


def _refused(file: RefusedBody) -> Body:
    # With a length of 0, nobody would read it, and learn of it.
    return Body(file, length=1, must_close=True)
