"""Imports a CSV file of users by a dataset import job, in a process of its own, as the worker of a new console would.

`python -m tests.benchmarks.importing FILE` prints the rows that are stored then, the seconds of processor that the job
took, those on the clock, and the memory in kilobytes. The environment variables name the data directory, and a
PostgreSQL if it is one.
"""

import json
import logging
import os
import resource
import shutil
import sys
import time
from pathlib import Path

import django

from tests.benchmarks.checking import SCHEMA


def import_file(path: Path) -> list[float]:
    """Import a file into a dataset of its own, and return what is printed."""
    # As they are in the process of a worker, after Django was set up.
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from console.local.jobs.running import QUEUE
    from console.local.models import Job, StoredRecord
    from console.personalize.connections.clients import client
    from console.personalize.environments import environments
    from console.work.leases import never

    personalize = client(environments()["local"], "personalize")
    group = personalize.create_dataset_group(name="shop")["datasetGroupArn"]
    schema = personalize.create_schema(name="users", schema=SCHEMA)["schemaArn"]
    dataset = personalize.create_dataset(name="users", schemaArn=schema, datasetGroupArn=group, datasetType="Users")
    bucket = Path(os.environ["CONSOLE_DATA_DIR"], "s3", "bucket")
    bucket.mkdir(parents=True)
    shutil.copy(path, bucket / "users.csv")
    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset["datasetArn"], dataSource={"dataLocation": "s3://bucket/users.csv"}
    )
    began, on_clock = time.process_time(), time.perf_counter()
    QUEUE.step(never)
    seconds = [time.process_time() - began, time.perf_counter() - on_clock]
    assert Job.objects.get().outcome == "ACTIVE"
    return [StoredRecord.objects.count(), *seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.INFO)
    print(json.dumps(import_file(Path(sys.argv[1]))))
