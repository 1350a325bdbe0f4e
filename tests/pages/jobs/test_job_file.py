"""Files of jobs as downloads: for those who may create records, in the local service alone."""

from typing import Any

import pytest
from django.test import Client

from tests.pages.jobs.made_jobs import (
    CREATE_EXPORT,
    CREATE_IMPORT,
    DATASET,
    EXPORT,
    IMPORT,
    create,
    job,
    run_due_jobs,
)
from tests.support.aws_stand_in import StandIn

FILE = f"{DATASET}job-file/"


def get(client: Client, **query: str) -> Any:
    return client.get(FILE, query)


def test_an_output_is_downloaded(operator: Client) -> None:
    create(operator, CREATE_EXPORT, EXPORT)
    run_due_jobs()
    answer = get(operator, kind="dataset_export_job", job="nightly", file="nightly.csv")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"USER_ID,")
    headers = {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert headers == {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="nightly.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    assert "no-store" in answer["Cache-Control"]


def test_input_and_warnings_of_an_import_are_downloaded(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT, text=IMPORT["text"].replace("grace", "ada"))
    run_due_jobs()
    name = job().location.rpartition("/")[2]
    answer = get(operator, kind="dataset_import_job", job="nightly", file=name)
    assert b"ada,Basic,1600000000,12.5,true" in b"".join(answer.streaming_content)
    answer = get(operator, kind="dataset_import_job", job="nightly", file="nightly.warnings.txt")
    assert b"Repeated IDs: 1" in b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"kind": "dataset_export_job", "job": "nightly"},
        {"kind": "dataset_export_job", "job": "weekly", "file": "nightly.csv"},
        {"kind": "dataset_import_job", "job": "nightly", "file": "nightly.csv"},
        {"kind": "data_deletion_job", "job": "nightly", "file": "nightly.csv"},
        {"kind": "dataset_export_job", "job": "nightly", "file": "../exports/nightly.csv"},
        {"kind": "dataset_export_job", "job": "nightly", "file": "\0"},
    ],
)
def test_what_is_no_file_of_a_job_is_not_there(operator: Client, query: dict[str, str]) -> None:
    create(operator, CREATE_EXPORT, EXPORT)
    run_due_jobs()
    assert get(operator, **query).status_code == 404
    # It is there, but of another dataset.
    whole = {"kind": "dataset_export_job", "job": "nightly", "file": "nightly.csv"}
    assert operator.get(FILE.replace("users", "items"), whole).status_code == 404


def test_aws_has_its_files_in_s3(operator: Client, aws: StandIn) -> None:
    query = {"kind": "dataset_export_job", "job": "nightly", "file": "nightly.csv"}
    assert operator.get("/staging/dataset-groups/loyalty/datasets/users/job-file/", query).status_code == 404
