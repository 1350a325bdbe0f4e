"""Imports from files beside a served console: one that is sent for long holds up no other, of its dataset neither."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bulk.importing import csv_of, row
from tests.serving.test_serving_jobs import client, until
from tests.support.served import DATABASE, Served, manage, serve

ARN = "arn:aws:personalize:us-east-1:000000000000"
# At 10 % of AWS's rate that is a call a second: longer than all that is done beside it, on any machine.
LONG = csv_of(*(row(f"long-{number}") for number in range(3000)))
PROFILE = "USER_ID,EMAIL,FULLNAME,AGE,GENDER\nprofile-1,a@b.example,A B,34,Female\n"
IMPORT = """
import time
from console.bulk import controls
from tests.bulk.importing import uploaded
made = uploaded(open({file!r}).read(), {name!r}, group={group!r})
controls.start_check(made)
until = time.monotonic() + 60
while made.stage == "checking":
    assert time.monotonic() < until, "not checked"
    time.sleep(0.05)
    made.refresh_from_db()
controls.start_sending(made, share={share})
"""


def start(served: Served, name: str, content: str, *, group: str = "loyalty-programme", share: int = 100) -> None:
    """Upload a file, wait until the worker has checked it, and let it be sent."""
    file = Path(served.variables["CONSOLE_DATA_DIR"], name)
    file.write_text(content)
    code = IMPORT.format(file=str(file), name=name, group=group, share=share)
    manage("shell", "-c", code, variables=served.variables)


def stages(data: Path) -> dict[str, tuple[str, int]]:
    """Return the stage of each import, and how many of its records were sent, by the name of its file."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        found = database.execute("SELECT file_name, stage, created_count FROM bulk_import").fetchall()
    return {name: (stage, count) for name, stage, count in found}


def test_checks_other_imports_and_jobs_end_beside_a_long_import(tmp_path: Path) -> None:
    with serve(tmp_path, CONSOLE_LOCAL_CREATE_SECONDS="0") as served:
        start(served, "long.csv", LONG, share=10)
        until(lambda: stages(tmp_path)["long.csv"][1] > 0)
        personalize = client(served, "personalize")
        job = personalize.create_dataset_export_job(
            jobName="beside",
            datasetArn=f"{ARN}:dataset/online-shop/USERS",
            roleArn="arn:aws:iam::000000000000:role/personalize",
            jobOutput={"s3DataDestination": {"path": "s3://bucket/exports/"}},
        )["datasetExportJobArn"]
        # Each of them is checked, or `start` fails; that of the same dataset has its turn soon.
        start(served, "same.csv", csv_of(row("same-1")))
        start(served, "other.csv", PROFILE, group="member-profiles")
        until(lambda: stages(tmp_path)["other.csv"] == ("done", 1))
        until(lambda: stages(tmp_path)["same.csv"] == ("done", 1))
        until(
            lambda: (
                personalize.describe_dataset_export_job(datasetExportJobArn=job)["datasetExportJob"]["status"]
                == "ACTIVE"
            )
        )
        beside = stages(tmp_path)
    assert beside["long.csv"][0] == "sending"
