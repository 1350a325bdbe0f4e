"""The server is told to end while a submission is under way: it ends when the submission has its outcome."""

import re
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.person import Person
from tests.support.production import CREATE_RECORDS, GROUP, RECORD, Proxied, environment_of, serve_production
from tests.support.served import Served, serve

SECONDS = 6
# Longer than whatever ends gets that is not known to wait for AWS.
SECONDS_OF_IMPORT = 8


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What stands for AWS: the local service of another console."""
    with serve(tmp_path_factory.mktemp("aws")) as served:
        yield served


def submissions(data: Path) -> list[tuple[str, int | None, int]]:
    """Return the outcome, the HTTP status and the attempts of all submissions of a console."""
    with closing(sqlite3.connect(data / "console.sqlite3")) as database:
        return database.execute("SELECT outcome, http_status, attempts FROM history_submission").fetchall()


def wait_until_sending(data: Path, aws: Served) -> None:
    """Return when a submission is written, and its request has come to what stands for AWS."""
    deadline = time.monotonic() + 30
    arrived = "SELECT remaining FROM local_simulation"
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(Path(aws.variables["CONSOLE_DATA_DIR"]) / "console.sqlite3")) as database:
            remaining = database.execute(arrived).fetchall()
        if submissions(data) and remaining in ([], [(0,)]):
            return
        time.sleep(0.05)
    raise AssertionError("Nothing was sent.")


def test_a_submission_that_is_under_way_gets_its_outcome(aws: Served, tmp_path: Path) -> None:
    slow = {"response": "normal", "seconds": str(SECONDS), "scope": "next", "calls": "1"}
    assert "Responses are simulated" in Person(aws, "operator").post("/local/simulate-responses/", **slow)
    with serve_production(tmp_path, **environment_of(aws, tmp_path)) as served, ThreadPoolExecutor(1) as threads:
        person = Proxied(served).sign_in()
        began = time.monotonic()
        pressed = threads.submit(person.send, CREATE_RECORDS, record_input=RECORD % "slow", intent="create")
        wait_until_sending(tmp_path, aws)
        assert submissions(tmp_path) == [("sending", None, 0)]
        served.process.terminate()
        status, headers, _page = pressed.result(60)
        assert status == 302
        assert "?submission=" in headers["location"]
        assert served.process.wait(30) == 0
    assert submissions(tmp_path) == [("created", 200, 1)]
    assert SECONDS < time.monotonic() - began < SECONDS + 20
    users = aws.local_records("arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS")
    assert [each["userId"] for each in users if each["userId"] == "slow"] == ["slow"]


def test_an_import_gets_the_outcome_of_the_call_that_is_under_way_and_begins_no_other(
    aws: Served, tmp_path: Path
) -> None:
    slow = {"response": "normal", "seconds": str(SECONDS_OF_IMPORT), "scope": "next", "calls": "1"}
    with serve_production(tmp_path, **environment_of(aws, tmp_path)) as served:
        person = Proxied(served).sign_in()
        lines = "\n".join(RECORD % f"row-{number}" for number in range(95))
        page = person.send(f"{GROUP}/datasets/users/import-records/", record_input=lines)[1]["location"]
        selects = re.findall(r'<select id="[^"]+" name="(column-[0-9]+)">(.*?)</select>', person.get(page), re.S)
        chosen = {name: re.findall(r'value="([^"]*)"[^>]* selected', options)[0] for name, options in selects}
        person.send(page, intent="check", **chosen)
        wait_until_imported(tmp_path, ("checked", 0))
        assert "Responses are simulated" in Person(aws, "operator").post("/local/simulate-responses/", **slow)
        person.send(page, intent="send", share="10")
        wait_until_sending(tmp_path, aws)
        served.process.terminate()
        assert served.process.wait(60) == 0
    assert len(submissions(tmp_path)) < 10
    assert set(submissions(tmp_path)) == {("created", 200, 1)}
    wait_until_imported(tmp_path, ("sending", 10 * len(submissions(tmp_path))))


def wait_until_imported(data: Path, expected: tuple[str, int]) -> None:
    """Return when the import of a console has a stage and so many records were accepted."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(data / "console.sqlite3")) as database:
            found = database.execute("SELECT stage, created_count FROM bulk_import").fetchall()
        if found == [expected]:
            return
        time.sleep(0.1)
    raise AssertionError(f"The import has {found}.")
