"""Bodies as they arrive: console/server/http/bodies.py and budget.py."""

import asyncio
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from console.server.http import bodies
from console.server.http.bodies import SMALL, Bodies, Body, Expected
from console.server.http.budget import Budget
from console.server.http.buffered import Bounds, Buffered
from console.server.http.refusals import BodyRefused
from tests.server.loops import run

LARGER = 1_000_000
# As much as is worked at together.
LONG = 1_048_576


async def larger() -> int:
    return LARGER


class Sender:
    """Sends pieces, the last of which says so if it `ends` well; then nothing more, or the end of the connection."""

    def __init__(self, *pieces: bytes, pause: float = 0.0, ends: str = "well") -> None:
        self.pieces, self.pause, self.ends = list(pieces), pause, ends

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(self.pause)
        if not self.pieces and self.ends == "early":
            return {"type": "http.disconnect"}
        if not self.pieces:
            await asyncio.sleep(3600)
        piece = self.pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces) or self.ends != "well"}


def received(sender: Sender, directory: Path, stated: int | None = None, bound: int = SMALL) -> Body:
    return run(Bodies(directory).receive(sender.receive, Expected(stated, bound, larger)))


def refusal(body: Body) -> int:
    with pytest.raises(BodyRefused) as refused:
        body.file.read()
    return int(refused.value.status)


def test_a_long_body_is_kept_in_a_file_without_a_name(tmp_path: Path) -> None:
    body = received(Sender(*[b"ab" * 20_000] * 20), tmp_path)
    assert body.length == 800_000
    assert body.file.read() == b"ab" * 400_000
    assert body.file.fileno()
    assert list(tmp_path.iterdir()) == []
    body.file.close()


def test_small_bodies_are_kept_in_files_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_IN_MEMORY", 1000)
    kept = Bodies(tmp_path)

    async def receive() -> Body:
        return await kept.receive(Sender(b"x" * 600).receive, Expected(600, SMALL, larger))

    first, second = run(receive()), run(receive())
    assert (kept.in_memory, hasattr(first.file, "getvalue"), hasattr(second.file, "getvalue")) == (600, True, False)
    assert first.file.read() == second.file.read() == b"x" * 600
    kept.release(first)
    kept.release(second)
    assert kept.in_memory == 0


def test_there_is_a_time_for_the_whole_and_more_for_what_has_arrived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 1.0)
    monkeypatch.setattr(bodies, "LEAST_RATE", 100_000)
    began = time.monotonic()
    # Each piece is in time, and all of them are not.
    assert refusal(received(Sender(*[b"x"] * 100, pause=0.05), tmp_path, 100)) == 408
    assert time.monotonic() - began < 4
    # 20,000 bytes give a fifth of a second.
    body = received(Sender(*[b"x" * 20_000] * 30, pause=0.05), tmp_path)
    assert body.length == 600_000
    body.file.close()


def test_a_disk_that_is_full_is_said(tmp_path: Path) -> None:
    assert refusal(received(Sender(*[b"x" * 50_000] * 3), tmp_path / "missing")) == 507


@pytest.mark.parametrize("stated", [100, None, 80_000])
def test_a_body_that_ends_early_is_never_taken_for_a_whole_one(tmp_path: Path, stated: int | None) -> None:
    body = received(Sender(b"x" * 50, ends="early"), tmp_path, stated)
    assert refusal(body) == 400


@pytest.mark.parametrize("bound", [SMALL, 2], ids=["kept", "dropped"])
def test_a_body_of_its_stated_length_is_whole_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: int
) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 1.0)

    async def no_more() -> int:
        return bound

    sender = Sender(b"ab", b"cde", ends="silently")
    body = run(Bodies(tmp_path).receive(sender.receive, Expected(5, bound, no_more)))
    if bound == SMALL:
        assert (body.file.read(), body.length) == (b"abcde", 5)
    else:
        assert refusal(body) == 413


def test_chunks_override_a_stated_length(tmp_path: Path) -> None:
    def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [environ["CONTENT_LENGTH"].encode(), b": ", environ["wsgi.input"].read()]

    sent = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = scope_of("/", (b"content-length", b"3"), (b"transfer-encoding", b"chunked"))
    application = Buffered(echo, Bounds(lambda _: SMALL, lambda _: SMALL), tmp_path, 1)
    run(application(scope, Sender(b"abc", b"defg").receive, send))
    assert sent[-1]["body"] == b"7: abcdefg"


@pytest.mark.parametrize("path", ["/healthz", "/sign-in/"])
def test_long_bodies_that_wait_for_their_turn_hold_up_no_other_request(tmp_path: Path, path: str) -> None:
    may_end, order = Event(), list[str]()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/long":
            may_end.wait(30)
        order.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return []

    async def send(message: dict[str, Any]) -> None:
        """Take the answer."""

    async def ask() -> None:
        application = Buffered(answer, Bounds(lambda _: LONG, lambda _: LONG), tmp_path, 3)
        length = (b"content-length", b"%d" % LONG)
        first, second = [
            asyncio.create_task(application(scope_of("/long", length), Sender(b"x" * LONG).receive, send))
            for _ in range(2)
        ]
        await asyncio.sleep(0.2)
        await asyncio.wait_for(application(scope_of(path), Sender().receive, send), 20)
        may_end.set()
        await asyncio.gather(first, second)

    run(ask())
    assert order == [path, "/long", "/long"]


def scope_of(path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    scope: dict[str, Any] = {"type": "http", "method": "POST", "raw_path": path.encode(), "query_string": b""}
    scope |= {"scheme": "http", "http_version": "1.1", "server": ("127.0.0.1", 80), "client": None}
    return scope | {"headers": list(headers)}


def test_a_body_that_nobody_reads_is_dropped(tmp_path: Path) -> None:
    body = received(Sender(*[b"x" * 50_000] * 30), tmp_path, bound=0)
    assert (body.file.read(), body.length, body.must_close) == (b"", 0, False)


def test_turns_are_taken_in_order_and_given_up_in_time() -> None:
    async def take_turns() -> list[str]:
        budget, order = Budget(10), list[str]()

        async def work(name: str, number: int, seconds: float = 5) -> None:
            if not await budget.take(number, seconds):
                order.append(f"{name} gave up")
                return
            order.append(name)
            await asyncio.sleep(0.1)
            budget.give_back(number)

        await asyncio.gather(
            work("first", 6), work("all", 1000), work("small", 1), work("impatient", 10, 0.02), work("last", 4)
        )
        assert await budget.take(10, 0.1)
        return order

    assert run(take_turns()) == ["first", "impatient gave up", "all", "small", "last"]
