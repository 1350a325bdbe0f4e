"""Dataset import jobs, through real boto3, with files of a bucket."""

import gc
import json
import os
import tracemalloc
from datetime import UTC, datetime
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.local.models import StoredRecord
from tests.local.jobs.job_requests import ROLE, came_in_bulk, import_job, outcome, put_object, run_due_jobs, stored
from tests.local.shop import AGE, DATASET_ARN
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory")

JOB_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-import-job/first"
INT = "a whole number (int)"


def test_a_file_is_imported(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1,30\nü 2,31\n")
    job = import_job(personalize, "first", "s3://bucket/users.csv", publishAttributionMetricsToS3=False)
    del job["creationDateTime"], job["lastUpdatedDateTime"]
    assert job == {
        "jobName": "first",
        "datasetImportJobArn": JOB_ARN,
        "datasetArn": DATASET_ARN,
        "dataSource": {"dataLocation": "s3://bucket/users.csv"},
        "roleArn": ROLE,
        "status": "ACTIVE",
        "importMode": "FULL",
        "publishAttributionMetricsToS3": False,
    }
    assert stored() == {"u-1": '{"age":30}', "ü 2": '{"age":31}'}
    assert came_in_bulk() == {"u-1", "ü 2"}


def test_a_job_is_pending_until_it_is_run_and_the_request_does_not_wait_for_it(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    before = datetime.now(UTC)
    put_object("users.csv", "USER_ID,AGE\nu,30\n")
    answer = personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource={"dataLocation": "s3://bucket/users.csv"}
    )
    assert answer["datasetImportJobArn"] == JOB_ARN
    (summary,) = personalize.list_dataset_import_jobs()["datasetImportJobs"]
    assert (summary["status"], stored()) == ("CREATE PENDING", {})
    assert abs((summary["creationDateTime"] - before).total_seconds()) < 5
    assert run_due_jobs() == 1
    assert run_due_jobs() == 0
    (summary,) = personalize.list_dataset_import_jobs(datasetArn=dataset)["datasetImportJobs"]
    assert (summary["jobName"], summary["status"], summary["importMode"]) == ("first", "ACTIVE", "FULL")
    assert "roleArn" not in personalize.describe_dataset_import_job(datasetImportJobArn=JOB_ARN)["datasetImportJob"]


def test_columns_that_may_be_null_may_be_missing(personalize: "PersonalizeClient", dataset: str) -> None:
    schema = avro(AGE, {"name": "CITY", "type": ["null", "string"]})
    other = personalize.create_schema(name="with-city", schema=schema, domain="ECOMMERCE")["schemaArn"]
    personalize.update_dataset(datasetArn=dataset, schemaArn=other)
    put_object("users.csv", "AGE,USER_ID\n1,u\n")
    assert outcome(import_job(personalize, "first", "s3://bucket/users.csv")) == ("ACTIVE", "")
    assert stored() == {"u": '{"age":1}'}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("CITY\nsecret\n", "Input CSV is missing the following columns:[USER_ID, AGE]."),
        ("USER_ID\nsecret\n", "Input CSV is missing the following columns:[AGE]."),
        (
            "USER_ID,AGE,CITY\nu,1,secret\n",
            "users.csv, line 1, field CITY: Expected a field of the schema; found a name that is not one of them. Remove it, or write the name of the field that it is for.",
        ),
        (
            "USER_ID,AGE,\0\nu,1,secret\n",
            "users.csv, line 1, field \N{REPLACEMENT CHARACTER}: Expected a field of the schema; found a name that is not one of them. Remove it, or write the name of the field that it is for.",
        ),
        ("USER_ID,AGE\nok,1\nu,secret\n", f"users.csv, line 3, field AGE: Expected {INT}; found text."),
        ("USER_ID,AGE\nu,\n", f"users.csv, line 2, field AGE: Expected {INT}; found an empty cell."),
        (
            "USER_ID,AGE\nu,1.5\n",
            f"users.csv, line 2, field AGE: Expected {INT}; found the text “1.5”.",
        ),
        (
            'USER_ID,AGE\nu,"1,234"\n',
            f"users.csv, line 2, field AGE: Expected {INT}; found a number with commas. "
            "Write it without separators, and with a point before a fraction.",
        ),
        (
            "USER_ID,AGE\n,1\nu,1,1\n",
            "users.csv, line 2, field USER_ID: Expected text, 1 to 256 characters (string); found an empty cell. "
            "users.csv, line 3: Expected as many cells as the heading has, 2; found 3.",
        ),
        ("", "users.csv, line 1: Expected a heading with the names of the schema's fields; found no text."),
        (b"\xff\xfeU\x00", "users.csv is not text in UTF-8. Save it in UTF-8, and create another job."),
        (
            b"USER_ID,AGE\n" + b"u,1\n" * 5000 + b"\xe4,1\n",
            "users.csv is not text in UTF-8. Save it in UTF-8, and create another job.",
        ),
        ("USER_ID,AGE" + " " * 9_000_000, "users.csv has a line of more than 8388608 characters."),
    ],
)
def test_a_file_that_does_not_fit_fails_the_job_and_changes_nothing(
    personalize: "PersonalizeClient", dataset: str, content: str | bytes, reason: str
) -> None:
    put_object("before.csv", "USER_ID,AGE\nbefore,1\n")
    import_job(personalize, "first", "s3://bucket/before.csv")
    put_object("users.csv", content)
    job = import_job(personalize, "second", "s3://bucket/users.csv")
    assert outcome(job) == ("CREATE FAILED", reason)
    (summary, _first) = personalize.list_dataset_import_jobs()["datasetImportJobs"]
    assert summary["failureReason"] == reason
    assert stored() == {"before": '{"age":1}'}


def test_a_bad_row_of_the_last_file_keeps_all_files_out(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("folder/1.csv", "USER_ID,AGE\n" + "".join(f"u-{number},1\n" for number in range(2000)))
    put_object("folder/2.csv", "USER_ID,AGE\nu,1\nv,x\n")
    reason = f"2.csv, line 3, field AGE: Expected {INT}; found text."
    assert outcome(import_job(personalize, "first", "s3://bucket/folder/")) == ("CREATE FAILED", reason)
    assert stored() == {}


def test_a_file_whose_name_is_no_text_is_named_as_far_as_it_is(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object(os.fsdecode(b"folder/caf\xe9.csv"), "USER_ID,AGE\nu,x\n")
    reason = f"caf\N{REPLACEMENT CHARACTER}.csv, line 2, field AGE: Expected {INT}; found text."
    assert outcome(import_job(personalize, "first", "s3://bucket/folder/")) == ("CREATE FAILED", reason)


def test_the_first_ten_bad_rows_are_named(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "u,x\n" * 50)
    status, reason = outcome(import_job(personalize, "first", "s3://bucket/users.csv"))
    assert status == "CREATE FAILED"
    assert "users.csv, line 11, field AGE" in reason
    assert "line 12" not in reason
    assert reason.endswith("There may be more: these are the first 10.")


def test_a_file_that_changes_while_it_is_read_fails_the_job(personalize: "PersonalizeClient", dataset: str) -> None:
    rows = "".join(f"u-{number:06},1\n" for number in range(4000))
    path = put_object("users.csv", f"USER_ID,AGE\n{rows}")
    ends = chain(["1\n", "x\n"], repeat("1\n"))

    def stopping() -> bool:
        # The last row is not valid when the first rows were looked at, and valid when what is wrong is looked for.
        with path.open("r+") as file:
            file.seek(path.stat().st_size - 2)
            file.write(next(ends))
        return False

    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource={"dataLocation": "s3://bucket/users.csv"}
    )
    run_due_jobs(stopping)
    job = personalize.describe_dataset_import_job(datasetImportJobArn=JOB_ARN)["datasetImportJob"]
    assert (job["status"], job["failureReason"]) == (
        "CREATE FAILED",
        "users.csv was changed while it was read. Create another job.",
    )
    assert stored() == {}


def test_items_and_actions_are_imported(personalize: "PersonalizeClient", dataset: str) -> None:
    group = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    for kind in ("item", "action"):
        fields = [{"name": f"{kind.upper()}_ID", "type": "string"}, {"name": "AMOUNT", "type": ["null", "long"]}]
        schema = json.dumps({"type": "record", "name": kind.capitalize(), "fields": fields, "version": "1.0"})
        schema_arn = personalize.create_schema(name=f"{kind}s", schema=schema)["schemaArn"]
        arn = personalize.create_dataset(
            name=kind, datasetType=f"{kind}s", datasetGroupArn=group, schemaArn=schema_arn
        )["datasetArn"]
        put_object(f"{kind}s.csv", f"{kind.upper()}_ID,AMOUNT\none,1\ntwo,\n")
        job = import_job(personalize, kind, f"s3://bucket/{kind}s.csv", datasetArn=arn)
        assert outcome(job) == ("ACTIVE", "")
    expected = [("one", '{"amount":1}'), ("two", '{"amount":null}')]
    for each in ("ITEMS", "ACTIONS"):
        records = StoredRecord.objects.filter(dataset__dataset_type=each).order_by("record_id")
        assert list(records.values_list("record_id", "properties")) == expected


def test_no_more_of_a_file_than_a_part_is_in_memory(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"a-user-with-a-long-id-{n:0100},1\n" for n in range(20_000)))
    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource={"dataLocation": "s3://bucket/users.csv"}
    )
    # As often as Python does by itself: the other tests have it look for garbage less often.
    usual = gc.get_threshold()
    gc.set_threshold(2000, 10, 10)
    tracemalloc.start()
    try:
        run_due_jobs()
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.set_threshold(*usual)
    assert StoredRecord.objects.count() == 20_000
    # All of the rows would be 2.5 MB as text alone.
    assert peak < 2_000_000
    assert [each.name for each in data_directory.iterdir()] == ["s3"]
