"""The lastUpdatedDateTime of resources and jobs, which follows their status, through real boto3."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from tests.local.conftest import Clock
from tests.local.jobs.job_requests import put_object, run_due_jobs
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

PHONE = {"name": "PHONE", "type": ["null", "string"]}


@pytest.fixture
def slow_dataset(dataset: str, settings: LazySettings, clock: Clock) -> Clock:
    """An ACTIVE dataset, half a minute later, and ten seconds for each change from now on."""
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    clock.go_on(30)
    return clock


def seconds_after(moment: datetime, resource: Any) -> int:
    """Return the seconds from a moment to when a resource was last updated, whatever milliseconds the test took."""
    updated_at: datetime = resource["lastUpdatedDateTime"]
    return round((updated_at - moment).total_seconds())


def group_of(client: "PersonalizeClient") -> Any:
    (summary,) = client.list_dataset_groups()["datasetGroups"]
    group = client.describe_dataset_group(datasetGroupArn=GROUP_ARN)["datasetGroup"]
    assert summary["lastUpdatedDateTime"] == group["lastUpdatedDateTime"]
    return group


def test_a_dataset_group_is_updated_by_each_step_of_its_creation_and_removal(
    personalize: "PersonalizeClient", settings: LazySettings, clock: Clock
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    began_at = clock.moment
    personalize.create_dataset_group(name="shop")
    for seconds, updated in ((0, 0), (4, 0), (1, 5), (4, 5), (1, 10), (90, 10)):
        clock.go_on(seconds)
        group = group_of(personalize)
        assert seconds_after(began_at, group) == updated
        assert abs((group["creationDateTime"] - began_at).total_seconds()) < 0.01
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    for seconds, updated in ((0, 100), (4, 100), (1, 105)):
        clock.go_on(seconds)
        assert seconds_after(began_at, group_of(personalize)) == updated


def test_a_new_schema_updates_its_dataset_and_its_own_steps_are_those_of_the_update(
    personalize: "PersonalizeClient", slow_dataset: Clock
) -> None:
    with_phone = personalize.create_schema(name="with-phone", schema=avro(AGE, PHONE))["schemaArn"]
    began_at = slow_dataset.moment
    found: Any = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]
    assert seconds_after(began_at, found) == -30
    personalize.update_dataset(datasetArn=DATASET_ARN, schemaArn=with_phone)
    for seconds, updated in ((0, 0), (5, 5), (4, 5), (1, 10), (9, 10)):
        slow_dataset.go_on(seconds)
        found = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]
        assert (seconds_after(began_at, found), seconds_after(began_at, found["latestDatasetUpdate"])) == (0, updated)


def test_a_removal_updates_its_dataset(personalize: "PersonalizeClient", slow_dataset: Clock) -> None:
    began_at = slow_dataset.moment
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    for seconds, updated in ((4, 0), (1, 5)):
        slow_dataset.go_on(seconds)
        (summary,) = personalize.list_datasets()["datasets"]
        assert seconds_after(began_at, summary) == updated


def test_tags_update_nothing(personalize: "PersonalizeClient", slow_dataset: Clock) -> None:
    personalize.tag_resource(resourceArn=GROUP_ARN, tags=[{"tagKey": "team", "tagValue": "shop"}])
    assert seconds_after(slow_dataset.moment, group_of(personalize)) == -30


def test_a_job_is_updated_when_its_status_is(
    personalize: "PersonalizeClient", slow_dataset: Clock, data_directory: object
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu,1\n")
    began_at = slow_dataset.moment
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(jobName="in", datasetArn=DATASET_ARN, dataSource=source)
    steps = (
        (4, "CREATE PENDING", 0),
        (2, "CREATE IN_PROGRESS", 6),
        (3, "CREATE IN_PROGRESS", 6),
        (1, "ACTIVE", 10),
        (9, "ACTIVE", 10),
    )
    for seconds, status, updated in steps:
        slow_dataset.go_on(seconds)
        run_due_jobs()
        (job,) = personalize.list_dataset_import_jobs()["datasetImportJobs"]
        assert (job["status"], seconds_after(began_at, job)) == (status, updated)
