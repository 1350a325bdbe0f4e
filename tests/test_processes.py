"""The tests that start processes are found by their code, and no other test can start one."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest

from console.server.supervisor import kept_running
from tests.support.processes import StartsProcess, no_processes, reaches_process
from tests.support.served import Served, manage, serve

SAID = "`make test` starts no processes, and this test was about to"


def runs_a_command() -> None:
    subprocess.run(["true"], check=True)


def calls_a_helper() -> str:
    return manage("check", variables={})


def forks() -> int:
    return os.fork()


class Person:
    def leave(self) -> None:
        runs_a_command()


COMMANDS = {"a command": runs_a_command}


def runs_what_a_table_has(name: str) -> None:
    COMMANDS[name]()


def has_an_object_that_does() -> Person:
    return Person()


def does_so_inside() -> None:
    def run() -> None:
        runs_a_command()

    run()


@cache
def does_so_once() -> None:
    runs_a_command()


def has_a_server(served: Served) -> str:
    return served.url


def reads_a_file() -> str:
    with open(os.devnull) as file:
        return file.read()


@pytest.mark.parametrize(
    "function",
    [
        runs_a_command,
        calls_a_helper,
        forks,
        runs_what_a_table_has,
        has_an_object_that_does,
        does_so_inside,
        does_so_once,
        serve,
    ],
)
def test_code_that_starts_a_process_is_found(function: Callable[..., object]) -> None:
    assert reaches_process(function)


@pytest.mark.parametrize("function", [has_a_server, reads_a_file])
def test_other_code_is_not(function: Callable[..., object]) -> None:
    assert not reaches_process(function)


def test_a_test_with_a_server_is_marked_and_may_start_more(served: Served, request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("served")
    assert subprocess.run([sys.executable, "-c", ""]).returncode == 0


def test_a_process_that_the_console_starts_fails_a_test_that_is_not_marked(request: pytest.FixtureRequest) -> None:
    assert not request.node.get_closest_marker("served")
    with pytest.raises(StartsProcess, match=SAID), kept_running([sys.executable, "-c", ""]):
        pass


@pytest.mark.parametrize(
    "start", [runs_a_command, forks, lambda: os.system("true"), lambda: os.execv("/bin/true", ["true"])]
)
def test_no_way_to_start_a_process_is_open(start: Callable[[], object]) -> None:
    with no_processes(), pytest.raises(StartsProcess, match=SAID):
        start()
