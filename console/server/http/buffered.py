"""Runs a WSGI application as an ASGI one, so that its threads never wait for clients.

A request has its thread when all of its body is here, and gives it back when its answer is made. Stalled bodies and
answers that are read slowly take a task of asyncio, and little memory.
"""

import asyncio
import io
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.server.ending import UnderWay
from console.server.http.answers import (
    MOST_MADE_AT_ONCE,
    Answer,
    ClientGone,
    Headers,
    Send,
    TakenTooSlowly,
    busy,
    close,
    in_file,
    send_answer,
)
from console.server.http.bodies import SMALL, Bodies, Body, Expected, Receive
from console.server.http.budget import Budget
from console.server.http.environ import FileBody, Scope, environ_of
from console.server.http.refusals import RefusedBody
from console.server.http.threads import Threads

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

# Machines poll this every few seconds; it has a thread of its own, so that it is answered while all others wait for
# AWS.
HEALTH = "/healthz"
# Bytes of long bodies that are worked at together in this process: a page that is made of one may take fifty times
# its length. A longer one is worked at alone.
MOST_AT_WORK = 1024 * 1024
SECONDS_FOR_A_TURN = 30.0
# Unidentified senders checked at once in this process: each check may wait for a slow database.
MOST_QUESTIONS = 10
OTHER_LONG_REQUESTS = (
    b"The console is busy with other long requests at the moment, so nothing was done. Sign in, or try again later.\n"
)
NO_THREAD = b"The console's machine has no thread left for this request, so nothing was done. Try again in a moment.\n"

type Environ = dict[str, Any]


class TooManyQuestions(Exception):
    """Too many senders of long requests are being looked up."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Size limits of bodies in bytes: the default one, and the largest one.

    `most` needs no database, and is None where it is not known without: then `asked` asks it.
    """

    first: Callable[[Environ], int]
    most: Callable[[Environ], int | None]
    asked: Callable[[Environ], int]


class Buffered:
    """Runs a WSGI application in threads; long bodies and responses are kept in files of a directory."""

    def __init__(self, application: "WSGIApplication", bounds: Bounds, directory: Path, threads: int) -> None:
        self._application = application
        self._bounds = bounds
        self._directory = directory
        self._bodies = Bodies(directory)
        self._threads = Threads(threads, "request")
        self._health = Threads(1, "health")
        # Where bodies are long, it is asked who sends them: also while all threads wait for AWS.
        self._asking = Threads(1, "bounds")
        self._at_work = Budget(MOST_AT_WORK)
        self._making = asyncio.Semaphore(MOST_MADE_AT_ONCE)
        self.under_way = UnderWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; never raises."""
        if scope["type"] != "http":
            return
        self.under_way.requests += 1
        try:
            await self._answer_one(environ_of(scope), receive, send)
        finally:
            self.under_way.requests -= 1

    async def _answer_one(self, environ: Environ, receive: Receive, send: Send) -> None:
        body = await self._body(environ, receive)
        self.under_way.answering += 1
        try:
            answer = await self._answer(environ, body)
        finally:
            self.under_way.answering -= 1
            self.under_way.answered_at = time.monotonic()
            self._bodies.release(body)
        try:
            await send_answer(receive, send, answer, self._making)
        except ClientGone:
            log.info("A response was abandoned: its client is gone.")
        except TakenTooSlowly:
            log.info("A response was abandoned: its client read it too slowly.")
        except Exception as error:
            # The server closes the connection, so that nobody takes what was sent for all.
            log.error("A response ended early, with %s.", type(error).__name__)
        finally:
            if isinstance(answer.body, FileBody):
                answer.body.close()

    async def _body(self, environ: Environ, receive: Receive) -> Body:
        """Return the body of a request, with its length in the environment, where WSGI has it."""
        stated = environ.get("CONTENT_LENGTH")
        if stated in (None, "0") and "HTTP_TRANSFER_ENCODING" not in environ:
            return Body(io.BytesIO())

        waits = environ.get("HTTP_EXPECT", "").lower() == "100-continue"
        # RFC 9112, section 6.3: chunks override a stated length.
        length = None if stated is None or "HTTP_TRANSFER_ENCODING" in environ else int(stated)
        most = partial(self._most, environ)
        body = await self._bodies.receive(receive, Expected(length, self._bounds.first(environ), most, waits))
        environ["CONTENT_LENGTH"] = str(body.length)
        return body

    async def _most(self, environ: Environ) -> int:
        """Return the largest size limit of a body; raise the error that prevents knowing it."""
        bound = self._bounds.most(environ)
        if bound is not None:
            return bound
        if self._asking.busy >= MOST_QUESTIONS:
            raise TooManyQuestions
        try:
            return await self._asking.run(self._bounds.asked, environ)
        except Exception as error:
            log.warning("The sender of a long request could not be looked up (%s).", type(error).__name__)
            raise

    async def _answer(self, environ: Environ, body: Body) -> Answer:
        # Refusing many strangers is to take no thread of others.
        is_cheap = isinstance(body.file, RefusedBody) and isinstance(body.file.cause, TooManyQuestions)
        answer = busy(OTHER_LONG_REQUESTS) if is_cheap else await self._made(environ, body)
        if body.must_close:
            answer.headers.append((b"connection", b"close"))
        return answer

    async def _made(self, environ: Environ, body: Body) -> Answer:
        """Return the response that the application makes in a thread."""
        weight = body.length if body.length > SMALL else 0
        if not await self._at_work.take(weight, SECONDS_FOR_A_TURN):
            weight = 0
            self._bodies.refuse(body, HTTPStatus.SERVICE_UNAVAILABLE)
        environ["wsgi.input"] = body.file
        threads = self._health if environ["PATH_INFO"] == HEALTH else self._threads
        try:
            return await threads.run(self._run, environ)
        except RuntimeError:
            log.warning("A request got no thread.")
            return busy(NO_THREAD)
        finally:
            self._at_work.give_back(weight)

    def _run(self, environ: Environ) -> Answer:
        """Call the application in this thread; its errors are logged without their texts, and answered."""
        try:
            return in_file(self._answer_of(environ), self._directory)
        except Exception as error:
            log.error("A request failed with %s and got no response.", type(error).__name__)
            return Answer(500, [(b"content-type", b"text/plain")], b"Internal server error\n")

    def _answer_of(self, environ: Environ) -> Answer:
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            started[:] = [(int(status[:3]), [(_bytes(name), _bytes(value)) for name, value in headers])]

        body: Any = self._application(environ, start_response)
        if isinstance(body, FileBody) or (getattr(body, "streaming", True) and not isinstance(body, list)):
            return Answer(*started[0], body)
        try:
            return Answer(*started[0], b"".join(body))
        finally:
            close(body)


def _bytes(value: str) -> bytes:
    return value.encode("latin-1")
