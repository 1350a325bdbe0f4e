"""What requests of jobs have in common: limits, names, states, pages and tags, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.local.jobs.job_requests import import_job, put_object, run_due_jobs
from tests.local.shop import DATASET_ARN, GROUP_ARN, refused
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("data_directory")

JOB_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-import-job/first"


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
