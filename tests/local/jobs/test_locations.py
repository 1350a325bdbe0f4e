"""Addresses in S3: which files they stand for, and which are refused."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.local.jobs.job_requests import import_job, outcome, put_object, stored
from tests.local.shop import refused

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory")


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


@pytest.mark.parametrize(
    ("location", "said"),
    [
        (
            "s3://bucket/missing.csv",
            "There is no object s3://bucket/missing.csv: the file would be s3/bucket/missing.csv in the data directory.",
        ),
        ("s3://bucket/users.csv/", "There is no object s3://bucket/users.csv/"),
        ("s3://bucket/users.csv/more.csv", "There is no object s3://bucket/users.csv/more.csv"),
        ("s3://other", "There is no object s3://other"),
        ("s3://bucket/empty", "The folder s3://bucket/empty has no CSV files: their names end in .csv."),
        (
            "s3://bucket/out.csv",
            "s3://bucket/out.csv has a symbolic link that leads out of the folder s3 in the data directory.",
        ),
        (
            "s3://bucket/outside",
            "s3://bucket/outside has a symbolic link that leads out of the folder s3 in the data directory.",
        ),
        (
            "s3://bucket/outside/x.csv",
            "s3://bucket/outside/x.csv has a symbolic link that leads out of the folder s3 in the data directory.",
        ),
        (
            "s3://bucket/links/",
            "s3://bucket/links/ has a symbolic link that leads out of the folder s3 in the data directory.",
        ),
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
    assert str(data_directory) not in reason
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
