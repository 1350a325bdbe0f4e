"""Two people import into one dataset at once, while workers are killed: both go on, and no ID is in two calls at once.

So do checks of long files of two people, each in a process of its own.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.load.killing import kills
from tests.load.test_kill_importing import Watching, configure, database
from tests.support.aws_stand_in import DATASET_ARN, stand_in
from tests.support.served import MANAGE, ROOT, manage

__all__ = ["database"]

pytestmark = pytest.mark.load

KILLS = {"SQLite": 6, "PostgreSQL": 6}
LONGEST_RUN = 300
ROWS, SHARED_ROWS = 2000, 500
ROWS_OF_LONG_FILE = 250_000
IMPORT = """
from console.bulk import controls
from tests.bulk.importing import uploaded
made = uploaded(open({file!r}).read(), {name!r}, environment="staging", group="loyalty", person={person!r})
controls.start_check(made)
"""
SEND = """
from console.bulk import controls
from console.bulk.models import Import
for made in Import.objects.order_by("pk"):
    controls.start_sending(made, share=100)
"""

type Read = Callable[[str], Any]


@pytest.fixture
def console(
    database: tuple[dict[str, str], Read], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[dict[str, str], Read, Watching]]:
    """The variables of a console whose environment is a stand-in for AWS, what reads its database, and what AWS saw."""
    seed = int(request.config.getoption("randomly_seed", 1))
    print(f"The moments are those of --randomly-seed={seed}")
    variables, read = database
    watching = Watching(random.Random(seed))
    with stand_in(watching) as aws:
        configure(aws, variables, tmp_path)
        yield variables, read, watching


@contextmanager
def workers(variables: dict[str, str], count: int = 2) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """Let so many workers run, as those of several machines."""
    running = [start(variables) for _number in range(count)]
    try:
        yield running
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(60)


def start(variables: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a worker."""
    return subprocess.Popen([sys.executable, MANAGE, "run_worker"], env=variables, cwd=ROOT)


def upload(variables: dict[str, str], directory: Path, name: str, ids: Iterator[str], person: str) -> None:
    """Upload a file of users for a person, and let it be checked."""
    file = directory / name
    file.write_text("\n".join(["USER_ID,AGE,GENDER", *(f"{each},34,Female" for each in ids), ""]))
    manage("shell", "-c", IMPORT.format(file=str(file), name=name, person=person), variables=variables)


def wait_until(is_so: Callable[[], object]) -> None:
    """Return once something is so."""
    until = time.monotonic() + LONGEST_RUN
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def stages(read: Read) -> dict[str, str]:
    """Return the stage of each import by the name of its file."""
    return dict(read("SELECT file_name, stage FROM bulk_import"))


def children(worker: "subprocess.Popen[bytes]") -> list[int]:
    """Return the processes that a worker has begun."""
    found = Path(f"/proc/{worker.pid}/task").glob("*/children")
    return [int(each) for tasks in found for each in tasks.read_text().split()]


def test_both_imports_of_a_dataset_go_on_however_often_workers_die(
    console: tuple[dict[str, str], Read, Watching], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    variables, read, watching = console
    times = kills(KILLS[request.node.callspec.params["database"]])
    upload(variables, tmp_path, "first.csv", (f"u-{number}" for number in range(ROWS)), "operator")
    shared = range(ROWS - SHARED_ROWS, 2 * ROWS - SHARED_ROWS)
    upload(variables, tmp_path, "second.csv", (f"u-{number}" for number in shared), "administrator")
    counts: list[dict[str, int]] = []

    def is_done() -> bool:
        found = read("SELECT file_name, created_count, stage FROM bulk_import")
        counts.append({name: count for name, count, _stage in found})
        return all(stage == "done" for _name, _count, stage in found)

    with workers(variables) as running:
        wait_until(lambda: set(stages(read).values()) == {"checked"})
        manage("shell", "-c", SEND, variables=variables)
        for _turn in range(times):
            time.sleep(watching.chance.uniform(2, 5))
            number = watching.chance.randrange(len(running))
            running[number].kill()
            running[number].wait()
            running[number] = start(variables)
            is_done()
        wait_until(is_done)
    assert not watching.at_once
    assert counts[-1] == {"first.csv": ROWS, "second.csv": ROWS}
    # Neither waits until the other has ended.
    assert any(0 < each["first.csv"] < ROWS and 0 < each["second.csv"] < ROWS for each in counts)
    accepted: Counter[str] = Counter()
    for ids, outcome in read("SELECT record_ids, outcome FROM history_submission WHERE bulk_import IS NOT NULL"):
        accepted.update(ids.split("\n") if outcome == "created" else ())
    assert Counter(accepted.values()) == {1: 2 * (ROWS - SHARED_ROWS), 2: SHARED_ROWS}


def test_long_files_of_two_people_are_checked_side_by_side_however_often_they_are_killed(
    console: tuple[dict[str, str], Read, Watching], tmp_path: Path
) -> None:
    variables, read, watching = console
    for name, person in (("first.csv", "operator"), ("own.csv", "operator"), ("second.csv", "administrator")):
        upload(variables, tmp_path, name, (f"{name}-{number}" for number in range(ROWS_OF_LONG_FILE)), person)

    def rows() -> dict[str, int]:
        return dict(read("SELECT file_name, row_count FROM bulk_import WHERE stage = 'checking'"))

    with workers(variables, 1) as running:
        wait_until(lambda: rows()["first.csv"] and rows()["second.csv"])
        assert rows()["own.csv"] == 0
        both = children(running[0])
        assert len(both) == 2
        upload(variables, tmp_path, "short.csv", iter(["s-1"]), "operator")
        wait_until(lambda: stages(read)["short.csv"] == "checked")
        assert stages(read)["first.csv"] == stages(read)["second.csv"] == "checking"
        # A check that is killed begins again, and one whose worker is killed ends, and begins with the next worker.
        os.kill(watching.chance.choice(both), signal.SIGKILL)
        wait_until(lambda: len(children(running[0])) == 2)
        both = children(running[0])
        running[0].kill()
        running[0].wait()
        running[0] = start(variables)
        wait_until(lambda: not any(Path(f"/proc/{each}").exists() for each in both))
        wait_until(lambda: set(stages(read).values()) == {"checked"})
        wait_until(lambda: not children(running[0]))
    assert dict(read("SELECT file_name, valid_count FROM bulk_import")) == {
        "first.csv": ROWS_OF_LONG_FILE,
        "own.csv": ROWS_OF_LONG_FILE,
        "second.csv": ROWS_OF_LONG_FILE,
        "short.csv": 1,
    }


def test_two_commands_share_a_dataset_beside_no_worker(
    console: tuple[dict[str, str], Read, Watching], tmp_path: Path
) -> None:
    variables, read, watching = console
    counts: list[dict[str, int]] = []
    running = []
    for name in ("first", "second"):
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join(["USER_ID,AGE,GENDER", *(f"{name}-{each},34,Female" for each in range(1200)), ""]))
        command = [sys.executable, MANAGE, "import_records", "staging", DATASET_ARN, str(file), "--as", "operator"]
        running.append(
            subprocess.Popen([*command, "--share", "100"], env=variables, cwd=ROOT, stdout=subprocess.DEVNULL)
        )
    while any(each.poll() is None for each in running):
        counts.append(dict(read("SELECT file_name, created_count FROM bulk_import")))
        time.sleep(0.2)
    assert [each.returncode for each in running] == [0, 0]
    assert not watching.at_once
    assert counts[-1] == {"first.csv": 1200, "second.csv": 1200}
    assert any(0 < each.get("first.csv", 0) < 1200 and 0 < each.get("second.csv", 0) < 1200 for each in counts)
