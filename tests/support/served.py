"""A console in a process of its own, as `make run` starts it: the counterpart of browsers and AWS clients."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.output.logs import TRACEBACK
from tests.support.made_once import made_once
from tests.support.numbers import PROCESSES
from tests.support.postgresql_templates import PREPARED, copy_template
from tests.support.small_disk import inside
from tests.support.stored_records import stored_records

ROOT = Path(__file__).resolve().parent.parent.parent
MANAGE = str(ROOT / "manage.py")
SECONDS_TO_START = 60
DATABASE = "console.sqlite3"
# The static files that a server collects, and its mark that they are as they should be.
STATIC, STATIC_MARK = "static", "static-files-collected"
# Where they are collected for the tests: once, until they change.
COLLECTED = ROOT / "var" / "tests"


@dataclass(frozen=True)
class Served:
    """A running console: its address, its environment variables, what it prints, and whether it leads a group."""

    url: str
    variables: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes]"
    in_own_group: bool = False

    @property
    def endpoint(self) -> str:
        """The address of the HTTP endpoint."""
        return f"{self.url}/aws"

    def local_records(self, dataset_arn: str) -> list[dict[str, Any]]:
        """Return what `manage.py local_records` prints, which is read without it: to start takes a command a second."""
        if "DATABASE_URL" in self.variables:
            printed = manage("local_records", dataset_arn, variables=self.variables)
            return [json.loads(line) for line in printed.splitlines()]
        return stored_records(Path(self.variables["CONSOLE_DATA_DIR"]) / DATABASE, dataset_arn)


# All that this process has started, whose logs are searched in the end: see tests/support/secrecy.py.
started: list[Served] = []


def clean_variables(data: Path, **variables: str) -> dict[str, str]:
    """Return environment variables without what the machine's may say of AWS or of the console."""
    own = ("AWS_", "CONSOLE_", "DATABASE_URL", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    own_of_tests = {"AWS_EC2_METADATA_DISABLED": "true", "PYTHON_CPU_COUNT": PROCESSES}
    return {**kept, **own_of_tests, "CONSOLE_DATA_DIR": str(data), **variables}


def manage(*arguments: str, variables: dict[str, str]) -> str:
    """Run a management command, and return what it prints."""
    command = [*inside(variables["CONSOLE_DATA_DIR"], *arguments), sys.executable, MANAGE, *arguments]
    return subprocess.run(command, env=variables, check=True, capture_output=True, text=True).stdout


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def prepare(data: Path, variables: dict[str, str]) -> None:
    """Put what `manage.py prepare_demo` makes into a data directory, if it is not there; it is made once for all."""
    if "DATABASE_URL" in variables:
        copy_template(PREPARED, variables["DATABASE_URL"])
    elif not (data / DATABASE).exists():
        shutil.copy(made_once("prepared", _prepare) / DATABASE, data)


def _copy_static_files(data: Path) -> None:
    """Put the static files into a data directory, if they are not there: a server takes seconds to make them."""
    if not (data / STATIC_MARK).exists():
        made_once("static-files", _collect_static_files)
        shutil.copytree(COLLECTED / STATIC, data / STATIC, copy_function=_link, dirs_exist_ok=True)
        shutil.copy(COLLECTED / STATIC_MARK, data)


def _link(source: str, target: str) -> None:
    """Give a file that is only read another name, or copy it to another disk: there are hundreds for each server."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _collect_static_files(_made: Path) -> None:
    # Not into the directory of this run: they stay until they change.
    subprocess.run(
        [sys.executable, "-c", "import console.config.wsgi"], cwd=ROOT, env=clean_variables(COLLECTED), check=True
    )


def _prepare(data: Path) -> None:
    # Without what makes the demo alive: tests count what they send.
    said = manage("prepare_demo", "--empty", variables=clean_variables(data))
    assert "demo data" in said, said


def migrate(data: Path) -> None:
    """Put an empty database of today's version into a data directory; it is made once for all."""
    shutil.copy(made_once("empty", _migrate) / DATABASE, data)


def _migrate(data: Path) -> None:
    manage("migrate", "--verbosity=0", variables=clean_variables(data))


@contextmanager
def serve(data: Path, **variables: str) -> Iterator[Served]:
    """Serve a console with demo data from a data directory of its own, and end it as Ctrl-C does.

    `variables` are environment variables: with DATABASE_URL, its database is a PostgreSQL; see tests/support/postgresql.py.
    Fail in the end if it logged an exception: a page of status 500 does not say where it was raised.
    """
    with serve_with_defects(data, **variables) as served:
        yield served
    _before, marker, exception = served.log.read_text(errors="replace").partition(TRACEBACK)
    assert not marker, f"The console at {served.url} logged: {exception[:4000]}"


@contextmanager
def serve_with_defects(data: Path, **variables: str) -> Iterator[Served]:
    """Serve a console as `serve` does that is to log exceptions."""
    all_variables = clean_variables(data, **variables)
    prepare(data, all_variables)
    with starting(data / "serve.log", free_port(), all_variables) as served:
        wait_until_healthy(served)
        yield served
        served.process.send_signal(signal.SIGINT)
        served.process.wait(30)


@contextmanager
def starting(
    log: Path, port: int, variables: dict[str, str], *, in_own_group: bool = False, program: Sequence[str] = (MANAGE,)
) -> Iterator[Served]:
    """Start a server as `start` does, and let nothing of it run on after the block, which ends it in its own way."""
    served = start(log, port, variables, in_own_group=in_own_group, program=program)
    try:
        yield served
    finally:
        kill(served)


def start(
    log: Path, port: int, variables: dict[str, str], *, in_own_group: bool = False, program: Sequence[str] = (MANAGE,)
) -> Served:
    """Start a server whose data are prepared; in a process group of its own, all its processes can be killed.

    `program` is what Python runs with the arguments of manage.py.
    """
    _copy_static_files(Path(variables["CONSOLE_DATA_DIR"]))
    with log.open("ab") as output:
        within = inside(variables["CONSOLE_DATA_DIR"])
        command = [*within, sys.executable, *program, "serve", "--port", str(port)]
        process = subprocess.Popen(
            command, env=variables, stdout=output, stderr=subprocess.STDOUT, start_new_session=in_own_group
        )
    started.append(Served(f"http://127.0.0.1:{port}", variables, log, process, in_own_group))
    return started[-1]


def kill(served: Served) -> None:
    """Kill a server, as a machine does that has no memory left, and wait for its end.

    All processes of one that leads a group are killed; those of another end once they miss it.
    """
    if served.in_own_group:
        with suppress(ProcessLookupError):
            os.killpg(served.process.pid, signal.SIGKILL)
    # It does nothing to one whose end was waited for already.
    served.process.kill()
    served.process.wait()


def wait_until_healthy(served: Served) -> None:
    """Return when a server has said that it serves, and answers; fail with what it printed if it does not.

    An answer alone might be of another server, which had the port before and is about to end.
    """
    deadline = time.monotonic() + SECONDS_TO_START
    while f"Serving on {served.url}/" not in served.log.read_text() or not _answers(served.url):
        if time.monotonic() > deadline or served.process.poll() is not None:
            raise AssertionError(f"The console did not start: {served.log.read_text()}")
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz"):
            return True
    except OSError:
        return False
