"""Answers that are sent slowly, made while they are sent, or kept in files: console/server/http/answers.py."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.server.http import answers
from console.server.http.answers import Answer, ClientGone, TakenTooSlowly, in_file, send_answer
from console.server.http.environ import FileBody
from tests.server.loops import run
from tests.support.threads import NoThread

MEBIBYTE = 1024 * 1024


class Client:
    """Takes an answer, or stops to after so many pieces."""

    def __init__(self, most_pieces: int = 1_000_000) -> None:
        self.most_pieces = most_pieces
        self.pieces: list[bytes] = []
        self.is_complete = False
        self.is_gone = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.is_gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            return
        if len(self.pieces) >= self.most_pieces:
            await asyncio.sleep(3600)
        self.pieces.append(message["body"])
        self.is_complete = not message["more_body"]

    def take(self, body: Any) -> bytes:
        try:
            run(send_answer(self.receive, self.send, Answer(200, [], body), asyncio.Semaphore(8)))
        finally:
            if isinstance(body, FileBody):
                body.close()
        return b"".join(self.pieces)


def test_a_long_answer_is_kept_in_a_file_and_sent_in_pieces(tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096
    kept = in_file(Answer(200, [], content), tmp_path)
    assert isinstance(kept.body, FileBody)
    client = Client()
    assert client.take(kept.body) == content
    assert max(map(len, client.pieces)) <= 65536
    assert client.is_complete
    assert list(tmp_path.iterdir()) == []


def test_an_answer_whose_turn_to_be_made_does_not_come_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answers, "SECONDS_FOR_A_TURN", 0.1)
    client, messages = Client(), []

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    class Body:
        is_closed = False

        def __iter__(self) -> Iterator[bytes]:
            raise AssertionError

        def close(self) -> None:
            self.is_closed = True

    body = Body()
    run(send_answer(client.receive, send, Answer(200, [], body), asyncio.Semaphore(0)))
    assert [each.get("status") for each in messages] == [503, None]
    assert messages[1]["body"] == (
        b"The console is busy with other exports at the moment, so this one was not begun. Go back, and try again.\n"
    )
    assert body.is_closed


def test_an_answer_that_no_thread_can_make_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Body:
        is_closed = False

        def __iter__(self) -> Iterator[bytes]:
            raise AssertionError

        def close(self) -> None:
            self.is_closed = True

    body, statuses = Body(), list[int | None]()
    client = Client()

    async def send(message: dict[str, Any]) -> None:
        statuses.append(message.get("status"))

    async def ask() -> None:
        making = asyncio.Semaphore(1)
        with monkeypatch.context() as patched:
            patched.setattr(answers, "Thread", NoThread)
            await send_answer(client.receive, send, Answer(200, [], body), making)
        assert not making.locked()

    run(ask())
    assert statuses == [503, None]
    assert body.is_closed


def test_a_short_answer_stays_in_memory(tmp_path: Path) -> None:
    answer = Answer(200, [], b"x" * 1000)
    assert in_file(answer, tmp_path) is answer
    assert Client().take(answer.body) == b"x" * 1000


def test_an_answer_stays_in_memory_where_no_file_can_be_written(tmp_path: Path) -> None:
    answer = Answer(200, [], b"x" * MEBIBYTE)
    assert in_file(answer, tmp_path / "missing") is answer
    assert Client().take(answer.body) == b"x" * MEBIBYTE


@pytest.mark.parametrize("kind", ["bytes", "file", "made"])
def test_an_answer_that_is_taken_too_slowly_is_given_up(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SECONDS", 0.3)
    # What was taken before gives it hardly more time.
    monkeypatch.setattr(answers, "LEAST_RATE", 10 * MEBIBYTE)
    body: Any = b"x" * MEBIBYTE
    if kind == "file":
        body = in_file(Answer(200, [], body), tmp_path).body
    if kind == "made":
        body = (b"x" * 65536 for _ in range(16))
    client = Client(3)
    with pytest.raises(TakenTooSlowly):
        client.take(body)
    assert not client.is_complete


class Made:
    """An answer that is made piece by piece, in whichever thread asks for it."""

    def __init__(self, pieces: int, fails_at: int = -1) -> None:
        self.pieces, self.fails_at = pieces, fails_at
        self.threads: set[int] = set()
        self.closed_by: int | None = None
        self.is_closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for number in range(self.pieces):
            self.threads.add(threading.get_ident())
            if number == self.fails_at:
                raise ZeroDivisionError
            yield b"%d " % number

    def close(self) -> None:
        self.closed_by = threading.get_ident()
        self.is_closed.set()


def test_what_is_made_while_it_is_sent_is_made_and_closed_by_one_thread() -> None:
    made = Made(50)
    assert Client().take(made).split() == [b"%d" % number for number in range(50)]
    assert made.is_closed.wait(10)
    assert len(made.threads) == 1
    assert made.closed_by in made.threads
    assert threading.get_ident() not in made.threads


def test_what_fails_while_it_is_made_is_not_taken_for_a_whole_answer() -> None:
    client = Client()
    with pytest.raises(ZeroDivisionError):
        client.take(Made(50, fails_at=20))
    assert not client.is_complete


def test_the_thread_of_an_answer_that_is_given_up_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SECONDS", 0.2)
    made = Made(1_000_000)

    async def give_up() -> None:
        client = Client(2)
        with pytest.raises(TakenTooSlowly):
            await send_answer(client.receive, client.send, Answer(200, [], made), asyncio.Semaphore(8))
        await until_closed(made)

    run(give_up())


def test_nothing_more_is_made_for_a_client_that_is_gone() -> None:
    made = Made(1_000_000)

    async def leave() -> None:
        client = Client()
        asyncio.get_running_loop().call_later(0.2, client.is_gone.set)
        with pytest.raises(ClientGone):
            await send_answer(client.receive, client.send, Answer(200, [], made), asyncio.Semaphore(8))
        await until_closed(made)

    run(leave())


async def until_closed(made: Made) -> None:
    for _ in range(500):
        if made.closed_by:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("The thread goes on.")
