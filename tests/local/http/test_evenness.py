"""Requests among the processes of a server: console/local/http/evenness.py, with processes of their own."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from console.local.http.endpoints import http_door
from console.local.http.evenness import MOST_PROCESSES, Evenness
from tests.local.wsgi import connections_kept

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Takes part with so many requests under way, says so, and ends when its input does.
OTHER = """
import sys
from contextlib import ExitStack
from pathlib import Path
from console.local.http import evenness

evenness.SECONDS_BETWEEN_LOOKS = 0
evenness.SECONDS_UNTIL_IDLE = 60
evenness = evenness.Evenness(Path(sys.argv[1]))
with ExitStack() as under_way:
    for _ in range(int(sys.argv[2])):
        under_way.enter_context(evenness.one_more())
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write and look at each request."""
    monkeypatch.setattr("console.local.http.evenness.SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr("console.local.http.evenness.SECONDS_UNTIL_IDLE", 60)


@contextmanager
def other_process(path: Path, requests: int) -> Iterator["subprocess.Popen[str]"]:
    """Begin another process of the server with so many requests under way, and end it with the context."""
    command = [sys.executable, "-c", OTHER, str(path), str(requests)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def is_uneven(evenness: Evenness, requests: int) -> bool:
    with ExitStack() as under_way:
        for _ in range(requests):
            under_way.enter_context(evenness.one_more())
        return evenness.is_uneven()


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (1, 0, False),
        (2, 0, True),
        (4, 4, False),
        (5, 4, False),
        (5, 3, True),
        (6, 4, True),
        (7, 5, False),
        (3, 5, False),
        (54, 46, False),
        (60, 40, True),
    ],
)
def test_is_uneven_with_two_more_and_half_as_many_again(tmp_path: Path, own: int, others: int, expected: bool) -> None:
    evenness = Evenness(tmp_path / "under-way")
    with other_process(tmp_path / "under-way", others):
        assert is_uneven(evenness, own) is expected


def test_a_process_that_has_written_nothing_for_a_while_is_idle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evenness = Evenness(tmp_path / "under-way")
    with other_process(tmp_path / "under-way", 4):
        assert not is_uneven(evenness, 4)
        monkeypatch.setattr("console.local.http.evenness.SECONDS_UNTIL_IDLE", 0)
        assert is_uneven(evenness, 4)


def test_the_most_at_once_counts_not_the_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evenness = Evenness(tmp_path / "under-way")
    with other_process(tmp_path / "under-way", 0):
        monkeypatch.setattr("console.local.http.evenness.SECONDS_BETWEEN_LOOKS", 60)
        evenness._next_write = 0.0
        assert not is_uneven(evenness, 1)
        assert not is_uneven(evenness, 8)
        evenness._next_write = evenness._next_look = 0.0
        assert is_uneven(evenness, 1)


def test_one_process_alone_has_nobody_to_give_to(tmp_path: Path) -> None:
    assert not is_uneven(Evenness(tmp_path / "under-way"), 8)


def test_a_process_that_was_killed_counts_no_more(tmp_path: Path) -> None:
    path = tmp_path / "under-way"
    evenness = Evenness(path)
    with other_process(path, 1) as killed:
        assert is_uneven(evenness, 8)
        killed.kill()
        killed.wait()
        assert not is_uneven(evenness, 8)
    with other_process(path, 0):
        assert is_uneven(evenness, 8)


def test_a_request_that_failed_is_not_under_way_any_more(tmp_path: Path) -> None:
    evenness = Evenness(tmp_path / "under-way")
    with other_process(tmp_path / "under-way", 0):
        for _ in range(3):
            with pytest.raises(ZeroDivisionError), evenness.one_more():
                _ = 1 / 0
        assert not is_uneven(evenness, 1)


def test_more_processes_than_are_counted_take_no_part(tmp_path: Path) -> None:
    path = tmp_path / "under-way"
    with ExitStack() as others:
        for _ in range(MOST_PROCESSES):
            others.enter_context(other_process(path, 0))
        assert not is_uneven(Evenness(path), 8)


class Sending:
    """The body of a request, of one byte, during which something else is done."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.meanwhile = meanwhile

    def read(self, _size: int) -> bytes:
        self.meanwhile()
        return b"{"


def connection_header(
    door: "WSGIApplication", protocol: str, meanwhile: Callable[[], object] = lambda: None
) -> str | None:
    """Ask the HTTP door for what it does not have, and return the header Connection of its answer."""
    started: list[Any] = []
    environ = {**RequestFactory().get("/aws/nothing").environ, "SERVER_PROTOCOL": protocol}
    environ |= {"HTTP_HOST": "localhost", "CONTENT_LENGTH": "1", "wsgi.input": Sending(meanwhile)}
    b"".join(door(environ, lambda *answer: started.append(answer)))  # type: ignore[arg-type]  # write() is of no use here.
    ((_status, headers),) = started
    return Headers(headers)["Connection"]


def test_clients_are_told_to_connect_anew_while_it_is_uneven(tmp_path: Path, settings: LazySettings) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    door = http_door(lambda _environ, _start: [])
    found: list[str | None] = []

    def while_one_is_under_way() -> None:
        found.extend(connection_header(door, protocol) for protocol in ("HTTP/1.1", "HTTP/2"))

    with connections_kept(), other_process(tmp_path / "requests-under-way", 0):
        assert connection_header(door, "HTTP/1.1") is None
        # Two were under way at once.
        assert connection_header(door, "HTTP/1.1", while_one_is_under_way) == "close"
    assert found == ["close", None]


def test_a_process_takes_part_as_soon_as_the_file_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.local.http.evenness.SECONDS_TO_NEXT_TRY", 0)
    path = tmp_path / "not-there-yet" / "under-way"
    evenness = Evenness(path)
    assert not is_uneven(evenness, 8)
    path.parent.mkdir()
    with other_process(path, 0):
        assert is_uneven(evenness, 8)
