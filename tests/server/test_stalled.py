"""Connections that stall, at a console that is served: they hold no thread that others need, and they end."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.server.sockets import DEMO_KEY, FORM, SIGNED, answered, head, most_memory, seconds_of_others, stalled
from tests.support.numbers import some_of, whole
from tests.support.served import Served, serve

# More than there are threads, in all processes together.
CONNECTIONS = 100
# On a busy machine; with threads that wait for clients, others wait until the tests give up.
SECONDS = 10
MOST_MEGABYTES = 250


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console of its own."""
    with serve(tmp_path_factory.mktemp("stalled")) as served:
        yield served


def unfinished(served: Served, kind: str) -> bytes:
    """Return what a client of a kind sends before it stalls."""
    signed = SIGNED.format(key=DEMO_KEY)
    return {
        "a short body": head(served, "/sign-in/") + b"Content-Length: 1000\r\n\r\nusername=",
        "a body without a byte": head(served, "/sign-in/") + b"Content-Length: 1000\r\n\r\n",
        "chunks": head(served, "/sign-in/") + b"Transfer-Encoding: chunked\r\n\r\n5\r\nuser",
        "a body at /aws": head(served, "/aws/users", signed) + b"Content-Length: 1000\r\n\r\n{",
        "most of a long body at /aws": head(served, "/aws/users", signed)
        + b"Content-Length: 1000000\r\n\r\n".ljust(900_000),
        "a body at /aws that is not signed": head(served, "/aws/users", FORM) + b"Content-Length: 1000\r\n\r\n{",
        "a body that is dropped": head(served, "/sign-in/") + b"Content-Length: 9000000\r\n\r\n".ljust(100_000),
        "a long head and most of a body": head(served, "/sign-in/")
        + b"X: ".ljust(15_000, b"x")
        + b"\r\nContent-Length: 65000\r\n\r\n".ljust(64_000, b"x"),
        "headers": head(served, "/sign-in/") + b"X: ",
        "long headers": head(served, "/sign-in/") + b"X: ".ljust(15_000, b"x"),
        "nothing": b"",
        "an answer that nobody reads": (head(served, "/sign-in/", "", "GET") + b"\r\n") * 30,
        "a file that nobody reads": (head(served, largest_file(served), "", "GET") + b"\r\n") * 10,
    }[kind]


def largest_file(served: Served) -> str:
    """Return the address of the largest static file."""
    static = Path(served.variables["CONSOLE_DATA_DIR"]) / "static"
    hashed = [each for each in static.rglob("*") if re.search(r"\.[0-9a-f]{12}\.\w+$", each.name)]
    return f"/static/{max(hashed, key=lambda each: each.stat().st_size).relative_to(static)}"


KINDS = (
    "a short body",
    "a body without a byte",
    "chunks",
    "a body at /aws",
    "most of a long body at /aws",
    "a body at /aws that is not signed",
    "a body that is dropped",
    "headers",
    "long headers",
    "nothing",
    "an answer that nobody reads",
    "a file that nobody reads",
)


@pytest.mark.parametrize("kind", some_of(KINDS, 0, 3, 8, 10))
def test_others_are_answered_at_once(served: Served, kind: str) -> None:
    with most_memory(served) as most, stalled(served, CONNECTIONS, unfinished(served, kind)):
        # All of them have come so far.
        time.sleep(1)
        for path, seconds in seconds_of_others(served).items():
            assert seconds < SECONDS, path
        assert most() < MOST_MEGABYTES


@whole
def test_thousands_take_little_memory(tmp_path: Path) -> None:
    with (
        serve(tmp_path) as alone,
        most_memory(alone) as most,
        # Each of them is open, or waits to be.
        stalled(alone, 2500, unfinished(alone, "a long head and most of a body")),
    ):
        time.sleep(1)
        assert most() < MOST_MEGABYTES


def test_a_head_has_a_bound(served: Served) -> None:
    whole = head(served, "/sign-in/", "", "GET")
    with stalled(served, 1, whole + b"X: ".ljust(15_000, b"x") + b"\r\n\r\n") as (connection,):
        assert answered(connection).status == 200
    with stalled(served, 1, whole + b"X: ".ljust(17_000, b"x") + b"\r\n\r\n") as (connection,):
        assert answered(connection).status == 431


def test_a_body_that_stalls_is_answered_after_30_seconds(served: Served) -> None:
    began = time.monotonic()
    kinds = ("a short body", "chunks", "a body at /aws", "headers")
    opened = [stalled(served, 1, unfinished(served, kind)) for kind in kinds]
    connections = [each.__enter__()[0] for each in opened]
    try:
        answers = [answered(each) for each in connections[:3]]
        assert 29 < time.monotonic() - began < 50
        assert [each.status for each in answers] == [408] * 3
        assert all(each.closes for each in answers)
        assert "This request took too long to arrive, so nothing was done." in answers[0].body
        assert "RequestTimeoutException" in answers[2].body
        # A request without an end of its headers is none that could be answered.
        assert connections[3].recv(1000) in (b"", b"HTTP/1.1 408 Request Timeout\r\n")
    finally:
        for each in opened:
            each.__exit__(None, None, None)


def test_a_server_that_ends_waits_for_no_client_that_stalls(tmp_path: Path) -> None:
    kinds = ("a short body", "chunks", "a body at /aws", "headers", "nothing", "a file that nobody reads")
    with serve(tmp_path) as ending, ExitStack() as opened:
        for kind in kinds:
            opened.enter_context(stalled(ending, 5, unfinished(ending, kind)))
        # All of them have come so far.
        time.sleep(1)
        began = time.monotonic()
        ending.process.send_signal(signal.SIGINT)
        assert ending.process.wait(60) == 0
        assert time.monotonic() - began < 20
