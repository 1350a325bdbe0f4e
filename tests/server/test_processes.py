"""Processes of a server that are killed: others take their place, however often that happens."""

import errno
import os
import signal
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any, override

import pytest
from granian.server.mp import WorkerProcess

from console.server.processes import Processes
from tests.server.sockets import web_processes
from tests.serving.test_serving_jobs import workers
from tests.support.numbers import whole
from tests.support.served import (
    MANAGE,
    Served,
    clean_variables,
    free_port,
    prepare,
    serve,
    start,
    starting,
    wait_until_healthy,
)

SECONDS = 60


def until(look: Callable[[], object]) -> None:
    """Return when something is true; fail if it is not in time."""
    deadline = time.monotonic() + SECONDS
    while not look():
        assert time.monotonic() < deadline, "It has not come about."
        time.sleep(0.02)


def kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def is_answered(served: Served) -> bool:
    try:
        with urllib.request.urlopen(f"{served.url}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def new_process(served: Served, killed: set[int]) -> int:
    """Return a process that answers requests, or will, and was not killed before."""
    until(lambda: set(web_processes(served)) - killed)
    return (set(web_processes(served)) - killed).pop()


def test_goes_on_when_its_processes_are_killed_again_and_again(tmp_path: Path) -> None:
    with serve(tmp_path, PYTHON_CPU_COUNT="default") as served:
        killed: set[int] = set()
        for _ in range(4):
            each = new_process(served, killed)
            kill(each)
            killed.add(each)
        for each in web_processes(served):
            kill(each)
        until(lambda: is_answered(served))
        assert served.process.poll() is None
        began = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(30) == 0
        assert time.monotonic() - began < 15
    assert "Traceback" not in served.log.read_text()


@whole
def test_goes_on_when_its_processes_are_killed_while_they_start(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, PYTHON_CPU_COUNT="default")
    prepare(tmp_path, variables)
    served = start(tmp_path / "serve.log", free_port(), variables)
    try:
        killed: set[int] = set()
        for _ in range(3):
            each = new_process(served, killed)
            kill(each)
            killed.add(each)
        wait_until_healthy(served)
    finally:
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(30) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_in_a_pause_before_a_process_is_begun_anew(tmp_path: Path, number: signal.Signals) -> None:
    with serve(tmp_path, PYTHON_CPU_COUNT="default") as served:
        killed: set[int] = set()
        # The next pause is of two seconds.
        for _ in range(3):
            each = new_process(served, killed)
            kill(each)
            killed.add(each)
        served.process.send_signal(number)
        assert served.process.wait(30) == 0


# A server whose thread tells that a process has ended only when the server ends, as it may be on a busy machine.
LATE_TO_TELL = """
import logging, runpy, sys, threading, time, traceback

def is_ending():
    frames = traceback.walk_stack(sys._current_frames()[threading.main_thread().ident])
    return any(frame.f_code.co_name == "shutdown" for frame, _line in frames)

def late(record):
    if record.getMessage().startswith("Unexpected exit from"):
        print("Late", flush=True)
        while not is_ending():
            time.sleep(0.001)
    return True

logging.getLogger("_granian").addFilter(late)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@whole
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_has_ended_just_before_the_server_is_no_failure(tmp_path: Path, number: signal.Signals) -> None:
    variables = clean_variables(tmp_path, PYTHON_CPU_COUNT="default")
    prepare(tmp_path, variables)
    with starting(tmp_path / "serve.log", free_port(), variables, program=("-c", LATE_TO_TELL, MANAGE)) as served:
        wait_until_healthy(served)
        kill(web_processes(served)[0])
        until(lambda: "Late" in served.log.read_text())
        served.process.send_signal(number)
        assert served.process.wait(30) == 0


class Process(WorkerProcess):
    """A process that begins as a test says, and is none."""

    def __init__(self, server: Processes, begin: Callable[[], None]) -> None:
        self.begin = begin
        super().__init__(server, 0, None, None)  # type: ignore[no-untyped-call]  # It has no types.

    @override
    def _spawn(self, target: Any, args: Any) -> None:
        self.inner = Thread(target=lambda: None)
        self.inner.start()
        self.inner.pid = None

    @override
    def start(self) -> None:
        self.begin()


def test_a_process_that_cannot_be_begun_is_tried_again_after_longer_and_longer_pauses(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server, pauses = Processes("none:none", workers=2), list[float]()
    refusals: list[Exception] = [
        BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),
        OSError(errno.EMFILE, "Too many open files"),
        RuntimeError("can't start new thread"),
    ]

    def start() -> None:
        if refusals:
            raise refusals.pop(0)
        server.interrupt_signal = True

    lasting, stays = Process(server, start), Process(server, start)
    lasting.birth -= 60
    server.wrks = [lasting, stays]
    monkeypatch.setattr(server, "_spawn_worker", lambda **_arguments: Process(server, start))
    monkeypatch.setattr(server, "_wait", pauses.append)
    server.interrupt_children.append(0)
    server.main_loop_interrupt.set()
    server._serve_loop(None, None)
    assert pauses == [0.0, 0.5, 1.0, 2.0]
    assert server.wrks[0] is not lasting
    assert server.wrks[1] is stays
    assert caplog.text.count("cannot be begun") == 3


def test_a_server_whose_processes_cannot_all_be_begun_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    server, stopped = Processes("none:none", workers=2), list[WorkerProcess]()

    def start() -> None:
        if server.wrks:
            raise OSError(errno.EMFILE, "Too many open files")

    def stop() -> None:
        stopped.extend(server.wrks)

    monkeypatch.setattr(server, "_spawn_worker", lambda **_arguments: Process(server, start))
    monkeypatch.setattr(server, "_stop_workers", stop)
    with pytest.raises(OSError, match="Too many open files"):
        server._spawn_workers(None, None)
    assert len(stopped) == 1


def test_goes_on_when_the_worker_is_killed_again_and_again(tmp_path: Path) -> None:
    with serve(tmp_path, PYTHON_CPU_COUNT="default") as served:
        killed: set[int] = set()

        def fresh() -> set[int]:
            return set(workers(served.process.pid)) - killed

        for _ in range(3):
            until(fresh)
            for each in fresh():
                kill(each)
                killed.add(each)
        until(fresh)
        assert is_answered(served)
