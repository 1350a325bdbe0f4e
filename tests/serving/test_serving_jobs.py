"""Jobs beside a served console: they hold no request, and outlive crashes and restarts of everything."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.clients.test_put_users import KEYS
from tests.support.numbers import some_of, whole
from tests.support.served import MANAGE, Served, clean_variables, prepare, serve

RESOURCES = "arn:aws:personalize:us-east-1:000000000000"
DATASET = f"{RESOURCES}:dataset/online-shop/USERS"
JOB = f"{RESOURCES}:dataset-import-job/large"
ROWS = 50_000


def client(served: Served, service: str) -> Any:
    return boto3.client(service, endpoint_url=served.endpoint, region_name="us-east-1", **KEYS)  # type: ignore[call-overload]


def until[Value](look: Callable[[], Value], seconds: float = 40) -> Value:
    """Return what is looked for as soon as it is true, or at the end what was found."""
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found
    return found


def workers(parent: int) -> list[int]:
    """Return the workers of a parent."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            words = (directory / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--parent={parent}".encode() in words:
            found.append(int(directory.name))
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def write_users(data: Path, rows: int) -> None:
    folder = data / "s3" / "bucket"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users.csv").open("w") as file:
        file.write("USER_ID,MEMBERSHIP_STATUS\n")
        file.writelines(f"u-{number},Gold\n" for number in range(rows))


def start_import(personalize: Any, **parameters: Any) -> None:
    source = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(jobName="large", datasetArn=DATASET, dataSource=source, **parameters)


def job(personalize: Any) -> dict[str, Any]:
    found: dict[str, Any] = personalize.describe_dataset_import_job(datasetImportJobArn=JOB)["datasetImportJob"]
    return found


def has_ended(personalize: Any) -> bool:
    return job(personalize)["status"] in ("ACTIVE", "CREATE FAILED")


def stored(served: Served) -> set[str]:
    return {each["userId"] for each in served.local_records(DATASET)}


def test_a_worker_that_is_killed_in_the_middle_of_an_import_is_followed_by_another(tmp_path: Path) -> None:
    write_users(tmp_path, ROWS)
    with serve(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="0") as served:
        personalize, events = client(served, "personalize"), client(served, "personalize-events")
        (worker,) = until(lambda: workers(served.process.pid))
        start_import(personalize)
        until(lambda: first_rows(tmp_path) > 0)
        os.kill(worker, signal.SIGKILL)
        assert job(personalize)["status"] == "CREATE IN_PROGRESS"
        assert 0 < len(stored(served)) < ROWS
        user = {"userId": "put", "properties": '{"membershipStatus": "Basic"}'}
        events.put_users(datasetArn=DATASET, users=[user])
        (other,) = until(lambda: [each for each in workers(served.process.pid) if each != worker])
        until(lambda: has_ended(personalize))
        assert job(personalize)["status"] == "ACTIVE"
        assert stored(served) == {*(f"u-{number}" for number in range(ROWS)), "put"}
        assert is_running(other)
    until(lambda: not is_running(other), 5)
    log = served.log.read_text()
    assert "Traceback" not in log
    assert "Gold" not in log


def first_rows(data: Path) -> int:
    """Return how many users are there, by a query that nothing of the console takes part in."""
    with sqlite3.connect(data / "console.sqlite3") as connection:
        (number,) = connection.execute("SELECT count(*) FROM local_storedrecord WHERE record_id LIKE 'u-%'").fetchone()
    connection.close()
    return int(number)


def test_put_users_is_answered_while_a_large_import_runs(tmp_path: Path) -> None:
    write_users(tmp_path, ROWS)
    with serve(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="0", CONSOLE_LOCAL_PUT_RATE="0") as served:
        personalize, events = client(served, "personalize"), client(served, "personalize-events")
        start_import(personalize)
        until(lambda: first_rows(tmp_path) > 0)
        durations: list[float] = []
        while not has_ended(personalize):
            began = time.monotonic()
            user = {"userId": f"put-{len(durations)}", "properties": '{"membershipStatus": "Basic"}'}
            events.put_users(datasetArn=DATASET, users=[user])
            durations.append(time.monotonic() - began)
        assert job(personalize)["status"] == "ACTIVE"
        assert len(durations) > 3
        assert max(durations) < 2
        expected = {*(f"u-{number}" for number in range(ROWS)), *(f"put-{n}" for n in range(len(durations)))}
        assert stored(served) == expected


@whole
def test_a_pending_job_is_run_after_a_restart(tmp_path: Path) -> None:
    write_users(tmp_path, 100)
    with serve(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="6") as served:
        personalize = client(served, "personalize")
        start_import(personalize)
        assert job(personalize)["status"] == "CREATE PENDING"
    with serve(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="6") as served:
        personalize = client(served, "personalize")
        until(lambda: has_ended(personalize))
        assert job(personalize)["status"] == "ACTIVE"
        assert len(stored(served)) == 100


@pytest.mark.parametrize("signal_number", some_of([signal.SIGINT, signal.SIGTERM, signal.SIGKILL], 1, -1))
def test_the_worker_ends_with_the_server(tmp_path: Path, signal_number: int) -> None:
    with serve(tmp_path) as served:
        (worker,) = until(lambda: workers(served.process.pid))
        granian = [
            int(each)
            for each in Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text().split()
        ]
        served.process.send_signal(signal_number)
        served.process.wait(60)
        until(lambda: not is_running(worker), 30)
        for process in granian:
            if is_running(process):
                os.kill(process, signal.SIGKILL)
    assert "Traceback" not in served.log.read_text()


def test_runs_alone_until_it_is_interrupted(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="0")
    prepare(tmp_path, variables)
    command = [sys.executable, MANAGE, "run_worker"]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        until((tmp_path / "s3").is_dir)
        process.send_signal(signal.SIGINT)
        printed, _nothing = process.communicate(timeout=10)
    assert (process.returncode, printed) == (0, b"")


def test_says_that_there_is_no_data_yet(tmp_path: Path) -> None:
    command = [sys.executable, MANAGE, "run_worker"]
    done = subprocess.run(command, env=clean_variables(tmp_path), capture_output=True, text=True)
    assert done.returncode == 1
    assert "start it once with make run" in done.stderr
    assert "Traceback" not in done.stderr
