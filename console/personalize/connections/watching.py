"""Tells `attempts.py` what becomes of each attempt of a client's calls, by botocore's events and connections."""

import socket
from http import HTTPStatus
from typing import Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.exceptions import ClientError

from console.personalize.answers import effect_of_answer
from console.personalize.attempts import GivenUp, attempts_noted


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
    if attempts := attempts_noted():
        attempts.begin()


def _without_network(**_event: Any) -> None:
    if attempts := attempts_noted():
        attempts.begin()
        attempts.leave(None)


def _on_answer(response_dict: dict[str, Any], **_event: Any) -> None:
    if attempts := attempts_noted():
        attempts.answer(response_dict["status_code"], response_dict["headers"].get("x-amzn-requestid", ""))


def _on_end(parsed_response: dict[str, Any] | None, exception: Exception | None, **event: Any) -> None:
    attempts = attempts_noted()
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
        attempts = attempts_noted()
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
