"""Sends users of an import at 100 % of AWS's rate to the local service with its limit, by workers of their own.

`python -m tests.benchmarks.sending USERS WORKERS` prints the users a second of the whole run, those of its steady part,
and how many calls were throttled. The environment variable CONSOLE_DATA_DIR names the data directory.
"""

import json
import logging
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from tests.benchmarks.checking import SCHEMA, write_rows

if TYPE_CHECKING:
    from console.bulk.models import Import

ROOT = Path(__file__).parents[2]
LONGEST_RUN = 300
# What begins and ends a run is no part of its steady one.
CALLS_LEFT_OUT = 20
USERS_IN_A_CALL = 10


def made_import(users: int) -> "Import":
    """Return an import of so many users, which is to be checked, into a dataset of its own."""
    # As they are in the process of a console, after Django was set up.
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from console.bulk import controls
    from console.bulk.uploading import uploads
    from console.people.demo import make_demo_accounts
    from console.personalize.connections.clients import client
    from console.personalize.connections.endpoints import endpoint_of
    from console.personalize.datasets import load_dataset
    from console.personalize.environments import environments
    from console.records.entities import USERS

    make_demo_accounts()
    local = environments()["local"]
    personalize = client(local, "personalize")
    group = personalize.create_dataset_group(name="shop")["datasetGroupArn"]
    schema = personalize.create_schema(name="users", schema=SCHEMA)["schemaArn"]
    personalize.create_dataset(name="users", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
    dataset = load_dataset(local, "shop", USERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "users.csv")
        write_rows(path, users)
        content = path.read_bytes()
    known: dict[str, Any] = {"environment": "local", "endpoint": endpoint_of(local), "dataset_group": "shop"}
    known |= {"person": User.objects.get(username="operator"), "person_name": "operator"}
    made = uploads.begin("users.csv", len(content), dataset_arn=dataset.arn, dataset_type=USERS.dataset_type, **known)
    uploads.add_piece(made, 0, content)
    assert dataset.schema
    uploads.look(made, dataset.schema, dataset.schema_description["schema"])
    assert controls.start_check(made)
    return made


@contextmanager
def running_workers(count: int) -> Iterator[None]:
    """Let so many workers run during a block."""
    command = [sys.executable, str(ROOT / "manage.py"), "run_worker"]
    workers = [subprocess.Popen(command) for _number in range(count)]
    try:
        yield
    finally:
        for each in workers:
            each.send_signal(signal.SIGTERM)
        for each in workers:
            each.wait()


def wait_for(made: "Import", *stages: str) -> None:
    """Wait until an import has come to one of some stages."""
    until = time.monotonic() + LONGEST_RUN
    while made.stage not in stages:
        assert time.monotonic() < until
        time.sleep(0.5)
        made.refresh_from_db()


def steady_rate(moments: Sequence[float]) -> float:
    """Return the users a second between the moments of two calls, one after the beginning, and one before the end."""
    inner = sorted(moments)[CALLS_LEFT_OUT:-CALLS_LEFT_OUT]
    return (len(inner) - 1) * USERS_IN_A_CALL / (inner[-1] - inner[0])


def main(users: int, workers: int) -> list[float]:
    """Send so many users by so many workers, and return what is printed."""
    made = made_import(users)
    from console.bulk import controls
    from console.bulk.models import Stage
    from console.submissions.models import Submission

    with running_workers(workers):
        wait_for(made, Stage.CHECKED, Stage.FAILED)
        began, told = time.monotonic(), time.time()
        assert controls.start_sending(made)
        wait_for(made, Stage.DONE, Stage.PAUSED)
        # What is written down is told by the clock, which may be set meanwhile, and run as much faster or slower.
        true_seconds = (time.monotonic() - began) / (time.time() - told)
    assert (made.stage, made.created_count) == (Stage.DONE, users)
    assert made.sending_began_at
    assert made.ended_at
    sent = Submission.objects.filter(bulk_import=made.key)
    moments = [each.timestamp() for each in sent.values_list("created_at", flat=True)]
    tried_again = (
        sum(sent.filter(attempts__gt=1).values_list("attempts", flat=True)) - sent.filter(attempts__gt=1).count()
    )
    seconds = (made.ended_at - made.sending_began_at).total_seconds() * true_seconds
    return [users / seconds, steady_rate(moments) / true_seconds, made.throttled_count + tried_again]


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
