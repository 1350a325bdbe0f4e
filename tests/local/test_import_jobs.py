"""Dataset import jobs, through real boto3, with files of a bucket."""

import json
import os
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from console.local.jobs.running import run_due_jobs
from console.local.models import StoredAction, StoredItem, StoredUser
from tests.conftest import ACCOUNT, REGION
from tests.local.jobs import ROLE, came_in_bulk, import_job, outcome, put_object, stored
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, refused
from tests.records.schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

JOB_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-import-job/first"
INT = "a whole number from -2147483648 to 2147483647 (int)"


@pytest.fixture(autouse=True)
def data_directory(tmp_path: Path, settings: LazySettings) -> Path:
    settings.CONSOLE_DATA_DIR = tmp_path
    return tmp_path


def put(client: "PersonalizeEventsClient", user_id: str, age: int) -> None:
    client.put_users(datasetArn=DATASET_ARN, users=[{"userId": user_id, "properties": f'{{"age": {age}}}'}])


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


@pytest.mark.parametrize("location", ["s3://bucket/folder", "s3://bucket/folder/"])
def test_the_csv_files_of_a_folder_are_imported_in_the_order_of_their_names(
    personalize: "PersonalizeClient", dataset: str, location: str
) -> None:
    put_object("folder/b.csv", "AGE,USER_ID\n2,both\n2,b\n")
    put_object("folder/a.CSV", "USER_ID,AGE\nboth,1\na,1\n")
    put_object("folder/notes.txt", "not a table")
    put_object("folder/deeper/c.csv", "USER_ID,AGE\nc,3\n")
    assert outcome(import_job(personalize, "first", location)) == ("ACTIVE", "")
    assert stored() == {"a": '{"age":1}', "b": '{"age":2}', "both": '{"age":2}'}


def test_a_bucket_is_a_folder_too(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    assert outcome(import_job(personalize, "first", "s3://bucket")) == ("ACTIVE", "")
    assert stored() == {"u": '{"age":1}'}


def test_full_replaces_what_came_in_bulk_and_keeps_what_was_put(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    put_object("one.csv", "USER_ID,AGE\nold,1\nboth,1\nput-later,1\n")
    put_object("two.csv", "USER_ID,AGE\nboth,2\nnew,2\nput,2\nput-later,2\n")
    import_job(personalize, "first", "s3://bucket/one.csv")
    put(personalize_events, "put", 9)
    put(personalize_events, "put-later", 9)
    assert outcome(import_job(personalize, "second", "s3://bucket/two.csv")) == ("ACTIVE", "")
    assert stored() == {
        "both": '{"age":2}',
        "new": '{"age":2}',
        "put": '{"age":9}',
        "put-later": '{"age":9}',
    }
    assert came_in_bulk() == {"both", "new"}


def test_incremental_adds_and_replaces_what_has_the_same_id(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    put_object("one.csv", "USER_ID,AGE\nold,1\nboth,1\n")
    put_object("two.csv", "USER_ID,AGE\nboth,2\nput,2\n")
    import_job(personalize, "first", "s3://bucket/one.csv")
    put(personalize_events, "put", 9)
    put(personalize_events, "only-put", 9)
    job = import_job(personalize, "second", "s3://bucket/two.csv", importMode="INCREMENTAL")
    assert (job["status"], job["importMode"]) == ("ACTIVE", "INCREMENTAL")
    assert stored() == {"old": '{"age":1}', "both": '{"age":2}', "put": '{"age":2}', "only-put": '{"age":9}'}
    assert came_in_bulk() == {"old", "both", "put"}


def test_incremental_keeps_what_was_put_after_the_job_was_asked_for(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource=source, importMode="INCREMENTAL"
    )
    put(personalize_events, "u", 9)
    run_due_jobs()
    assert (stored(), came_in_bulk()) == ({"u": '{"age":9}'}, set())


def test_full_of_a_heading_alone_removes_all_that_came_in_bulk(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    rows = "".join(f"u-{number},1\n" for number in range(1201))
    put_object("many.csv", f"USER_ID,AGE\n{rows}")
    put_object("none.csv", "USER_ID,AGE\n")
    import_job(personalize, "first", "s3://bucket/many.csv")
    assert StoredUser.objects.count() == 1201
    put(personalize_events, "put", 9)
    assert outcome(import_job(personalize, "second", "s3://bucket/none.csv")) == ("ACTIVE", "")
    assert stored() == {"put": '{"age":9}'}


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
            "users.csv, line 1, field CITY: Expected a field of the schema; found a name that is not one of them.",
        ),
        ("USER_ID,AGE\nok,1\nu,secret\n", f"users.csv, line 3, field AGE: Expected {INT}; found text."),
        ("USER_ID,AGE\nu,\n", f"users.csv, line 2, field AGE: Expected {INT}; found an empty cell."),
        ("USER_ID,AGE\nu,1.5\n", f"users.csv, line 2, field AGE: Expected {INT}; found text."),
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


def test_the_first_ten_bad_rows_are_named(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "u,x\n" * 50)
    status, reason = outcome(import_job(personalize, "first", "s3://bucket/users.csv"))
    assert status == "CREATE FAILED"
    assert "users.csv, line 11, field AGE" in reason
    assert "line 12" not in reason
    assert reason.endswith("There may be more: these are the first 10.")


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("s3://bucket/missing.csv", "There is no object s3://bucket/missing.csv: the file would be "),
        ("s3://bucket/users.csv/", "There is no object s3://bucket/users.csv/"),
        ("s3://bucket/users.csv/more.csv", "There is no object s3://bucket/users.csv/more.csv"),
        ("s3://other", "There is no object s3://other"),
        ("s3://bucket/empty", "The folder s3://bucket/empty has no CSV files: their names end in .csv."),
        ("s3://bucket/out.csv", "s3://bucket/out.csv has a symbolic link that leads out of "),
        ("s3://bucket/outside", "s3://bucket/outside has a symbolic link that leads out of "),
        ("s3://bucket/outside/x.csv", "s3://bucket/outside/x.csv has a symbolic link that leads out of "),
        ("s3://bucket/links/", "s3://bucket/links/ has a symbolic link that leads out of "),
        ("s3://bucket/pipe.csv", "There is no object s3://bucket/pipe.csv"),
        (f"s3://bucket/{'x' * 240}", "There is no object s3://bucket/xxx"),
    ],
)
def test_what_is_no_object_fails_the_job(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path, location: str, said: str
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    put_object("empty/notes.txt", "")
    outside = data_directory / "outside"
    outside.mkdir()
    (outside / "x.csv").write_text("USER_ID,AGE\nsecret,1\n")
    bucket = data_directory / "s3" / "bucket"
    (bucket / "out.csv").symlink_to(outside / "x.csv")
    (bucket / "outside").symlink_to(outside)
    (bucket / "links").mkdir()
    (bucket / "links" / "x.csv").symlink_to(outside / "x.csv")
    os.mkfifo(bucket / "pipe.csv")
    status, reason = outcome(import_job(personalize, "first", location))
    assert status == "CREATE FAILED"
    assert reason.startswith(said)
    assert stored() == {}


def test_a_file_that_may_not_be_read_fails_the_job(personalize: "PersonalizeClient", dataset: str) -> None:
    path = put_object("users.csv", "USER_ID,AGE\nu,1\n")
    # Root may read everything, but nobody a link that leads to itself.
    path.unlink()
    path.symlink_to(path)
    status, reason = outcome(import_job(personalize, "first", "s3://bucket/users.csv"))
    assert status == "CREATE FAILED"
    assert "s3://bucket/users.csv" in reason


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("http://bucket/users.csv", "Expected s3://bucket/key, and no other protocol."),
        ("s3:///users.csv", "Expected the name of a bucket after s3://, of letters, digits, dots and hyphens."),
        ("s3://../users.csv", "Expected the name of a bucket after s3://, of letters, digits, dots and hyphens."),
        ("s3://./users.csv", "Expected the name of a bucket after s3://, of letters, digits, dots and hyphens."),
        ("s3://bucket/../../x.csv", "Expected a key whose parts between slashes are not empty, and neither . nor ..."),
        ("s3://bucket/./x.csv", "Expected a key whose parts between slashes are not empty, and neither . nor ..."),
        ("s3://bucket//etc/passwd", "Expected a key whose parts between slashes are not empty, and neither . nor ..."),
        ("s3://bucket/a\\..\\b.csv", "Expected a key without backslashes and control characters."),
        ("s3://bucket/a\x7fb.csv", "Expected a key without backslashes and control characters."),
    ],
)
def test_an_address_that_stands_for_no_file_is_refused(
    personalize: "PersonalizeClient", dataset: str, location: str, said: str
) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        import_job(personalize, "first", location)
    assert refused(error)[2] == f"Invalid Data location. {said}"


@pytest.mark.parametrize("location", ["s3://", "users.csv", "s3://bucket/a\0b.csv", f"s3://bucket/{'x' * 300}"])
def test_an_address_that_the_model_does_not_take_is_refused(
    personalize: "PersonalizeClient", dataset: str, location: str
) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        import_job(personalize, "first", location)
    assert "Value at 'dataSource.dataLocation' failed to satisfy constraint" in refused(error)[2]


def test_a_source_without_a_location_is_refused(personalize: "PersonalizeClient", dataset: str) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException):
        personalize.create_dataset_import_job(jobName="first", datasetArn=dataset, dataSource={})


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
    assert list(StoredItem.objects.order_by("item_id").values_list("item_id", "properties")) == expected
    assert list(StoredAction.objects.order_by("action_id").values_list("action_id", "properties")) == expected


def test_interactions_are_not_imported(personalize: "PersonalizeClient", demo: None) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/newsroom/INTERACTIONS"
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        import_job(personalize, "first", "s3://bucket/x.csv", datasetArn=arn)
    assert refused(error)[2] == (
        "The local service stores no INTERACTIONS, so that it cannot import them; "
        "expected a dataset of the type USERS or ITEMS or ACTIONS."
    )


def test_five_jobs_may_be_unsettled(personalize: "PersonalizeClient", dataset: str) -> None:
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    for number in range(5):
        personalize.create_dataset_import_job(jobName=f"job-{number}", datasetArn=dataset, dataSource=source)
    with pytest.raises(personalize.exceptions.LimitExceededException) as error:
        personalize.create_dataset_import_job(jobName="one-more", datasetArn=dataset, dataSource=source)
    message = "More than 5 resources with PENDING or IN_PROGRESS status."
    assert refused(error) == ("LimitExceededException", 400, message)
    assert run_due_jobs() == 5
    personalize.create_dataset_import_job(jobName="one-more", datasetArn=dataset, dataSource=source)


def test_a_name_is_taken_once(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    import_job(personalize, "first", "s3://bucket/users.csv")
    with pytest.raises(personalize.exceptions.ResourceAlreadyExistsException) as error:
        import_job(personalize, "first", "s3://bucket/users.csv")
    assert refused(error)[2] == f"Another resource with Arn {JOB_ARN} already exists."


def test_only_datasets_that_are_active_are_imported_into(personalize: "PersonalizeClient", demo: None) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/regional-stores/USERS"
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        import_job(personalize, "first", "s3://bucket/users.csv", datasetArn=arn)
    assert refused(error)[2] == f"The dataset {arn} has the status CREATE IN_PROGRESS; it must be ACTIVE."
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        import_job(personalize, "first", "s3://bucket/users.csv", datasetArn=arn.replace("stores", "shops"))


def test_a_dataset_and_its_group_stay_while_a_job_runs(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(jobName="first", datasetArn=dataset, dataSource=source)
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_dataset(datasetArn=dataset)
    assert refused(error)[2] == (
        f"The dataset {DATASET_ARN} has the job {JOB_ARN} with the status CREATE PENDING. Wait until it has ended."
    )
    run_due_jobs()
    personalize.delete_dataset(datasetArn=dataset)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    with pytest.raises(personalize.exceptions.ResourceNotFoundException) as missing:
        personalize.describe_dataset_import_job(datasetImportJobArn=JOB_ARN)
    assert refused(missing)[2] == f"The given dataset import job does not exist: {JOB_ARN}"


def test_no_more_of_a_file_than_a_part_is_in_memory(
    personalize: "PersonalizeClient", dataset: str, data_directory: Path
) -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"a-user-with-a-long-id-{n:0100},1\n" for n in range(20_000)))
    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource={"dataLocation": "s3://bucket/users.csv"}
    )
    tracemalloc.start()
    try:
        run_due_jobs()
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert StoredUser.objects.count() == 20_000
    # All of the rows would be 2.5 MB as text alone.
    assert peak < 2_000_000
    assert [each.name for each in data_directory.iterdir()] == ["s3"]


def test_jobs_are_listed_in_pages(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    for number in range(5):
        import_job(personalize, f"job-{number}", "s3://bucket/users.csv")
    pages = personalize.get_paginator("list_dataset_import_jobs").paginate(
        datasetArn=dataset, PaginationConfig={"PageSize": 2}
    )
    names = [[job["jobName"] for job in page["datasetImportJobs"]] for page in pages]
    assert names == [["job-4", "job-3"], ["job-2", "job-1"], ["job-0"]]
    with pytest.raises(personalize.exceptions.InvalidInputException):
        personalize.list_dataset_import_jobs(datasetArn=dataset.replace("shop", "other"))
    token = personalize.list_dataset_import_jobs(maxResults=1)["nextToken"]
    with pytest.raises(personalize.exceptions.InvalidNextTokenException):
        personalize.list_dataset_export_jobs(nextToken=token)


def test_jobs_take_tags(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    tags: Any = [{"tagKey": "team", "tagValue": "a"}]
    arn = import_job(personalize, "first", "s3://bucket/users.csv", tags=tags)["datasetImportJobArn"]
    personalize.tag_resource(resourceArn=arn, tags=[{"tagKey": "stage", "tagValue": "b"}])
    personalize.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert personalize.list_tags_for_resource(resourceArn=arn)["tags"] == [{"tagKey": "stage", "tagValue": "b"}]
    many: Any = [{"tagKey": f"k{number}", "tagValue": ""} for number in range(51)]
    with pytest.raises(personalize.exceptions.TooManyTagsException):
        import_job(personalize, "second", "s3://bucket/users.csv", tags=many)
