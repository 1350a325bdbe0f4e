"""What became of each attempt of a call, as botocore makes them: whether its request left, and what was answered.

The exception that a call ends with says what became of the last attempt alone. What an earlier one has done counts as
much: a request may have arrived whose answer was lost, whatever was answered to the next one.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from http import HTTPStatus
from threading import Lock
from typing import Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.exceptions import ClientError

from console.personalize.answers import effect_of_answer
from console.personalize.errors import Effect

# From the one that is better known to have done nothing.
ORDER = (Effect.NOT_SENT, Effect.REFUSED, Effect.UNCONFIRMED)


class GivenUp(Exception):
    """Nobody waits for this call any more, so that it sends nothing more."""


class Attempts:
    """The attempts of one call. Two threads use it: the one that makes the call, and the one that waits for it."""

    def __init__(self, until: float) -> None:
        """Begin a call that is given up at a moment of the clock `time.monotonic`."""
        self.until = until
        # What the latest attempt ended with, as boto3 would raise it.
        self.last_error: Exception | None = None
        # Of the answer to the latest attempt, whether or not its body can be read.
        self.http_status: int | None = None
        self.request_id = ""
        self._effects: list[Effect] = []
        self._is_given_up = False
        self._socket: socket.socket | None = None
        self._lock = Lock()

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self._effects)

    @property
    def effect(self) -> Effect:
        """What all of them together are known to have done."""
        return max(self._effects, key=ORDER.index, default=Effect.NOT_SENT)

    def begin(self) -> None:
        """Note that an attempt begins; raise GivenUp if nobody waits for it."""
        with self._lock:
            if self._is_given_up or time.monotonic() >= self.until:
                raise GivenUp
            self.last_error, self.http_status, self.request_id = None, None, ""
            self._effects.append(Effect.NOT_SENT)

    def leave(self, connection: socket.socket | None) -> None:
        """Note that the request of the latest attempt is about to leave; raise GivenUp if nobody waits for it."""
        with self._lock:
            self._use(connection)
            self._effects[-1] = Effect.UNCONFIRMED

    def use(self, connection: socket.socket | None) -> None:
        """Note the connection that the latest attempt uses; raise GivenUp if nobody waits for it."""
        with self._lock:
            self._use(connection)

    def _use(self, connection: socket.socket | None) -> None:
        if self._is_given_up:
            raise GivenUp
        self._socket = connection

    def answer(self, http_status: int, request_id: str) -> None:
        """Note the answer to the latest attempt."""
        with self._lock:
            self.http_status, self.request_id = http_status, request_id

    def fail(self, error: Exception, effect: Effect | None = None) -> None:
        """Note what the latest attempt ended with, and what an answer says that it has done."""
        with self._lock:
            self.last_error = error
            self._effects[-1] = effect or self._effects[-1]

    def give_up(self) -> None:
        """Let nothing more be sent, and end the connection that an answer is still awaited on."""
        with self._lock:
            self._is_given_up = True
            if self._socket is not None:
                # Not that of TLS, which the other thread reads from. It may be closed already.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_current: ContextVar[Attempts | None] = ContextVar("current_attempts", default=None)


@contextmanager
def noted(attempts: Attempts) -> Iterator[None]:
    """Note in a block what becomes of the attempts of the call that is made in it."""
    token = _current.set(attempts)
    try:
        yield
    finally:
        _current.reset(token)


def watch(client: Any, *, has_network: bool) -> None:
    """Let the attempts of a boto3 client's calls be noted; without a network, they leave when they begin."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register_first(f"before-send.{service}", _on_network if has_network else _without_network)
    # Before what looks at the body, and so at the same name: handlers of a longer name are called first.
    client.meta.events.register_first("before-parse.personalize-events", _on_answer)
    client.meta.events.register(f"response-received.{service}", _on_end)
    if has_network:
        # botocore has no event for the moment when bytes are sent. Pools of connections look their class up here.
        client._endpoint.http_session._pool_classes_by_scheme.update(POOLS)


def _on_network(**_event: Any) -> None:
    if attempts := _current.get():
        attempts.begin()


def _without_network(**_event: Any) -> None:
    if attempts := _current.get():
        attempts.begin()
        attempts.leave(None)


def _on_answer(response_dict: dict[str, Any], **_event: Any) -> None:
    if attempts := _current.get():
        attempts.answer(response_dict["status_code"], response_dict["headers"].get("x-amzn-requestid", ""))


def _on_end(parsed_response: dict[str, Any] | None, exception: Exception | None, **event: Any) -> None:
    attempts = _current.get()
    if attempts is None or not attempts.count or isinstance(exception, GivenUp):
        return
    if exception is not None:
        attempts.fail(exception)
    elif parsed_response and parsed_response["ResponseMetadata"]["HTTPStatusCode"] >= HTTPStatus.MULTIPLE_CHOICES:
        # The event's name ends with the operation's.
        error = ClientError(parsed_response, event["event_name"].rpartition(".")[2])  # type: ignore[arg-type]
        status, code = parsed_response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"].get("Code", "")
        attempts.fail(error, effect_of_answer(status, str(code)))


class _Noted:
    """A connection that notes the moment when a request leaves."""

    sock: socket.socket | None
    _is_connecting = False

    def connect(self) -> None:
        self._is_connecting = True
        try:
            super().connect()  # type: ignore[misc]
        finally:
            self._is_connecting = False

    def send(self, data: Any) -> Any:
        attempts = _current.get()
        if self.sock is None:
            self.connect()
        if attempts:
            # While it connects, it asks a proxy for a way to AWS.
            (attempts.use if self._is_connecting else attempts.leave)(self.sock)
        return super().send(data)  # type: ignore[misc]


class _Connection(_Noted, AWSHTTPConnection):  # type: ignore[misc]  # As botocore's own.
    """One without TLS."""


class _SecureConnection(_Noted, AWSHTTPSConnection):  # type: ignore[misc]  # As botocore's own.
    """One with TLS."""


class _Staying:
    """Connections that follow no redirection: a signature is for one address. At a 303, botocore's would stumble."""

    def urlopen(self, *arguments: Any, **options: Any) -> Any:
        return super().urlopen(*arguments, **{**options, "redirect": False})  # type: ignore[misc]


class _Connections(_Staying, AWSHTTPConnectionPool):
    ConnectionCls = _Connection


class _SecureConnections(_Staying, AWSHTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS = {"http": _Connections, "https": _SecureConnections}
