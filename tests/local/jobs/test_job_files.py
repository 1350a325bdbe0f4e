"""The files of jobs that the console writes and gives out: none of them is outside of its job."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.local.jobs.errors import JobFailure
from console.local.jobs.files import JobFile, job_files, open_job_file, remove_job_input, write_job_input
from console.local.models import Job
from tests.local.jobs.job_requests import deletion_job, export_job, import_job, outcome, put_object

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

CSV = "USER_ID,AGE\nu-1,34\n"


pytestmark = pytest.mark.usefixtures("dataset")


@pytest.fixture(autouse=True)
def buckets(data_directory: Path) -> Path:
    return data_directory / "s3"


def arn() -> str:
    return Job.objects.get().arn


def content(name: str) -> bytes:
    with open_job_file(arn(), name) as file:
        return file.read()


def test_an_input_is_written_and_removed_unless_a_job_has_it(buckets: Path, personalize: "PersonalizeClient") -> None:
    address = write_job_input("imports/first.csv", b"old")
    assert address == "s3://personalize-console/imports/first.csv"
    file = buckets / "personalize-console/imports/first.csv"
    assert write_job_input("imports/first.csv", CSV.encode()) == address
    assert [each.name for each in file.parent.iterdir()] == ["first.csv"]
    assert file.read_bytes() == CSV.encode()
    import_job(personalize, "first", address)
    remove_job_input(address)
    assert file.exists()
    Job.objects.all().delete()
    remove_job_input(address)
    assert not file.exists()
    remove_job_input(address)


def test_an_input_that_cannot_be_written_is_said(buckets: Path) -> None:
    buckets.mkdir()
    (buckets / "personalize-console").write_text("")
    with pytest.raises(JobFailure, match=r"s3://personalize-console is a file. Expected a folder"):
        write_job_input("imports/first.csv", b"")


def test_an_import_has_its_inputs_and_its_warnings(personalize: "PersonalizeClient") -> None:
    put_object("in/b.CSV", "USER_ID,AGE\nu-1,1\nu-1,2\n")
    put_object("in/a.csv", "USER_ID,AGE\nu-2,34\n")
    put_object("in/notes.txt", "not read")
    put_object("in/sub/c.csv", "not read")
    assert outcome(import_job(personalize, "nightly", "s3://bucket/in/")) == ("ACTIVE", "")
    files = job_files(arn())
    assert files[:2] == [JobFile("a.csv", 19, "Input"), JobFile("b.CSV", 24, "Input")]
    assert [(each.name, each.role) for each in files[2:]] == [("nightly.warnings.txt", "Warnings")]
    assert content("a.csv") == b"USER_ID,AGE\nu-2,34\n"
    assert content("nightly.warnings.txt").startswith(b"Warnings of the import job nightly: 1.")


def test_an_export_has_its_output_alone(personalize: "PersonalizeClient") -> None:
    put_object("out/other.csv", "of another job")
    assert outcome(export_job(personalize, "all-users", "s3://bucket/out/")) == ("ACTIVE", "")
    assert [(each.name, each.role) for each in job_files(arn())] == [("all-users.csv", "Output")]
    assert content("all-users.csv").startswith(b"USER_ID")


def test_of_a_deletion_nothing_is_given_out(personalize: "PersonalizeClient") -> None:
    put_object("ids.csv", "USER_ID\nada\n")
    assert outcome(deletion_job(personalize, "forget", "s3://bucket/ids.csv")) == ("COMPLETED", "")
    assert job_files(arn()) == []
    with pytest.raises(FileNotFoundError):
        open_job_file(arn(), "ids.csv")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../users.csv", "in/users.csv", "/etc/passwd", "users.csv/", "other.csv", "users.csv\0"]
)
def test_a_name_that_is_no_file_of_the_job_is_refused(personalize: "PersonalizeClient", name: str) -> None:
    put_object("in/users.csv", CSV)
    put_object("in/other/other.csv", CSV)
    import_job(personalize, "first", "s3://bucket/in/")
    with pytest.raises(FileNotFoundError):
        open_job_file(arn(), name)


def test_files_that_are_not_there_are_left_out(personalize: "PersonalizeClient") -> None:
    import_job(personalize, "first", "s3://bucket/missing.csv")
    assert job_files(arn()) == []
    assert job_files("arn:aws:personalize:us-east-1:000000000000:dataset-import-job/nobody") == []


@pytest.mark.parametrize("link", ["in/linked.csv", "in"])
def test_symbolic_links_are_refused(
    personalize: "PersonalizeClient", buckets: Path, tmp_path: Path, link: str
) -> None:
    put_object("real/linked.csv", CSV)
    (tmp_path / "secret_key").write_text("secret")
    path = buckets / "bucket" / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(tmp_path / "secret_key" if link.endswith(".csv") else buckets / "bucket/real")
    import_job(personalize, "first", "s3://bucket/in/")
    assert job_files(arn()) == []
    with pytest.raises(FileNotFoundError):
        open_job_file(arn(), "linked.csv")


def test_what_is_no_file_is_refused(personalize: "PersonalizeClient", buckets: Path) -> None:
    import_job(personalize, "first", "s3://bucket/pipe.csv")
    (buckets / "bucket").mkdir()
    os.mkfifo(buckets / "bucket/pipe.csv")
    assert job_files(arn()) == []
    with pytest.raises(FileNotFoundError):
        open_job_file(arn(), "pipe.csv")


def test_a_hundred_files_are_listed(personalize: "PersonalizeClient") -> None:
    for number in range(101):
        put_object(f"many/{number:03}.csv", CSV)
    import_job(personalize, "first", "s3://bucket/many/")
    assert [each.name for each in job_files(arn())] == [f"{number:03}.csv" for number in range(100)]
