"""Create dataset import job: what is imported, how, and what is wrong with it."""

from pathlib import Path

import pytest
from django.test import Client

from console.local.models import Dataset, Job, StoredRecord
from tests.pages.html import text_of
from tests.pages.jobs.made_jobs import (
    CREATE_IMPORT,
    CSV,
    IMPORT,
    IMPORTS,
    ROLE,
    create,
    input_of,
    job,
    opened,
    run_due_jobs,
    value_of,
)

FOLDER = "s3/personalize-console/dataset-import-jobs"


def stored() -> set[str]:
    found = StoredRecord.objects.filter(dataset__arn__endswith="dataset/loyalty-programme/USERS")
    return set(found.values_list("record_id", flat=True))


def test_a_file_from_this_computer_is_imported(operator: Client) -> None:
    answer = create(operator, CREATE_IMPORT, IMPORT, text="\N{ZERO WIDTH NO-BREAK SPACE}" + CSV.replace("\n", "\r\n"))
    assert (answer.status_code, answer["Location"]) == (302, f"{IMPORTS}nightly/")
    made = job()
    assert made.location.startswith("s3://personalize-console/dataset-import-jobs/nightly-")
    assert input_of(made).replace("\r\n", "\n") == CSV
    text = text_of(operator.get(answer["Location"]))
    assert "The dataset import job nightly was created. The records are there once it is Active." in text
    run_due_jobs()
    assert stored() == {"ada", "grace"}


def test_a_location_is_sent_as_it_is_and_all_else_too(operator: Client) -> None:
    fields = {
        "location": " s3://bucket/users/ ",
        "tags": "team = shop\n\nstage=a=b\r\nempty=",
        "publishes_metrics": "on",
    }
    create(operator, CREATE_IMPORT, IMPORT, source="location", **fields)
    made = job()
    assert (made.name, made.location, made.mode, made.role_arn) == ("nightly", "s3://bucket/users/", "FULL", ROLE)
    assert made.publishes_metrics is True
    assert made.tags == [
        {"tagKey": "team", "tagValue": "shop"},
        {"tagKey": "stage", "tagValue": "a=b"},
        {"tagKey": "empty", "tagValue": ""},
    ]


def test_says_what_each_mode_does_to_the_data_that_is_there(operator: Client) -> None:
    answer = operator.get(CREATE_IMPORT)
    text = text_of(answer)
    kept = "Data that was imported individually stays."
    assert f"FULL Replaces all data that was imported in bulk into the dataset. {kept}" in text
    assert "INCREMENTAL Adds the records to those that the dataset has. A record replaces the one with its ID." in text
    assert 'value="FULL" checked' in answer.content.decode()
    # Events have no IDs.
    text = text_of(operator.get(CREATE_IMPORT.replace("/users/", "/interactions/")))
    assert "INCREMENTAL Adds the records to those that the dataset has. The first import" in text


def test_what_the_local_service_refuses_is_said_and_leaves_no_file(operator: Client, data_directory: Path) -> None:
    answer = create(operator, CREATE_IMPORT, IMPORT, mode="INCREMENTAL")
    assert answer.status_code == 422
    text = text_of(answer)
    assert "its first import must have the importMode FULL" in text
    assert "Error code InvalidInputException" in text
    assert value_of(answer, "name") == "nightly"
    assert "ada,Basic," in answer.content.decode()
    assert not Job.objects.exists()
    assert list((data_directory / FOLDER).iterdir()) == []


def test_a_file_that_cannot_be_written_is_said(operator: Client, data_directory: Path) -> None:
    (data_directory / "s3").mkdir()
    (data_directory / "s3/personalize-console").write_text("")
    answer = create(operator, CREATE_IMPORT, IMPORT)
    assert answer.status_code == 502
    assert "The file was not written. s3://personalize-console is a file." in text_of(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "a b"}, "Expected only a-z, A-Z, 0-9, _ and -; found a space."),
        ({"text": " \n"}, "Choose a CSV file, or paste its contents."),
        ({"text": "x" * 900_001}, "Expected at most 900,000 characters; found 900,001."),
        ({"text": "a\0"}, "Null characters are not allowed."),
        ({"source": "elsewhere"}, "Choose one of these."),
        ({"source": "location"}, "Enter the location in Amazon S3."),
        (
            {"source": "location", "location": "bucket/users.csv"},
            "Expected an address such as s3://bucket/folder/file.csv or s3://bucket/folder/.",
        ),
        ({"source": "location", "location": "s3://" + "x" * 252}, "Expected at most 256 characters; found 257."),
        ({"mode": "REPLACE"}, "Choose one of these."),
        ({"mode": ""}, "Choose one of these."),
        ({"role_arn": ""}, "Enter the ARN of an IAM role."),
        (
            {"role_arn": "arn:aws:iam::1:role/x"},
            "Expected the ARN of a role, such as arn:aws:iam::123456789012:role/personalize.",
        ),
        ({"tags": "team=shop\nstage"}, "Line 2: expected a tag such as team=shop."),
        ({"tags": "=shop"}, "Line 1: expected a tag such as team=shop."),
        ({"tags": "a=1\na=2"}, "Line 2: this key is there twice."),
        ({"tags": "a=<b>"}, "Line 1: expected only letters, digits, spaces and _ . : / = + - @."),
        (
            {"tags": "x" * 129 + "=1"},
            "Line 1: expected a key of at most 128 characters and a value of at most 256; found 129 and 1.",
        ),
        ({"tags": "\n".join(f"{n}=" for n in range(201))}, "Expected at most 200 tags; found 201."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_entered(
    operator: Client, fields: dict[str, str], sentence: str
) -> None:
    answer = create(operator, CREATE_IMPORT, {**IMPORT, "name": "nightly"}, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    for name, entered in ({"name": "nightly"} | fields).items():
        assert answer.context["form"][name].value() == entered
    # The first field with something wrong is the one to read, and the only one.
    assert answer.content.decode().count(" autofocus") == 1
    assert not Job.objects.exists()


def test_what_is_not_chosen_is_not_wrong(operator: Client) -> None:
    assert create(operator, CREATE_IMPORT, IMPORT, location="nowhere").status_code == 302


def test_another_press_with_other_contents_changes_no_file_that_a_job_reads(
    operator: Client, data_directory: Path
) -> None:
    moment = opened(operator, CREATE_IMPORT)
    for text in (CSV, CSV.replace("ada", "lin")):
        answer = operator.post(CREATE_IMPORT, {"name": "nightly", "opened": moment, **IMPORT, "text": text})
    assert answer.status_code == 422
    assert "Another dataset import job already has the name nightly. Choose another name." in text_of(answer)
    assert input_of(job()).replace("\r\n", "\n") == CSV
    assert len(list((data_directory / FOLDER).iterdir())) == 1


def test_the_limit_of_jobs_is_said(operator: Client) -> None:
    for number in range(5):
        create(operator, CREATE_IMPORT, IMPORT, name=f"job-{number}")
    answer = create(operator, CREATE_IMPORT, IMPORT)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "More than 5 resources with PENDING or IN_PROGRESS status." in text
    assert "Wait until a job that is under way has ended, and try again." in text


def test_what_was_entered_comes_back_to_a_dataset_that_is_not_active_by_now(demo: None, client: Client) -> None:
    Dataset.objects.update(settled_status="CREATE FAILED")
    right = {"username": "operator", "password": "operator", "next": CREATE_IMPORT, "name": "", **IMPORT}
    answer = client.post("/sign-in/", right, follow=True)
    assert "The dataset has the status Create failed." in text_of(answer)
    assert value_of(answer, "role_arn") == ROLE
    assert "ada,Basic," in answer.content.decode()


def test_a_dataset_that_is_not_active_is_refused(operator: Client) -> None:
    moment = opened(operator, CREATE_IMPORT)
    Dataset.objects.update(settled_status="CREATE FAILED")
    answer = operator.post(CREATE_IMPORT, {"name": "nightly", "opened": moment, **IMPORT})
    assert answer.status_code == 422
    assert "It is being created, changed or deleted. Wait until it is Active, and try again." in text_of(answer)


def test_a_long_file_is_taken_as_a_form(operator: Client) -> None:
    rows = "".join(f"u-{number},Basic,1600000000,1,true\n" for number in range(20_000))
    assert create(operator, CREATE_IMPORT, IMPORT, text=CSV + rows).status_code == 302
    assert input_of(job()).count("\n") == 20_003
