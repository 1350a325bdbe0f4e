"""Processes of a server that are killed: others take their place, however often that happens."""

import os
import signal
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.server.sockets import web_processes
from tests.serving.test_serving_jobs import workers
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
    with serve(tmp_path) as served:
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


def test_goes_on_when_its_processes_are_killed_while_they_start(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
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
def test_ends_at_once_in_a_pause_before_a_process_is_begun_anew(tmp_path: Path, number: signal.Signals) -> None:
    with serve(tmp_path) as served:
        killed: set[int] = set()
        # The next pause is of two seconds.
        for _ in range(3):
            each = new_process(served, killed)
            kill(each)
            killed.add(each)
        began = time.monotonic()
        served.process.send_signal(number)
        assert served.process.wait(30) == 0
        assert time.monotonic() - began < 15


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_has_ended_just_before_the_server_is_no_failure(tmp_path: Path, number: signal.Signals) -> None:
    variables = clean_variables(tmp_path)
    prepare(tmp_path, variables)
    with starting(tmp_path / "serve.log", free_port(), variables, program=("-c", LATE_TO_TELL, MANAGE)) as served:
        wait_until_healthy(served)
        kill(web_processes(served)[0])
        until(lambda: "Late" in served.log.read_text())
        served.process.send_signal(number)
        assert served.process.wait(30) == 0


def test_goes_on_when_the_worker_is_killed_again_and_again(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
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
