"""What import jobs leave of the records that were there: FULL and INCREMENTAL, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from console.local.models import StoredRecord
from tests.local.jobs.job_requests import came_in_bulk, import_job, outcome, put_object, run_due_jobs, stored
from tests.local.shop import DATASET_ARN, refused

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("data_directory")


def put(client: "PersonalizeEventsClient", user_id: str, age: int) -> None:
    client.put_users(datasetArn=DATASET_ARN, users=[{"userId": user_id, "properties": f'{{"age": {age}}}'}])


@pytest.fixture
def imported_and_put(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    """Users who came in bulk, three who were put individually since, and a file that has some of each."""
    put_object("one.csv", "USER_ID,AGE\nold,1\nboth,1\nput-since,1\n")
    import_job(personalize, "first", "s3://bucket/one.csv")
    for user_id in ("put-since", "put", "only-put"):
        put(personalize_events, user_id, 9)
    put_object("two.csv", "USER_ID,AGE\nboth,2\nnew,2\nput-since,2\nput,2\n")


def test_full_replaces_what_came_in_bulk_and_keeps_what_was_put(
    personalize: "PersonalizeClient", imported_and_put: None
) -> None:
    assert outcome(import_job(personalize, "second", "s3://bucket/two.csv")) == ("ACTIVE", "")
    assert stored() == {
        "both": '{"age":2}',
        "new": '{"age":2}',
        "put-since": '{"age":9}',
        "put": '{"age":9}',
        "only-put": '{"age":9}',
    }
    assert came_in_bulk() == {"both", "new"}


def test_incremental_adds_and_replaces_what_has_the_same_id(
    personalize: "PersonalizeClient", imported_and_put: None
) -> None:
    job = import_job(personalize, "second", "s3://bucket/two.csv", importMode="INCREMENTAL")
    assert (job["status"], job["importMode"]) == ("ACTIVE", "INCREMENTAL")
    assert stored() == {
        "old": '{"age":1}',
        "both": '{"age":2}',
        "new": '{"age":2}',
        "put-since": '{"age":2}',
        "put": '{"age":2}',
        "only-put": '{"age":9}',
    }
    assert came_in_bulk() == {"old", "both", "new", "put-since", "put"}


def test_incremental_keeps_what_was_put_after_the_job_was_asked_for(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    put_object("none.csv", "USER_ID,AGE\n")
    import_job(personalize, "full", "s3://bucket/none.csv")
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(
        jobName="first", datasetArn=dataset, dataSource=source, importMode="INCREMENTAL"
    )
    put(personalize_events, "u", 9)
    run_due_jobs()
    assert (stored(), came_in_bulk()) == ({"u": '{"age":9}'}, set())


def test_the_first_import_is_full(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    """The developer guide, "Importing bulk data with a dataset import job" (bulk-data-import-step)."""
    put(personalize_events, "put", 9)
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    put_object("bad.csv", "USER_ID\nu\n")
    message = (
        f"The dataset {DATASET_ARN} has no bulk data yet: its first import must have the importMode FULL. "
        "Create an import job with FULL, and wait until it is ACTIVE."
    )

    def refused_as_the_first(name: str) -> None:
        with pytest.raises(personalize.exceptions.InvalidInputException) as error:
            import_job(personalize, name, "s3://bucket/users.csv", importMode="INCREMENTAL")
        assert refused(error)[2] == message

    refused_as_the_first("one")
    assert outcome(import_job(personalize, "failed", "s3://bucket/bad.csv"))[0] == "CREATE FAILED"
    refused_as_the_first("two")
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(jobName="full", datasetArn=dataset, dataSource=source)
    refused_as_the_first("three")
    run_due_jobs()
    job = import_job(personalize, "four", "s3://bucket/users.csv", importMode="INCREMENTAL")
    assert outcome(job) == ("ACTIVE", "")


def test_an_incremental_import_has_1_gigabyte_at_most(personalize: "PersonalizeClient", dataset: str) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas" (limits)."""
    put_object("first.csv", "USER_ID,AGE\nfirst,1\n")
    import_job(personalize, "first", "s3://bucket/first.csv")
    put_object("more/1.csv", "USER_ID,AGE\nu,1\n")
    with put_object("more/2.csv", "USER_ID,AGE\n").open("ab") as file:
        # A file with a hole: it takes no room on the disk.
        file.truncate(1024**3)
    job = import_job(personalize, "second", "s3://bucket/more", importMode="INCREMENTAL")
    reason = "The input of an INCREMENTAL import may have 1 GB in all; found 1073741840 bytes. Import it as FULL."
    assert outcome(job) == ("CREATE FAILED", reason)
    assert set(stored()) == {"first"}


def test_full_of_a_heading_alone_removes_all_that_came_in_bulk(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    rows = "".join(f"u-{number},1\n" for number in range(1201))
    put_object("many.csv", f"USER_ID,AGE\n{rows}")
    put_object("none.csv", "USER_ID,AGE\n")
    import_job(personalize, "first", "s3://bucket/many.csv")
    assert StoredRecord.objects.count() == 1201
    put(personalize_events, "put", 9)
    assert outcome(import_job(personalize, "second", "s3://bucket/none.csv")) == ("ACTIVE", "")
    assert stored() == {"put": '{"age":9}'}


def test_full_keeps_what_is_put_while_the_rest_is_removed(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("old.csv", "USER_ID,AGE\na,1\nb,1\nc,1\n")
    put_object("none.csv", "USER_ID,AGE\n")
    import_job(personalize, "first", "s3://bucket/old.csv")

    def put_meanwhile(execute: Any, statement: str, *others: Any) -> Any:
        done = execute(statement, *others)
        if statement.startswith("SELECT") and "LIMIT 500" in statement:
            # As PutUsers would, after the rest was found and before it is removed.
            StoredRecord.objects.filter(record_id="b").update(import_job=None, properties='{"age":9}')
        return done

    with connection.execute_wrapper(put_meanwhile):
        assert outcome(import_job(personalize, "second", "s3://bucket/none.csv")) == ("ACTIVE", "")
    assert stored() == {"b": '{"age":9}'}
