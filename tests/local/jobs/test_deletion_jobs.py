"""Data deletion jobs, through real boto3."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from tests.local.jobs.job_requests import ROLE, deletion_job, import_job, outcome, put_object, stored
from tests.local.shop import GROUP_ARN, refused
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory")

JOB_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:data-deletion-job/gone"


@pytest.fixture
def three_users(personalize: "PersonalizeClient", dataset: str) -> None:
    put_object("users.csv", 'USER_ID,AGE\na,1\n"b,2",2\nC,3\n')
    import_job(personalize, "in", "s3://bucket/users.csv")


def test_users_that_are_listed_are_removed(personalize: "PersonalizeClient", three_users: None) -> None:
    put_object("gone.csv", 'USER_ID\na\n"b,2"\na\nnobody\nc\n')
    job = deletion_job(personalize, "gone", "s3://bucket/gone.csv")
    assert job.pop("creationDateTime") <= job.pop("lastUpdatedDateTime")
    assert job == {
        "jobName": "gone",
        "dataDeletionJobArn": JOB_ARN,
        "datasetGroupArn": GROUP_ARN,
        "dataSource": {"dataLocation": "s3://bucket/gone.csv"},
        "roleArn": ROLE,
        "status": "COMPLETED",
        "numDeleted": 2,
    }
    assert set(stored()) == {"C"}
    (summary,) = personalize.list_data_deletion_jobs(datasetGroupArn=GROUP_ARN)["dataDeletionJobs"]
    assert (summary["jobName"], summary["datasetGroupArn"], summary["status"]) == ("gone", GROUP_ARN, "COMPLETED")


def test_files_of_a_folder_may_have_other_columns(personalize: "PersonalizeClient", three_users: None) -> None:
    put_object("gone/1.csv", "AGE,user_id,AGE\nx,a,\n")
    put_object("gone/2.csv", "USER_ID\nC\n")
    job = deletion_job(personalize, "gone", "s3://bucket/gone")
    assert (job["status"], job["numDeleted"], set(stored())) == ("COMPLETED", 2, {"b,2"})


def test_users_of_other_groups_stay(personalize: "PersonalizeClient", three_users: None) -> None:
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    put_object("gone.csv", "USER_ID\na\n")
    job = deletion_job(personalize, "gone", "s3://bucket/gone.csv", datasetGroupArn=other)
    assert (job["status"], job["numDeleted"], len(stored())) == ("COMPLETED", 0, 3)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("NAME\na\n", "Input CSV is missing the following columns:[USER_ID]."),
        (
            "USER_ID,AGE\na,1\n,2\n",
            "gone.csv, line 3, field USER_ID: Expected text, 1 to 256 characters (string); found an empty cell.",
        ),
        (b"\xff", "gone.csv is not text in UTF-8. Save it in UTF-8, and create another job."),
        (
            "USER_ID,USER_ID\na,a\n",
            "gone.csv, line 1, field USER_ID: Expected each field once; found it again. Keep one.",
        ),
    ],
)
def test_an_input_that_does_not_fit_removes_nobody(
    personalize: "PersonalizeClient", three_users: None, content: str | bytes, reason: str
) -> None:
    put_object("gone.csv", content)
    job = deletion_job(personalize, "gone", "s3://bucket/gone.csv")
    assert outcome(job) == ("FAILED", reason)
    assert "numDeleted" not in job
    assert len(stored()) == 3


def test_the_files_of_sub_folders_are_read_too(
    personalize: "PersonalizeClient", three_users: None, data_directory: Path
) -> None:
    """The developer guide, "Deleting users" (delete-records): all .csv files in the folder and in its sub folders."""
    put_object("gone/1.csv", "USER_ID\na\n")
    put_object("gone/2026/11/more.CSV", 'USER_ID\n"b,2"\n')
    put_object("gone/part.csv/part-0000.csv", "USER_ID\nC\n")
    put_object("gone/2026/notes.txt", "not a table")
    put_object("other/2.csv", "nothing of this job")
    # A circle, which keys in S3 cannot make, ends too.
    (data_directory / "s3" / "bucket" / "gone" / "2026" / "again").symlink_to(data_directory / "s3/bucket/gone")
    job = deletion_job(personalize, "gone", "s3://bucket/gone/")
    assert (job["status"], job["numDeleted"], stored()) == ("COMPLETED", 3, {})


@pytest.mark.parametrize(
    ("key", "content", "reason"),
    [
        ("gone/a/b/x.csv", "NAME\na\n", "Input CSV is missing the following columns:[USER_ID]."),
        (
            "gone/a/b/x.csv",
            'USER_ID\n""\n',
            "a/b/x.csv, line 2, field USER_ID: Expected text, 1 to 256 characters (string); found an empty cell.",
        ),
        (
            "gone/a/x.txt",
            "USER_ID\na\n",
            "The folder s3://bucket/gone with its sub folders has no CSV files: their names end in .csv.",
        ),
    ],
)
def test_what_is_wrong_in_a_sub_folder_is_named_by_its_way(
    personalize: "PersonalizeClient", three_users: None, key: str, content: str, reason: str
) -> None:
    put_object(key, content)
    assert outcome(deletion_job(personalize, "gone", "s3://bucket/gone")) == ("FAILED", reason)
    assert len(stored()) == 3


def test_a_sub_folder_that_leads_out_of_the_data_directory_fails_the_job(
    personalize: "PersonalizeClient", three_users: None, data_directory: Path
) -> None:
    put_object("gone/1.csv", "USER_ID\na\n")
    outside = data_directory / "outside"
    outside.mkdir()
    (outside / "x.csv").write_text("USER_ID\nC\n")
    (data_directory / "s3" / "bucket" / "gone" / "deeper").symlink_to(outside)
    reason = "s3://bucket/gone has a symbolic link that leads out of the folder s3 in the data directory."
    assert outcome(deletion_job(personalize, "gone", "s3://bucket/gone")) == ("FAILED", reason)
    assert len(stored()) == 3


def test_an_input_of_more_than_100_megabytes_is_refused(
    personalize: "PersonalizeClient", three_users: None, data_directory: Path
) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas" (limits): 100 MB in all."""
    put_object("gone/1.csv", "USER_ID\na\n")
    path = put_object("gone/deeper/2.csv", "USER_ID\na\n")
    with path.open("ab") as file:
        file.truncate(100 * 1024 * 1024 - len("USER_ID\na\n") + 1)
    reason = "The input of a data deletion job may have 100 MB in all; found 104857601 bytes."
    assert outcome(deletion_job(personalize, "gone", "s3://bucket/gone")) == ("FAILED", reason)
    assert len(stored()) == 3


def test_a_group_has_five_unsettled_deletion_jobs(personalize: "PersonalizeClient", dataset: str) -> None:
    source: Any = {"dataLocation": "s3://bucket/gone.csv"}
    for number in range(5):
        personalize.create_data_deletion_job(
            jobName=f"gone-{number}", datasetGroupArn=GROUP_ARN, dataSource=source, roleArn=ROLE
        )
    with pytest.raises(personalize.exceptions.LimitExceededException) as error:
        deletion_job(personalize, "one-more", "s3://bucket/gone.csv")
    assert refused(error)[2] == "More than 5 resources with PENDING or IN_PROGRESS status."
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    deletion_job(personalize, "one-more", "s3://bucket/gone.csv", datasetGroupArn=other)


def test_a_group_must_be_there_and_be_active_and_stays_while_a_job_runs(
    personalize: "PersonalizeClient", dataset: str, settings: LazySettings
) -> None:
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        deletion_job(personalize, "gone", "s3://bucket/gone.csv", datasetGroupArn=f"{GROUP_ARN}s")
    with pytest.raises(personalize.exceptions.ResourceNotFoundException) as missing:
        personalize.describe_data_deletion_job(dataDeletionJobArn=JOB_ARN)
    assert refused(missing)[2] == f"The given data deletion job does not exist: {JOB_ARN}"
    with pytest.raises(personalize.exceptions.InvalidInputException):
        personalize.list_data_deletion_jobs(datasetGroupArn=f"{GROUP_ARN}s")
    other = personalize.create_dataset_group(name="other")["datasetGroupArn"]
    source: Any = {"dataLocation": "s3://bucket/gone.csv"}
    personalize.create_data_deletion_job(jobName="gone", datasetGroupArn=other, dataSource=source, roleArn=ROLE)
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_dataset_group(datasetGroupArn=other)
    assert JOB_ARN in refused(error)[2]
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    slow = personalize.create_dataset_group(name="slow")["datasetGroupArn"]
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        deletion_job(personalize, "gone", "s3://bucket/gone.csv", datasetGroupArn=slow)
