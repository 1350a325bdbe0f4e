"""Receives request bodies before a thread is occupied: within a size limit, a time limit, and little memory.

A body of up to SMALL bytes is kept in memory. A longer one is kept in a file without a name, which ends with it, and
only where the bound for its sender allows it: until that is known, no more than SMALL bytes of it are taken.
"""

import asyncio
import io
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from console.server.http.refusals import RefusedBody
from console.storage.disk import TOO_MANY_FILES

type Receive = Callable[[], Awaitable[dict[str, Any]]]

# Largest body accepted from people who are not signed in, with a margin.
SMALL = 64 * 1024
# For the whole of a body there are so many seconds, and one more for each so many bytes that have arrived.
SECONDS = 30.0
LEAST_RATE = 32 * 1024
# Many clients read an answer only when they have sent everything, so that what is too long is received, and dropped:
# so many bytes of it, within the time above. Of a body that states more than that, nothing is.
MOST_TO_DROP = 64 * 1024 * 1024
# In this process, small bodies that are in memory; beyond that, they too are kept in files.
MOST_IN_MEMORY = 16 * 1024 * 1024


@dataclass(slots=True)
class Expected:
    """What is known of a body in advance: its Content-Length (None if it is chunked), and its size limit.

    Up to `bound` bytes are kept; where there are more, `larger_bound` says how many may be. A bound of 0 keeps
    nothing: the body is dropped, and then it is empty. Where `larger_bound` fails, `failure` says why, and what is
    longer than `bound` is dropped. A client that waits to be told to go on sends nothing of what is refused.
    """

    stated: int | None
    bound: int
    larger_bound: Callable[[], Awaitable[int]]
    waits_to_go_on: bool = False
    failure: Exception | None = field(default=None, init=False)
    _is_final: bool = field(default=False, init=False)

    async def bound_of(self, length: int) -> int:
        """Return the size limit of a body of at least some length; the larger limit is looked up once, if needed."""
        if length > self.bound > 0 and not self._is_final:
            self._is_final = True
            try:
                self.bound = await self.larger_bound()
            except Exception as error:
                self.failure = error
        return self.bound


@dataclass(slots=True)
class Body:
    """A received request body, as WSGI input; its length; and whether the connection must be closed."""

    file: Any
    length: int = 0
    must_close: bool = False


class _Failed(Exception):
    """The body did not arrive, or was not kept; with the status of the response, 400 if it ended early."""

    def __init__(self, status: HTTPStatus, cause: OSError | None = None) -> None:
        self.status, self.cause = status, cause


@dataclass(slots=True)
class Bodies:
    """Receives bodies for one process; `directory` is where long ones are kept."""

    directory: Path
    in_memory: int = field(default=0, init=False)

    async def receive(self, receive: Receive, expected: "Expected") -> Body:
        """Return the body of a request, or a placeholder for a refused one."""
        arriving = _Arriving(receive, expected.stated)
        try:
            bound = await expected.bound_of(expected.stated or 0)
            if (expected.stated or 0) > bound:
                return await _dropped(arriving, expected, bound)
            return await self._kept(arriving, expected)
        except _Failed as failure:
            return _failed(RefusedBody(failure.status, cause=failure.cause))

    def refuse(self, body: Body, status: HTTPStatus) -> None:
        """Release a received body, and replace it with a placeholder for a refused one."""
        self.release(body)
        refused = _failed(RefusedBody(status))
        body.file, body.length, body.must_close = refused.file, refused.length, refused.must_close

    def release(self, body: Body) -> None:
        """Release a received body."""
        if isinstance(body.file, io.BytesIO):
            self.in_memory -= body.length
        if hasattr(body.file, "close"):
            body.file.close()

    async def _kept(self, arriving: "_Arriving", expected: "Expected") -> Body:
        keeping = _Keeping(self)
        try:
            async for piece in arriving:
                bound = await expected.bound_of(arriving.length)
                if arriving.length > bound:
                    keeping.forget()
                    return await _dropped(arriving, expected, bound)
                keeping.add(piece)
            arriving.must_be_whole()
            return keeping.body()
        except BaseException:
            keeping.forget()
            raise


class _Keeping:
    """The received part of a body, in memory at first, then in a file."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._length = 0

    def add(self, piece: bytes) -> None:
        self._length += len(piece)
        is_too_much = self._length > SMALL or self._bodies.in_memory + len(piece) > MOST_IN_MEMORY
        try:
            if self._file is None and is_too_much:
                self._move_to_file()
            if self._file is None:
                self._pieces.append(piece)
                self._bodies.in_memory += len(piece)
            else:
                self._file.write(piece)
        except OSError as error:
            raise _no_room(error) from error

    def body(self) -> Body:
        if self._file is None:
            return Body(io.BytesIO(b"".join(self._pieces)), self._length)
        try:
            self._file.seek(0)
        except OSError as error:
            raise _no_room(error) from error
        return Body(self._file, self._length)

    def forget(self) -> None:
        if self._file is not None:
            # There may be no space for what is still unwritten.
            with suppress(OSError):
                self._file.close()
        self._forget_pieces()

    def _move_to_file(self) -> None:
        self._file = tempfile.TemporaryFile(dir=self._bodies.directory)  # noqa: SIM115  # `forget` closes it.
        self._file.write(b"".join(self._pieces))
        self._forget_pieces()

    def _forget_pieces(self) -> None:
        self._bodies.in_memory -= sum(map(len, self._pieces))
        self._pieces = []


class _Arriving:
    """The chunks of a body as they arrive; raises _Failed if one is late, or the connection has ended."""

    def __init__(self, receive: Receive, stated: int | None) -> None:
        self._receive = receive
        self._stated = stated
        self._began = time.monotonic()
        self._is_last = False
        self.length = 0

    def __aiter__(self) -> "_Arriving":
        return self

    async def __anext__(self) -> bytes:
        if self._is_last:
            raise StopAsyncIteration
        left = self._began + SECONDS + self.length / LEAST_RATE - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), left)
        except TimeoutError as error:
            raise _Failed(HTTPStatus.REQUEST_TIMEOUT) from error
        if message["type"] != "http.request":
            raise _Failed(HTTPStatus.BAD_REQUEST)
        piece: bytes = message.get("body", b"")
        self.length += len(piece)
        # Granian says in a message of its own that nothing follows. Waiting for it would take two switches of threads.
        self._is_last = not message.get("more_body", False) or self.length == self._stated
        return piece

    def must_be_whole(self) -> None:
        """Raise _Failed if less arrived than Content-Length says."""
        if self._stated is not None and self.length < self._stated:
            raise _Failed(HTTPStatus.BAD_REQUEST)


def _no_room(error: OSError) -> _Failed:
    if error.errno in TOO_MANY_FILES:
        return _Failed(HTTPStatus.SERVICE_UNAVAILABLE, error)
    return _Failed(HTTPStatus.INSUFFICIENT_STORAGE)


async def _dropped(arriving: _Arriving, expected: Expected, bound: int) -> Body:
    """Receive and discard the rest of a body that is too long."""
    is_left = expected.waits_to_go_on or (expected.stated or 0) > MOST_TO_DROP
    while not is_left and await anext(arriving, None) is not None:
        is_left = arriving.length > MOST_TO_DROP
    if not is_left:
        arriving.must_be_whole()
    if not bound:
        return Body(io.BytesIO(), must_close=is_left)
    if expected.failure is not None:
        return _failed(RefusedBody(HTTPStatus.SERVICE_UNAVAILABLE, cause=expected.failure))
    return _failed(RefusedBody(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, bound))


def _failed(file: RefusedBody) -> Body:
    # With a length of 0, nobody would read it, and learn of it.
    return Body(file, length=1, must_close=True)
