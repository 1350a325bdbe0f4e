"""What happens to users beside PutUsers is told to the console's trail."""

from typing import TYPE_CHECKING

import pytest

from console.local.demo import reset_demo_data
from console.submissions.models import DatasetEvent
from tests.local.jobs.job_requests import deletion_job, import_job, put_object
from tests.local.shop import DATASET_ARN, GROUP_ARN
from tests.submissions.sent import send

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("data_directory")


@pytest.fixture
def sent(dataset: str) -> None:
    """Two users who were sent from the console: what is told of others is of no use to it."""
    send({"ada": {"age": 1}, "eve": {"age": 1}}, dataset_arn=DATASET_ARN, dataset_group="shop")


def told() -> list[tuple[str, str]]:
    dataset = f"local {DATASET_ARN}"
    return list(DatasetEvent.objects.filter(dataset=dataset).order_by("pk").values_list("kind", "record_id"))


@pytest.mark.usefixtures("sent")
def test_a_deletion_job_tells_of_the_users_that_it_lists(personalize: "PersonalizeClient") -> None:
    put_object("gone/1.csv", "USER_ID\n" + "".join(f"u-{number}\n" for number in range(600)) + "eve\n")
    assert deletion_job(personalize, "gone", "s3://bucket/gone")["status"] == "COMPLETED"
    assert told() == [("users deleted", "eve")]


@pytest.mark.usefixtures("sent")
def test_a_full_import_tells_once_and_an_incremental_one_of_its_users(personalize: "PersonalizeClient") -> None:
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"u-{number},1\n" for number in range(1200)) + "eve,2\n")
    import_job(personalize, "full", "s3://bucket/users.csv")
    assert told() == [("imported", "")]
    import_job(personalize, "more", "s3://bucket/users.csv", importMode="INCREMENTAL")
    assert told() == [("imported", ""), ("imported", "eve")]


@pytest.mark.usefixtures("sent")
def test_a_job_that_fails_before_it_changes_anything_tells_nothing(personalize: "PersonalizeClient") -> None:
    put_object("wrong.csv", "USER_ID,AGE\nada,x\n")
    assert import_job(personalize, "wrong", "s3://bucket/wrong.csv")["status"] == "CREATE FAILED"
    assert deletion_job(personalize, "wrong", "s3://bucket/nothing.csv")["status"] == "FAILED"
    assert told() == []


@pytest.mark.usefixtures("sent")
def test_a_deletion_of_the_dataset_is_told(personalize: "PersonalizeClient") -> None:
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert told() == [("dataset deleted", "")]


@pytest.mark.usefixtures("demo")
def test_a_reset_tells_of_the_datasets_that_lost_something(personalize_events: "PersonalizeEventsClient") -> None:
    arn = DATASET_ARN.replace("shop", "online-shop")
    send({"ada": {}}, dataset_arn=arn, dataset_group="online-shop")
    reset_demo_data("000000000000", "us-east-1")
    assert not DatasetEvent.objects.exists()

    personalize_events.put_users(
        datasetArn=arn, users=[{"userId": "ada", "properties": '{"membershipStatus": "Gold"}'}]
    )
    reset_demo_data("000000000000", "us-east-1")
    assert list(DatasetEvent.objects.values_list("dataset", "kind", "record_id")) == [
        (f"local {arn}", "demo reset", "")
    ]
