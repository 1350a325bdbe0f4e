"""The server is killed again and again while people send records: the trail knows of all that reached AWS.

What stands for AWS keeps what it received. It takes its time, so that the server is killed before a submission is
written, before its request leaves, while AWS works, during the answer, and before the answer is written or shown.
"""

import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.load.killing import Killed, Row, Slowly, kill_again_and_again, kills, kinds
from tests.load.senders import CREATE_RECORDS, GROUP, Senders
from tests.support.aws_stand_in import StandIn, http, stand_in
from tests.support.postgresql import postgresql
from tests.support.served import DATABASE, Served, clean_variables, free_port, kill, prepare, start

pytestmark = pytest.mark.load

KILLS = {"SQLite": 50, "PostgreSQL": 20}
# A submission without an answer is shown as unconfirmed when three times as many seconds are over.
AWS_SECONDS = 6
SELECT = "SELECT id, record_ids, outcome, http_status, attempts FROM history_submission"
NO_ANSWER = "No response was recorded for this request. It is not known whether the user record"


@dataclass
class Database:
    """A database of the console, and how often its server is to be killed."""

    kills: int
    variables: dict[str, str]
    read: Callable[[], list[tuple[str, str, str, int | None, int]]]

    def rows(self) -> dict[str, list[Row]]:
        """Return the submissions by the id of their user, in no order."""
        found: dict[str, list[Row]] = {}
        for pk, record_ids, outcome, http_status, attempts in self.read():
            row = Row(str(pk).replace("-", ""), outcome, http_status, attempts)
            found.setdefault(record_ids, []).append(row)
        return found


@pytest.fixture(params=list(KILLS))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    times = kills(KILLS[request.param])
    if request.param == "SQLite":

        def read_sqlite() -> list[tuple[str, str, str, int | None, int]]:
            with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
                return connection.execute(SELECT).fetchall()

        yield Database(times, clean_variables(tmp_path), read_sqlite)
        return
    with postgresql() as server:
        url = server.new_database()

        def read_postgresql() -> list[tuple[str, str, str, int | None, int]]:
            with psycopg.connect(url) as connection:
                return connection.execute(SELECT).fetchall()

        yield Database(times, clean_variables(tmp_path, DATABASE_URL=url), read_postgresql)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of the moments, which a failure prints: `make test-load` has others each time."""
    found = int(request.config.getoption("randomly_seed", 1))
    print(f"The moments are those of --randomly-seed={found}")
    return found


@pytest.fixture
def aws(seed: int) -> Iterator[StandIn]:
    with stand_in(Slowly(random.Random(seed))) as found:
        yield found


def begin(aws: StandIn, database: Database, directory: Path) -> Callable[[], Served]:
    """Prepare a console with an environment that leads to the stand-in, and return what starts a server of it."""
    file = directory / "environments.toml"
    file.write_text(
        f'[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-west-2"\nendpoint_url = "{aws.url}"\n'
    )
    database.variables |= {
        "CONSOLE_ENVIRONMENTS": str(file),
        "CONSOLE_AWS_SECONDS": str(AWS_SECONDS),
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }
    prepare(directory, database.variables)
    return lambda: start(directory / "serve.log", free_port(), database.variables, in_own_group=True)


def test_all_that_reached_aws_is_in_the_trail_and_nothing_is_sent_twice(
    aws: StandIn, database: Database, tmp_path: Path, seed: int
) -> None:
    slowly = aws.answer
    assert isinstance(slowly, Slowly)
    killed = kill_again_and_again(database.kills, begin(aws, database, tmp_path), slowly, seed)
    try:
        check_what_is_there(killed, aws, database)
        check_what_a_person_sees(killed, database)
        check_what_a_person_does(killed, aws, database)
    finally:
        kill(killed.served)
    assert "Traceback" not in killed.served.log.read_text()


def check_what_is_there(killed: Killed, aws: StandIn, database: Database) -> None:
    rows = database.rows()
    received = Counter(each for request in aws.of("PutUsers") for each in request.record_ids)
    assert set(received.values()) == {1}, [each for each, times in received.items() if times > 1]
    assert set(received) <= set(rows)
    assert {len(of_user) for of_user in rows.values()} == {1}
    for user_id, (row,) in rows.items():
        assert (row.outcome, row.http_status, row.attempts) in (("created", 200, 1), ("sending", None, 0)), user_id
        assert row.outcome == "sending" or user_id in received
    for user_id, address in killed.senders.answers.items():
        assert address is None or (rows[user_id][0].outcome, rows[user_id][0].id) == (
            "created",
            submission_in(address),
        )
    hit = Counter(kinds(killed, rows).values())
    print(hit)
    # Each time something was under way, and of many moments some are of every kind.
    assert all(killed.at_kills)
    assert len(hit) >= (5 if database.kills >= 50 else 3 if database.kills >= 20 else 1), hit
    assert database.kills < 20 or {"before it is written", "while AWS works"} <= set(hit), hit


def press_twice(senders: Senders, server: str, user_id: str) -> list[str]:
    """Press twice at once, as a double click does, and return the submissions that are shown."""
    with ThreadPoolExecutor(2) as threads:
        return [submission_in(each) for each in threads.map(senders.press, [server] * 2, [user_id] * 2)]


def submission_in(address: str) -> str:
    return address.partition("?submission=")[2].partition("&")[0].replace("-", "")


def check_what_a_person_sees(killed: Killed, database: Database) -> None:
    """What has no answer is unconfirmed, in the list and on its page."""
    without = [row.id for (row,) in database.rows().values() if row.outcome == "sending"]
    # Nobody who looks a moment after the crash can know.
    time.sleep(3 * AWS_SECONDS)
    killed.person.at(killed.served)
    listed = killed.person.get(f"{GROUP}/submissions/?outcome=unconfirmed")
    assert re.search(rf"\({len(without)}(?:/\d+)?\)", listed), f"{len(without)} are not in the list"
    assert listed.count('data-status="Unconfirmed"') == min(len(without), 20)
    for pk in without:
        page = killed.person.get(f"{GROUP}/submissions/{pk}/".replace(pk, dashed(pk)))
        assert NO_ANSWER in " ".join(page.split())


def dashed(pk: str) -> str:
    return f"{pk[:8]}-{pk[8:12]}-{pk[12:16]}-{pk[16:20]}-{pk[20:]}"


def check_what_a_person_does(killed: Killed, aws: StandIn, database: Database) -> None:
    """What was cut short is sent again by who asks for it, once, and by nobody else."""
    rows = database.rows()
    server = killed.served.url.removeprefix("http://")
    sent = len(aws.of("PutUsers"))
    hit = kinds(killed, rows)
    # The browser is told to send the form again, which it has no answer to.
    for user_id in [each for each, kind in hit.items() if kind == "before the page is shown"]:
        assert submission_in(killed.senders.press(server, user_id)) == rows[user_id][0].id
    assert len(aws.of("PutUsers")) == sent
    refused_once, cut_short = [each for each in hit if each in rows and rows[each][0].outcome == "sending"][:2]
    first, second = press_twice(killed.senders, server, cut_short)
    assert first == second != rows[cut_short][0].id
    assert sorted(row.outcome for row in database.rows()[cut_short]) == ["created", "sending"]
    assert len(aws.of("PutUsers")) == sent + 1
    # Who presses twice at once does not try again what the first press was refused.
    usual, refusal = aws.answer, http(400, b"{}", {"x-amzn-ErrorType": "InvalidInputException"})
    aws.answer = lambda received: [0.5, refusal] if received.operation == "PutUsers" else usual(received)
    first, second = press_twice(killed.senders, server, refused_once)
    assert first == second != rows[refused_once][0].id
    assert sorted(row.outcome for row in database.rows()[refused_once]) == ["refused", "sending"]
    assert len(aws.of("PutUsers")) == sent + 2
    # Or Try again is pressed on the Response that the page still shows.
    address = f"{CREATE_RECORDS}?submission={dashed(rows[cut_short][0].id)}"
    page = killed.person.get(address)
    assert NO_ANSWER in " ".join(page.split())
    assert "Try again" in page
