"""Requests over plain sockets: bodies that are too long, stall, or are cut off, and how much memory a server takes."""

import re
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.support.served import Served

MEBIBYTE = 1024 * 1024
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
SIGNED = (
    "Content-Type: application/json\r\nAuthorization: AWS4-HMAC-SHA256 "
    "Credential={key}/20260101/us-east-1/personalize/aws4_request, SignedHeaders=host, Signature=" + "0" * 64 + "\r\n"
)
DEMO_KEY = "AKIALOCALDEMOEXAMPLE"


@dataclass(frozen=True)
class Answered:
    """An answer: its status, its head in small letters, and its body."""

    status: int
    head: str
    body: str

    @property
    def closes(self) -> bool:
        return "\r\nconnection: close" in self.head


def connect(served: Served) -> socket.socket:
    parts = urlsplit(served.url)
    return socket.create_connection((parts.hostname, parts.port), timeout=60)


def head(served: Served, path: str, headers: str = FORM, method: str = "POST") -> bytes:
    """Return the first lines of a request, without the empty one."""
    return f"{method} {path} HTTP/1.1\r\nHost: {urlsplit(served.url).netloc}\r\n{headers}".encode()


def post(served: Served, path: str, body: bytes, headers: str = FORM, *, in_chunks: bool = False) -> Answered:
    """Send a request, all of it before the answer is read, as simple clients do."""
    start = head(served, path, headers)
    with connect(served) as connection:
        if in_chunks:
            connection.sendall(start + b"Transfer-Encoding: chunked\r\n\r\n")
            for begin in range(0, len(body), 50_000):
                piece = body[begin : begin + 50_000]
                connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece))
            connection.sendall(b"0\r\n\r\n")
        else:
            connection.sendall(start + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return answered(connection)


def answered(connection: socket.socket) -> Answered:
    """Read one answer, of which the length is stated."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        assert piece, f"The server closed the connection after {received!r}"
        received += piece
    start, _, body = received.partition(b"\r\n\r\n")
    lines = start.decode("latin-1").lower()
    length = re.search(r"\r\ncontent-length: (\d+)", lines)
    while length is None or len(body) < int(length[1]):
        piece = connection.recv(65536)
        if not piece:
            break
        body += piece
    return Answered(int(lines.split()[1]), lines, body.decode("utf-8", "replace"))


@contextmanager
def stalled(served: Served, number: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Open connections that send a part of a request, and then nothing until the context ends."""
    connections = []
    try:
        for _ in range(number):
            connections.append(connect(served))
            connections[-1].sendall(sent)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def seconds_of_others(served: Served) -> dict[str, float]:
    """Ask for a page, for /healthz and at /aws, and return how long each answer took."""
    found = {}
    for path, status in (("/healthz", 200), ("/sign-in/", 200)):
        began = time.monotonic()
        with urllib.request.urlopen(f"{served.url}{path}", timeout=60) as answer:
            assert answer.status == status
        found[path] = time.monotonic() - began
    began = time.monotonic()
    assert post(served, "/aws/users", b"{}", SIGNED.format(key=DEMO_KEY)).status == 403
    found["/aws"] = time.monotonic() - began
    return found


def web_processes(served: Served) -> list[int]:
    """Return the processes of a server that answer requests."""
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
    return [int(each) for each in children if b"run_worker" not in _command(int(each))]


def _command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def megabytes(process: int) -> float:
    """Return the proportional set size of a process: what it has alone, and its part of what it shares."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    kilobytes = re.search(r"^Pss:\s+(\d+) kB$", rollup, re.MULTILINE)
    assert kilobytes
    return int(kilobytes[1]) / 1000


@contextmanager
def most_memory(served: Served) -> Iterator[Callable[[], float]]:
    """Watch the processes of a server; what is yielded returns the most megabytes that one of them has had."""
    ended, most = Event(), [0.0]

    def watch() -> None:
        while not ended.is_set():
            for process in web_processes(served):
                with suppress(OSError, AssertionError):
                    most[0] = max(most[0], megabytes(process))
            ended.wait(0.02)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        watcher.join()


def at_once[Result](number: int, call: Callable[[], Result]) -> list[Result]:
    """Call something in so many threads at the same time."""
    with ThreadPoolExecutor(number) as threads:
        return [each.result() for each in [threads.submit(call) for _ in range(number)]]
