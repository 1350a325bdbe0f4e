"""Served consoles whose databases other programs lock, cut off or stop, on SQLite and on PostgreSQL."""

import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
from psycopg import sql

from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http, stand_in
from tests.support.person import Person
from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.production import Stay
from tests.support.served import DATABASE, Served, clean_variables, free_port, kill, prepare, start, wait_until_healthy

NAMES = ("SQLite", "PostgreSQL")
# Where psycopg takes texts that no type checker knows.
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Database:
    """A console's database: the variables that lead to it, and what can be done to it from outside."""

    name: str
    variables: dict[str, str]
    rows: Callable[[str], list[Any]]
    locked: Callable[[], AbstractContextManager[None]]
    # Ends all connections but its own, as an administrator does. SQLite has none that could be ended.
    cut: Callable[[], None]


def sqlite_in(directory: Path) -> Database:
    """Return the database of a data directory."""
    path = directory / DATABASE

    def rows(query: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def locked() -> Iterator[None]:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield

    return Database("SQLite", {}, rows, locked, lambda: None)


def postgresql_of(server: PostgreSQL) -> Database:
    """Return a new database of a server."""
    url = server.new_database()

    def rows(query: str) -> list[Any]:
        with psycopg.connect(url) as connection:
            return connection.execute(query.encode()).fetchall()

    @contextmanager
    def locked() -> Iterator[None]:
        with psycopg.connect(url) as connection:
            tables = [sql.Identifier(name) for (name,) in connection.execute(TABLES)]
            # Reading goes on beside it, as SQLite's does beside a writer.
            connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.SQL(", ").join(tables)))
            yield

    def cut() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(CUT)

    return Database("PostgreSQL", {"DATABASE_URL": url}, rows, locked, cut)


@dataclass
class Answers:
    """What stands for AWS: PutUsers is answered with some bytes when the test lets it be."""

    pieces: list[Piece] = field(default_factory=lambda: [http(200)])
    arrived: Event = field(default_factory=Event)
    may_answer: Event = field(default_factory=Event)

    def __call__(self, received: Received) -> Iterator[Piece]:
        if received.operation != "PutUsers":
            yield from as_aws_answers(received)
            return
        self.arrived.set()
        assert self.may_answer.wait(60)
        yield from self.pieces


@dataclass
class Console:
    """A served console with an environment `staging`, its database, what stands for AWS, and who has signed in."""

    directory: Path
    variables: dict[str, str]
    served: Served
    database: Database
    aws: StandIn
    server: PostgreSQL | None
    person: Person

    def send(self, path: str, *, by: str = "", **fields: str) -> tuple[int, dict[str, str], str, float]:
        """Send a form, or ask for a page if there are no fields: the status, headers, text and seconds of the answer."""
        body = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.served.url}{path}", body, {"Referer": self.served.url})
        if by:
            request.add_header("HX-Request", "true")
        self.person.cookies.add_cookie_header(request)
        began = time.monotonic()
        try:
            answer = urllib.request.build_opener(Stay).open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.person.cookies.extract_cookies(answer, request)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, answer.read().decode(), time.monotonic() - began

    def kill(self) -> None:
        """Kill all processes of the server, as a machine does that has no memory left."""
        kill(self.served)

    def start_again(self) -> None:
        """Serve once more from the same data."""
        self.served = _start(self.served.log, self.variables)
        self.person.at(self.served)


def _start(log: Path, variables: dict[str, str]) -> Served:
    served = start(log, free_port(), variables, in_own_group=True)
    wait_until_healthy(served)
    return served


@contextmanager
def console(name: str, directory: Path, log: Path | None = None, **more: str) -> Iterator[Console]:
    """Serve a console on a database by its name, with more environment variables, and kill it in the end.

    What it prints is in its data directory, unless another file is given.
    """
    with ExitStack() as within:
        server = within.enter_context(postgresql()) if name == "PostgreSQL" else None
        database = postgresql_of(server) if server else sqlite_in(directory)
        aws = within.enter_context(stand_in())
        file = directory / "environments.toml"
        file.write_text(
            f'[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-west-2"\nendpoint_url = "{aws.url}"\n'
        )
        own = {
            "CONSOLE_ENVIRONMENTS": str(file),
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        }
        variables = clean_variables(directory, **database.variables, **own, **more)
        prepare(directory, variables)
        served = _start(log or directory / "serve.log", variables)
        found = Console(directory, variables, served, database, aws, server, Person(served, "administrator"))
        try:
            yield found
        finally:
            if found.served.process.poll() is None:
                found.kill()
