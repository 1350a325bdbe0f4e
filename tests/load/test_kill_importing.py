"""An import is killed again and again while it is checked and sent: every row arrives, and the trail knows of it.

What stands for AWS keeps what it received, and which IDs were in two calls at once.
"""

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import psycopg
import pytest

from console.bulk.sending.part_sending import MOST_IN_FLIGHT
from tests.load.killing import kills
from tests.support.aws_stand_in import DATASET_ARN, Piece, Received, StandIn, as_aws_answers, http, stand_in
from tests.support.postgresql import postgresql
from tests.support.served import DATABASE, MANAGE, ROOT, clean_variables, prepare

pytestmark = pytest.mark.load

KILLS = {"SQLite": 15, "PostgreSQL": 15}
IN_A_CALL = 10
ROWS = 1000
AWS_SECONDS = 1


@dataclass
class Watching:
    """Answers as AWS does, taking its time, and keeps which users were in two calls at once."""

    chance: random.Random
    in_flight: Counter[str] = field(default_factory=Counter)
    at_once: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def __call__(self, received: Received) -> Iterator[Piece]:
        if received.operation != "PutUsers":
            yield from as_aws_answers(received)
            return
        with self.lock:
            self.in_flight.update(received.record_ids)
            self.at_once |= {each for each in received.record_ids if self.in_flight[each] > 1}
        yield self.chance.uniform(0, 0.3)
        with self.lock:
            self.in_flight.subtract(received.record_ids)
        yield http(200)


@pytest.fixture(params=list(KILLS))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[dict[str, str], Callable[[str], Any]]]:
    """The variables of a console with a database, and what reads from it."""
    if request.param == "SQLite":

        def read_sqlite(statement: str) -> Any:
            with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
                return connection.execute(statement).fetchall()

        yield clean_variables(tmp_path), read_sqlite
        return
    with postgresql() as server:
        url = server.new_database()

        def read_postgresql(statement: str) -> Any:
            with psycopg.connect(url) as connection:
                found = connection.execute(statement)
                return found.fetchall() if found.description else []

        yield clean_variables(tmp_path, DATABASE_URL=url), read_postgresql


def test_every_row_arrives_and_is_known_however_often_the_import_dies(
    database: tuple[dict[str, str], Callable[[str], Any]], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    seed = int(request.config.getoption("randomly_seed", 1))
    print(f"The moments are those of --randomly-seed={seed}")
    chance, (variables, read) = random.Random(seed), database
    watching = Watching(chance)
    with stand_in(watching) as aws:
        configure(aws, variables, tmp_path)
        times = kills(KILLS[request.node.callspec.params["database"]])
        command = _command(tmp_path)
        for _turn in range(times):
            _kill_after(command, variables, chance.uniform(0.5, 3))
            # As if the lease of the process that died were over, which takes ten seconds.
            read("UPDATE bulk_import SET leased_until = NULL")
            found = read("SELECT key, stage FROM bulk_import ORDER BY id DESC LIMIT 1")
            command = _command(tmp_path, str(found[0][0])) if found else command
            if found and found[0][1] == "done":
                # On a fast machine it may be over before the last kill.
                break
        else:
            done = _run(command, variables)
            assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
    received = Counter(each for sent in aws.of("PutUsers") for each in sent.record_ids)
    assert len(received) == ROWS
    assert not watching.at_once
    # At most the calls that were in flight are sent again.
    assert sum(received.values()) - ROWS <= times * MOST_IN_FLIGHT * IN_A_CALL
    ((created, failed),) = read(
        "SELECT created_count, refused_count + unconfirmed_count FROM bulk_import WHERE stage = 'done'"
    )
    assert (created, failed) == (ROWS, 0)
    submissions = read("SELECT record_ids, outcome FROM history_submission WHERE bulk_import IS NOT NULL")
    in_trail = Counter(each for ids, _outcome in submissions for each in ids.split("\n"))
    assert all(in_trail[each] >= number for each, number in received.items())
    accepted = Counter(each for ids, outcome in submissions if outcome == "created" for each in ids.split("\n"))
    assert set(accepted) == set(received)
    assert set(accepted.values()) == {1}


def configure(aws: StandIn, variables: dict[str, str], directory: Path) -> None:
    """Let an environment of a console be a stand-in for AWS, and write a file of users for it."""
    file = directory / "environments.toml"
    file.write_text(f'[[environments]]\nname = "staging"\nregion = "us-west-2"\nendpoint_url = "{aws.url}"\n')
    variables |= {
        "CONSOLE_ENVIRONMENTS": str(file),
        "CONSOLE_AWS_SECONDS": str(AWS_SECONDS),
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }
    prepare(directory, variables)
    rows = [f"u-{number},34,Female" for number in range(ROWS)]
    (directory / "users.csv").write_text("\n".join(["USER_ID,AGE,GENDER", *rows, ""]))


def _command(directory: Path, key: str = "") -> list[str]:
    what = ["--resume", key] if key else [str(directory / "users.csv")]
    return [
        sys.executable,
        MANAGE,
        "import_records",
        "staging",
        DATASET_ARN,
        *what,
        "--as",
        "operator",
        "--share",
        "100",
    ]


def _kill_after(command: list[str], variables: dict[str, str], seconds: float) -> None:
    with subprocess.Popen(command, env=variables, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.kill()


def _run(command: list[str], variables: dict[str, str]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, timeout=120, check=False)
