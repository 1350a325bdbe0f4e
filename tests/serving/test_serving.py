"""What `make run` starts: `manage.py prepare_demo`, then `manage.py serve`."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.numbers import some_of
from tests.support.served import (
    MANAGE,
    Served,
    clean_variables,
    free_port,
    manage,
    prepare,
    serve,
    starting,
    wait_until_healthy,
)


def test_a_second_start_keeps_all_data_and_makes_no_demo_again(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    prepare(tmp_path, variables)
    assert manage("prepare_demo", "--empty", variables=variables) == ""


def test_the_demo_is_restored_and_created_where_there_is_none(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    made = (
        "Created the demo accounts viewer, operator and administrator.\nCreated the demo data of the local service.\n"
    )
    unchanged = "The demo data was reset. Nothing had changed.\n"
    assert manage("reset_demo", "--empty", variables=variables) == made + unchanged
    assert manage("reset_demo", "--empty", variables=variables) == unchanged
    assert manage("prepare_demo", variables=variables) == ""


def test_serves_on_loopback_until_interrupted(tmp_path: Path) -> None:
    with serve(tmp_path) as served:
        with urllib.request.urlopen(f"{served.url}/healthz") as answer:
            assert answer.read() == b"ok\n"
        printed = served.log.read_text()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(30) == 0
    assert printed == f"Serving on {served.url}/ (Ctrl-C stops it)\n"
    assert "Traceback" not in served.log.read_text()


def wait_for_work(served: Served, seconds: float) -> None:
    """Return when a server has had so much of a processor, which says how far it is, or when it serves."""
    ticks = os.sysconf("SC_CLK_TCK")
    while served.process.poll() is None and "Serving on" not in served.log.read_text():
        # User and system time: proc_pid_stat(5).
        user, system = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        if (int(user) + int(system)) / ticks >= seconds:
            return
        time.sleep(0.01)


@pytest.mark.parametrize("seconds", some_of([0.1, 0.3, 0.5, 0.7, 0.9], 1, 3))
def test_ends_quietly_at_ctrl_c_while_it_starts(tmp_path: Path, seconds: float) -> None:
    variables = clean_variables(tmp_path)
    prepare(tmp_path, variables)
    with starting(tmp_path / "serve.log", free_port(), variables) as served:
        wait_for_work(served, seconds)
        served.process.send_signal(signal.SIGINT)
        # Before Python hears of signals, the signal itself ends the process.
        assert served.process.wait(30) in (0, 128 + signal.SIGINT, -signal.SIGINT)
    assert "Traceback" not in served.log.read_text()


@pytest.mark.parametrize("attempt", some_of(range(3), 0))
def test_ends_at_ctrl_c_which_reaches_all_its_processes(tmp_path: Path, attempt: int) -> None:
    variables = clean_variables(tmp_path)
    prepare(tmp_path, variables)
    with starting(tmp_path / "serve.log", free_port(), variables, in_own_group=True) as served:
        wait_until_healthy(served)
        # All of its processes answer by now, and none has the handlers that it began with.
        time.sleep(0.5)
        os.killpg(served.process.pid, signal.SIGINT)
        assert served.process.wait(30) == 0


@contextmanager
def at_hangup(action: signal.Handlers) -> Iterator[None]:
    """Let what is started now have this for SIGHUP, whatever the tests themselves were started with."""
    before = signal.signal(signal.SIGHUP, action)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def test_ends_with_its_terminal(tmp_path: Path) -> None:
    with at_hangup(signal.SIG_DFL), serve(tmp_path) as served:
        served.process.send_signal(signal.SIGHUP)
        assert served.process.wait(30) == 0


def test_outlives_its_terminal_where_it_is_told_to(tmp_path: Path) -> None:
    with at_hangup(signal.SIG_IGN), serve(tmp_path) as served:
        served.process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            served.process.wait(2)
        with urllib.request.urlopen(f"{served.url}/healthz") as answer:
            assert answer.status == 200


def test_a_server_that_was_killed_leaves_its_port_to_the_next(tmp_path: Path) -> None:
    variables, port = clean_variables(tmp_path), free_port()
    prepare(tmp_path, variables)
    with starting(tmp_path / "first.log", port, variables, in_own_group=True) as killed:
        wait_until_healthy(killed)
        killed.process.kill()
        killed.process.wait()
        wait_until_free(port)
        with starting(tmp_path / "second.log", port, variables) as served:
            wait_until_healthy(served)
            served.process.send_signal(signal.SIGINT)
            assert served.process.wait(30) == 0


def wait_until_free(port: int) -> None:
    """Return when nothing listens on a port of this machine any more."""
    deadline = time.monotonic() + 10
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        assert time.monotonic() < deadline, "Something listens on the port still."
        time.sleep(0.05)


def refusal(*arguments: str, data: Path, **variables: str) -> str:
    """Run a management command that must fail, and return the sentence that it fails with."""
    command = [sys.executable, MANAGE, *arguments]
    done = subprocess.run(command, env=clean_variables(data, **variables), capture_output=True, text=True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("port", some_of(["taken", "0", "70000", "abc", "-1"], 0, 2))
def test_says_that_a_port_cannot_be_had(tmp_path: Path, port: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        wanted = str(taken.getsockname()[1]) if port == "taken" else port
        said = refusal("serve", f"--port={wanted}", data=tmp_path)
    assert "cannot be used" in said or "must be a number from 1 to 65535" in said


def test_a_secret_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    manage("check", variables=clean_variables(tmp_path))
    secret = tmp_path / "secret-key"
    first = secret.read_text()
    manage("check", variables=clean_variables(tmp_path))
    assert len(first) > 50
    assert secret.read_text() == first
    assert os.stat(secret).st_mode & 0o777 == 0o600


def test_says_that_a_file_of_environments_cannot_be_used(tmp_path: Path) -> None:
    said = refusal("prepare_demo", data=tmp_path, CONSOLE_ENVIRONMENTS=str(tmp_path / "missing.toml"))
    assert "console.E001" in said
    assert "missing.toml cannot be read: No such file or directory." in said


@pytest.mark.parametrize("kind", some_of(["not a directory", "no database", "no secret", "blanks", "bytes"], 0, 1, 2))
def test_says_that_a_data_directory_cannot_be_used(tmp_path: Path, kind: str) -> None:
    if kind == "not a directory":
        (tmp_path / "data").write_text("")
    else:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "console.sqlite3").write_text("not a database, but long enough to be read as one" * 100)
    secrets = {"no secret": b"", "blanks": b" " * 60 + b"\n", "bytes": b"\xff\xfe\x00" * 40}
    if kind in secrets:
        (tmp_path / "data" / "secret-key").write_bytes(secrets[kind])
    said = refusal("prepare_demo", data=tmp_path / "data")
    assert "cannot be used (" in said or "has no secret of 50 characters or more. Delete it" in said


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    some_of(
        [
            ("CONSOLE_LOCAL_CREATE_SECONDS", "soon", "a number from 0 to 86400; found soon."),
            ("CONSOLE_LOCAL_CREATE_SECONDS", "-1", "a number from 0 to 86400; found -1."),
            ("CONSOLE_LOCAL_CREATE_SECONDS", "1e300", "a number from 0 to 86400; found 1e300."),
            ("CONSOLE_LOCAL_PUT_RATE", "nan", "a number from 0 to 1000000; found nan."),
            ("CONSOLE_LOCAL_PUT_RATE", "2.5", "a whole number; found 2.5."),
            ("CONSOLE_LOCAL_MOST_DATASET_GROUPS", "inf", "a number from 0 to 1000000; found inf."),
        ],
        0,
        -2,
    ),
)
def test_says_that_a_setting_is_no_number(tmp_path: Path, name: str, value: str, expected: str) -> None:
    assert refusal("check", data=tmp_path, **{name: value}) == f"{name}: expected {expected}\n"


def test_local_records_says_that_there_is_no_data_yet(tmp_path: Path) -> None:
    assert "start it once with make run" in refusal("local_records", "arn", data=tmp_path)


def test_what_was_answered_is_on_the_disk_whatever_happens_to_the_machine(tmp_path: Path) -> None:
    code = "from django.db import connection as c; k = c.cursor(); print([k.execute(f'PRAGMA {p}').fetchone()[0] for p in ('journal_mode', 'synchronous')])"
    # 2 is FULL: SQLite waits for the disk at the end of each transaction.
    assert "['wal', 2]" in manage("shell", "--no-imports", "-c", code, variables=clean_variables(tmp_path))


def test_idle_connections_do_not_hold_up_others(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port))) for _ in range(200)]
    with urllib.request.urlopen(f"{served.url}/healthz", timeout=5) as answer:
        assert answer.status == 200
    for connection in idle:
        connection.close()
