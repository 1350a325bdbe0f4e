"""Requests of a connection, read by llhttp as their bytes arrive."""

from collections import deque
from dataclasses import dataclass, field

import httptools

# Of the head of a request.
MOST_BYTES = 16 * 1024


class Unreadable(Exception):
    """What has arrived is no request of HTTP, or its head is too long: with the status of the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(f"A request was refused with {status}.")
        self.status = status


@dataclass(slots=True)
class Request:
    """A request whose head is here, and of its body what has arrived; `keeps_alive` is for its connection."""

    method: str
    target: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    keeps_alive: bool
    pieces: list[bytes] = field(default_factory=list)
    is_whole: bool = False


class Reader:
    """Takes the bytes of a connection; `requests` are those whose heads were read, in their order."""

    def __init__(self) -> None:
        self.requests: deque[Request] = deque()
        self._parser = httptools.HttpRequestParser(self)
        self._target = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._is_in_head = self._is_too_long = False
        # Bytes that have arrived of a head whose end has not.
        self._waiting = 0

    def feed(self, data: bytes) -> None:
        """Take bytes that have arrived; raise Unreadable."""
        while data:
            try:
                self._parser.feed_data(data)
                break
            except httptools.HttpParserUpgrade as upgrade:
                data = self._without_offer() + data[upgrade.args[0] :]
            except httptools.HttpParserError as error:
                raise Unreadable(400) from error
        self._waiting = self._waiting + len(data) if self._is_in_head else 0
        if self._waiting > MOST_BYTES or self._is_too_long:
            raise Unreadable(431)

    def _without_offer(self) -> bytes:
        """Return the head of the last request without its offer of another protocol, to be read again.

        The offer may be ignored (RFC 9110, section 7.8); llhttp takes what follows, as the body, for the protocol's.
        """
        request = self.requests.pop()
        if request.method == "CONNECT":
            raise Unreadable(400)
        self._parser = httptools.HttpRequestParser(self)
        start = b"%b %b HTTP/%b" % (request.method.encode(), request.target, request.version.encode())
        lines = [name + b": " + value for name, value in request.headers if name != b"upgrade"]
        return b"\r\n".join([start, *lines, b"", b""])

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._target, self._headers, self._is_in_head = b"", [], True

    def on_url(self, part: bytes) -> None:
        """Take a part of the target."""
        self._target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; those that come after a body are dropped."""
        if self._is_in_head:
            self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Keep the request, whose body may follow."""
        self._is_in_head = False
        length = len(self._target) + sum(len(name) + len(value) for name, value in self._headers)
        self._is_too_long = self._is_too_long or length > MOST_BYTES
        parser = self._parser
        self.requests.append(
            Request(
                parser.get_method().decode("ascii"),
                self._target,
                parser.get_http_version(),
                self._headers,
                parser.should_keep_alive(),
            )
        )

    def on_body(self, piece: bytes) -> None:
        """Keep a piece of the body."""
        self.requests[-1].pieces.append(piece)

    def on_message_complete(self) -> None:
        """Mark the request as whole."""
        self.requests[-1].is_whole = True
