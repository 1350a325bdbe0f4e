"""Sends responses without occupying a thread, and drops clients that receive too slowly.

A short answer is handed to the server whole. A longer one is sent in pieces, each when the one before it is on its
way; one that would take much memory until then is kept in a file. What a view makes while it is sent, as an export, is
made by a thread of its own.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

from django.db import connections

from console.server.http.environ import FileBody
from console.work.frames import with_room

type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Headers = list[tuple[bytes, bytes]]

PIECE = 64 * 1024
# An answer that is longer is kept in a file while it is sent.
MOST_IN_MEMORY = 256 * 1024
# For the whole of an answer there are so many seconds, and one more for each so many bytes that were taken.
SECONDS = 30.0
LEAST_RATE = 32 * 1024
# Answers that are made while they are sent, at once in this process, each of them by a thread; others wait. Each may
# have a connection to the database.
MOST_MADE_AT_ONCE = 4
SECONDS_FOR_A_TURN = 30.0
# How many pieces of such an answer may be made before they are sent.
MOST_PIECES_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """A response of the application, whose body is bytes, a file, or an iterable of chunks."""

    status: int
    headers: Headers
    body: "bytes | FileBody | Iterable[bytes]"


OTHER_EXPORTS = (
    b"The console is busy with other exports at the moment, so this one was not begun. Go back, and try again.\n"
)


def busy(sentence: bytes) -> Answer:
    """Return a response that asks the client to retry later."""
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"30"),
    ]
    return Answer(503, headers, sentence)


class ClientGone(Exception):
    """The client closed the connection before the response was complete."""


class TakenTooSlowly(Exception):
    """The client did not receive the response in time, so the connection must be closed."""


def in_file(answer: Answer, directory: Path) -> Answer:
    """Return a response whose body takes little memory: a long one is kept in a file if the disk has room."""
    if not isinstance(answer.body, bytes) or len(answer.body) <= MOST_IN_MEMORY:
        return answer
    with ExitStack() as unless_kept, suppress(OSError):
        file = unless_kept.enter_context(tempfile.TemporaryFile(dir=directory))
        file.write(answer.body)
        file.seek(0)
        unless_kept.pop_all()
        return Answer(answer.status, answer.headers, FileBody(file))
    return answer


async def send_answer(receive: Receive, send: Send, answer: Answer, making: asyncio.Semaphore) -> None:
    """Send a response; raise TakenTooSlowly, ClientGone, or the error of its body's iterable.

    One whose turn to be made does not come in time is an answer of status 503.
    """
    if not isinstance(answer.body, bytes | FileBody):
        await _send_in_turn(receive, send, answer, answer.body, making)
        return
    await _send_start(send, answer)
    if isinstance(answer.body, FileBody):
        await _send_pieces(send, _pieces_of(_read(answer.body.file)))
    elif len(answer.body) <= PIECE:
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})
    else:
        await _send_pieces(send, _pieces_of(_slices(answer.body)))


async def _send_start(send: Send, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})


async def _send_in_turn(
    receive: Receive, send: Send, answer: Answer, body: Iterable[bytes], making: asyncio.Semaphore
) -> None:
    gone = asyncio.create_task(_until_gone(receive))
    try:
        try:
            await asyncio.wait_for(making.acquire(), SECONDS_FOR_A_TURN)
        except TimeoutError:
            close(body)
            await send_answer(receive, send, busy(OTHER_EXPORTS), making)
            return
        try:
            await _send_made(send, answer, body, gone)
        finally:
            making.release()
    finally:
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    # The server takes what is sent to a client that is gone, and drops it: it says so here alone.
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_pieces(send: Send, pieces: AsyncIterator[bytes]) -> None:
    began, sent = time.monotonic(), 0
    async for piece in pieces:
        left = began + SECONDS + sent / LEAST_RATE - time.monotonic()
        await _send_piece(send, piece, left)
        sent += len(piece)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_piece(send: Send, piece: bytes, seconds: float) -> None:
    try:
        await asyncio.wait_for(send({"type": "http.response.body", "body": piece, "more_body": True}), seconds)
    except TimeoutError as error:
        raise TakenTooSlowly from error


async def _send_made(send: Send, answer: Answer, body: Iterable[bytes], gone: "asyncio.Task[None]") -> None:
    """Send chunks while they are made; the thread that makes them waits once several are unsent."""
    pieces: asyncio.Queue[bytes | BaseException | None] = asyncio.Queue(MOST_PIECES_AHEAD)
    loop = asyncio.get_running_loop()
    is_given_up = False

    def put(piece: bytes | BaseException | None) -> None:
        asyncio.run_coroutine_threadsafe(pieces.put(piece), loop).result()

    def make() -> None:
        try:
            for piece in body:
                if is_given_up:
                    return
                put(piece)
            put(None)
        except BaseException as error:
            put(error)
        finally:
            close(body)
            connections.close_all()

    try:
        Thread(target=with_room, args=(make,), daemon=True, name="answer").start()
    except RuntimeError:
        # The system has none left.
        close(body)
        answer = busy(OTHER_EXPORTS)
        await _send_start(send, answer)
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})
        return
    sent, waited = 0, 0.0
    try:
        await _send_start(send, answer)
        while (piece := await pieces.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            if gone.done():
                raise ClientGone
            began = time.monotonic()
            await _send_piece(send, piece, SECONDS + sent / LEAST_RATE - waited)
            waited += time.monotonic() - began
            sent += len(piece)
    finally:
        is_given_up = True
        while not pieces.empty():
            pieces.get_nowait()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _pieces_of(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def _slices(content: bytes) -> Iterator[bytes]:
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def _read(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def close(body: object) -> None:
    """Close the body of a response, as PEP 3333 requires of servers."""
    if hasattr(body, "close"):
        body.close()
