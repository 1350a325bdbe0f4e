"""The attempts of a call, as botocore makes them: whether each request was sent, and its response.

The exception that ends a call only describes the last attempt. Earlier attempts matter as much: a request may have
arrived although its response was lost, whatever the next response was. They are reported by `connections/watching.py`.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock

from console.personalize.errors import Effect

# From the one that is better known to have done nothing.
ORDER = (Effect.NOT_SENT, Effect.REFUSED, Effect.UNCONFIRMED)


class GivenUp(Exception):
    """Nobody waits for this call any more, so it sends nothing more."""


class NoTimeLeft(GivenUp):
    """The page's time was over before this call began."""


class NoThread(Exception):
    """The system had no thread left for this call, so it was not begun."""


class Attempts:
    """The attempts of one call, shared by the thread that makes the call and the one that waits for it."""

    def __init__(self, until: float) -> None:
        """Begin a call that is given up at a moment of the clock `time.monotonic`."""
        self.until = until
        # The error of the latest attempt, as boto3 would raise it.
        self.last_error: Exception | None = None
        # The status of the latest attempt's response, whether or not its body can be read.
        self.http_status: int | None = None
        self.request_id = ""
        self._effects: list[Effect] = []
        self._is_given_up = False
        self._socket: socket.socket | None = None
        self._lock = Lock()

    @property
    def count(self) -> int:
        """The number of attempts."""
        return len(self._effects)

    @property
    def is_before_request(self) -> bool:
        """Whether the latest attempt has not begun or has ended, while the call is signed for the next one."""
        return not self._effects or self.last_error is not None

    @property
    def effect(self) -> Effect:
        """The combined effect of all attempts, as far as is known."""
        return max(self._effects, key=ORDER.index, default=Effect.NOT_SENT)

    def begin(self) -> None:
        """Record the start of an attempt; raise GivenUp if nobody waits for it."""
        with self._lock:
            if self._is_given_up or time.monotonic() >= self.until:
                raise GivenUp
            self.last_error, self.http_status, self.request_id = None, None, ""
            self._effects.append(Effect.NOT_SENT)

    def leave(self, connection: socket.socket | None) -> None:
        """Record that the latest attempt's request is about to be sent; raise GivenUp if nobody waits for it."""
        with self._lock:
            self._use(connection)
            self._effects[-1] = Effect.UNCONFIRMED

    def use(self, connection: socket.socket | None) -> None:
        """Record the connection of the latest attempt; raise GivenUp if nobody waits for it."""
        with self._lock:
            self._use(connection)

    def _use(self, connection: socket.socket | None) -> None:
        if self._is_given_up:
            raise GivenUp
        self._socket = connection

    def answer(self, http_status: int, request_id: str) -> None:
        """Record the response to the latest attempt.

        A response cut short by giving up is none, whenever the reading thread notices.
        """
        with self._lock:
            if not self._is_given_up:
                self.http_status, self.request_id = http_status, request_id

    def fail(self, error: Exception, effect: Effect | None = None) -> None:
        """Record the error that ended the latest attempt, and the effect that a response states, as `answer` does."""
        with self._lock:
            if not self._is_given_up:
                self.last_error = error
                self._effects[-1] = effect or self._effects[-1]

    def give_up(self) -> None:
        """Prevent further requests, and close the connection on which a response is still awaited."""
        with self._lock:
            self._is_given_up = True
            if self._socket is not None:
                # Not that of TLS, which the other thread reads from. It may be closed already.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_current: ContextVar[Attempts | None] = ContextVar("current_attempts", default=None)


@contextmanager
def noted(attempts: Attempts) -> Iterator[None]:
    """Record the attempts of the call that a block makes."""
    token = _current.set(attempts)
    try:
        yield
    finally:
        _current.reset(token)


def attempts_noted() -> Attempts | None:
    """Return the attempts of the call in progress; None outside `noted`."""
    return _current.get()
