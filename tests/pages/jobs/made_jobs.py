"""The addresses of the pages of jobs, and what tests do on them."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from console.local.models import Job
from tests.local.jobs.job_requests import ROLE, run_due_jobs

__all__ = ["ROLE", "run_due_jobs"]

GROUP = "/local/dataset-groups/loyalty-programme/"
DATASET = f"{GROUP}datasets/users/"
IMPORTS, EXPORTS = f"{DATASET}dataset-import-jobs/", f"{DATASET}dataset-export-jobs/"
DELETIONS = f"{GROUP}data-deletion-jobs/"
CREATE_IMPORT, CREATE_EXPORT = f"{DATASET}create-dataset-import-job/", f"{DATASET}create-dataset-export-job/"
CREATE_DELETION = f"{GROUP}create-data-deletion-job/"
ARN = "arn:aws:personalize:us-east-1:000000000000"
DATASET_ARN = f"{ARN}:dataset/loyalty-programme/USERS"
CSV = (
    "USER_ID,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\n"
    "ada,Basic,1600000000,12.5,true\n"
    "grace,Basic,1600000001,0,false\n"
)
# What a form has that is valid, beside the job's name.
IMPORT: dict[str, str] = {"source": "text", "text": CSV, "mode": "FULL", "role_arn": ROLE}
EXPORT: dict[str, str] = {"mode": "ALL", "location": "s3://bucket/exports/", "role_arn": ROLE}
DELETION: dict[str, str] = {
    "source": "text",
    "text": "ada\ngrace\nada\n",
    "role_arn": ROLE,
    "confirmation": "loyalty-programme",
}


def opened(client: Client, page: str) -> str:
    """Return when a page that creates a job says that it was opened."""
    match = re.search(r'name="opened" value="([^"]+)"', client.get(page).content.decode())
    assert match
    return match[1]


def create(client: Client, page: str, fields: dict[str, str], **more: str) -> Any:
    """Open a page that creates a job, and send its form."""
    return client.post(page, {"name": "nightly", "opened": opened(client, page), **fields, **more})


def job() -> Job:
    """Return the only job that there is."""
    return Job.objects.get()


def input_of(made: Job) -> str:
    """Return what is in the file that a job reads."""
    return Path(settings.CONSOLE_DATA_DIR, "s3", made.location.removeprefix("s3://")).read_text()


def value_of(answer: Any, name: str) -> str:
    """Return what the field of one line with a name has."""
    match = re.search(rf'<input id="{name}" name="{name}" value="([^"]*)"', answer.content.decode())
    assert match
    return match[1]
