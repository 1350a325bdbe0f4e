"""Limits of time and size for the responses of an OpenID provider, whichever part hangs.

The timeouts of requests are for each byte, so that an answer which comes byte by byte has no end, and a name server
has none at all. So the provider is asked in a thread of its own, and the caller goes on without it when time is up.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

import requests
from requests.adapters import HTTPAdapter

# For all that one question asks the provider, with redirects.
SECONDS = 10
# A provider's metadata, keys and tokens take a few kilobytes.
MOST_BYTES = 1024 * 1024
PIECE = 16 * 1024
# Threads whose question was given up and that have not ended yet. With so many it is of no use to begin another one.
MOST_HANGING = 32

# Requests of this process that wait for the provider at once: anybody can make one, and each keeps a thread busy.
MOST_WAITING = 8

_hanging: set[Thread] = set()
_turns = BoundedSemaphore(MOST_WAITING)
_lock = Lock()


class TooLateError(requests.exceptions.Timeout):
    """The whole answer was not there in time."""


class TooLongError(requests.exceptions.RequestException):
    """The answer is longer than any of a provider."""


class BoundedAdapter(HTTPAdapter):
    """An adapter of requests that reads no more of an answer than MOST_BYTES, and not for longer than SECONDS."""

    def send(self, *arguments: Any, **options: Any) -> requests.Response:
        """Return the answer with its body read; raise TooLateError, TooLongError, and what requests raises."""
        until = time.monotonic() + SECONDS
        answer = super().send(*arguments, **options)
        content, length = [], 0
        try:
            for piece in answer.iter_content(PIECE):
                content.append(piece)
                length += len(piece)
                if length > MOST_BYTES:
                    raise TooLongError(f"The answer has more than {MOST_BYTES} bytes.")
                if time.monotonic() > until:
                    raise TooLateError(f"The answer was not there after {SECONDS} seconds.")
        finally:
            answer.close()
        # As requests keeps what it has read.
        answer._content = b"".join(content)
        return answer


def bound(session: requests.Session) -> None:
    """Let a session read no answer that is longer than a provider's."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter())


def get(url: str, **options: Any) -> requests.Response:
    """Return the answer to a GET, in time and whole; raise TooLateError, TooLongError, and what requests raises."""

    def ask() -> requests.Response:
        with requests.Session() as session:
            bound(session)
            return session.get(url, timeout=SECONDS, **options)

    return in_time(ask)


def in_time[Answer](ask: Callable[[], Answer]) -> Answer:
    """Return what a function returns that asks the provider, or raise what it raises.

    Raise TooLateError after SECONDS, and at once where many wait for the provider already.
    """
    if not _turns.acquire(blocking=False):
        raise TooLateError("Many requests wait for the provider already.")
    try:
        return _in_time(ask)
    finally:
        _turns.release()


def _in_time[Answer](ask: Callable[[], Answer]) -> Answer:
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    if _hang() >= MOST_HANGING:
        raise TooLateError("The provider has not responded to many earlier requests.")
    # Nothing waits for it when the process ends.
    thread = Thread(target=copy_context().run, args=(run,), name="request to the provider", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise TooLateError("The console's machine has no thread left for the request.") from error
    try:
        return answer.result(SECONDS)
    except TimeoutError:
        if answer.done():
            # It has just ended, or has raised a TimeoutError of its own.
            return answer.result()
        with _lock:
            _hanging.add(thread)
        raise TooLateError(f"The answer was not there after {SECONDS} seconds.") from None


def _hang() -> int:
    """Return how many questions were given up and have not ended yet."""
    with _lock:
        _hanging.difference_update([thread for thread in _hanging if not thread.is_alive()])
        return len(_hanging)
