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
from console.storage.database_trouble import database_trouble
from tests.server.loops import run
from tests.support.open_files import no_more_files
from tests.support.threads import NoThread

LARGER = 1_000_000
# As much as is worked at together.
LONG = 1_048_576


async def larger() -> int:
    return LARGER


def no_question(_environ: dict[str, Any]) -> int:
    raise AssertionError("The database was asked.")


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


def test_too_many_open_files_are_no_full_disk(tmp_path: Path) -> None:
    async def receive() -> Body:
        sender = Sender(*[b"x" * 50_000] * 3)
        with no_more_files():
            return await Bodies(tmp_path).receive(sender.receive, Expected(None, SMALL, larger))

    body = run(receive())
    with pytest.raises(BodyRefused) as refused:
        body.file.read()
    assert refused.value.status == 503
    found = database_trouble(refused.value.__cause__)
    assert found is not None
    assert found.sentence == "The console has as many files and connections open as its machine allows."


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
    application = Buffered(echo, Bounds(lambda _: SMALL, lambda _: SMALL, no_question), tmp_path, 1)
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
        application = Buffered(answer, Bounds(lambda _: LONG, lambda _: LONG, no_question), tmp_path, 3)
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


class Reading:
    """An application that reads the body of its requests, and the status and the cause of what it was refused with."""

    def __init__(self) -> None:
        self.lengths, self.refusals = list[int](), list[tuple[int, BaseException | None]]()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            self.lengths.append(len(environ["wsgi.input"].read()))
        except BodyRefused as refused:
            self.refusals.append((refused.status, refused.__cause__))
        start_response("200 OK", [])
        return []


def long_scope() -> dict[str, Any]:
    return scope_of("/long", (b"content-length", b"%d" % LARGER))


async def take(_message: dict[str, Any]) -> None:
    """Take a part of an answer."""


def test_a_sender_who_cannot_be_looked_up_is_told_why(tmp_path: Path) -> None:
    error = ValueError("away")

    def asked(_environ: dict[str, Any]) -> int:
        raise error

    reading = Reading()
    sender = Sender(*[b"x" * 50_000] * 20)
    run(
        Buffered(reading, Bounds(lambda _: SMALL, lambda _: None, asked), tmp_path, 1)(
            long_scope(), sender.receive, take
        )
    )
    assert reading.refusals == [(503, error)]
    # Many clients read an answer only when they have sent everything.
    assert sender.pieces == []


def test_whom_the_console_knows_waits_for_no_stranger(tmp_path: Path) -> None:
    """A number of strangers are looked up, and those beyond it are refused at once."""
    may_answer, reading = Event(), Reading()

    def asked(_environ: dict[str, Any]) -> int:
        may_answer.wait(30)
        return LARGER

    def most(environ: dict[str, Any]) -> int | None:
        return LARGER if environ["PATH_INFO"] == "/known" else None

    application = Buffered(reading, Bounds(lambda _: SMALL, most, asked), tmp_path, 1)

    async def ask() -> None:
        strangers = [
            asyncio.create_task(application(long_scope(), Sender(b"x" * LARGER).receive, take)) for _ in range(10)
        ]
        await asyncio.sleep(0.1)
        known = {**long_scope(), "raw_path": b"/known"}
        await asyncio.wait_for(application(known, Sender(b"x" * LARGER).receive, take), 20)
        assert (reading.lengths, reading.refusals) == ([LARGER], [])
        answered = []

        async def send(message: dict[str, Any]) -> None:
            answered.append(message)

        await asyncio.wait_for(application(long_scope(), Sender(b"x" * LARGER).receive, send), 20)
        assert (answered[0]["status"], (b"connection", b"close") in answered[0]["headers"]) == (503, True)
        assert b"busy with other long requests" in answered[1]["body"]
        # No thread was taken for it.
        assert reading.refusals == []
        may_answer.set()
        await asyncio.gather(*strangers)

    run(ask())
    assert reading.lengths == [LARGER] * 11


def test_a_request_without_a_thread_is_refused_and_the_next_one_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []

    async def send(message: dict[str, Any]) -> None:
        answers.append(message.get("status"))

    reading = Reading()
    application = Buffered(reading, Bounds(lambda _: SMALL, lambda _: None, lambda _: LARGER), tmp_path, 1)

    def ask(scope: dict[str, Any], body: bytes) -> None:
        run(asyncio.wait_for(application(scope, Sender(body).receive, send), 20))

    with monkeypatch.context() as patched:
        patched.setattr("console.server.http.threads.Thread", NoThread)
        ask(scope_of("/short"), b"")
        ask(scope_of("/healthz"), b"")
    ask(scope_of("/healthz"), b"")
    with monkeypatch.context() as patched:
        patched.setattr("console.server.http.threads.Thread", NoThread)
        ask(long_scope(), b"x" * LARGER)
    ask(long_scope(), b"x" * LARGER)
    assert [each for each in answers if each] == [503, 503, 200, 503, 200]
    assert reading.lengths == [0, LARGER]


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
