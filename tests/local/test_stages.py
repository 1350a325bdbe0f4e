"""How a status changes with the time of day, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from console.local.models import Dataset, DatasetGroup, StoredRecord
from tests.local.conftest import Clock
from tests.local.queued import remove_all
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, SCHEMA_ARN, refused
from tests.records.literal_schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

PHONE = {"name": "PHONE", "type": ["null", "string"]}


@pytest.fixture
def slow(settings: LazySettings, clock: Clock) -> Clock:
    """Ten seconds for each change, by a clock that stands."""
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    return clock


@pytest.fixture
def slow_dataset(dataset: str, settings: LazySettings, clock: Clock) -> Clock:
    """An ACTIVE dataset, and ten seconds for each change from now on."""
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    return clock


def group_status(personalize: "PersonalizeClient") -> str:
    (summary,) = personalize.list_dataset_groups()["datasetGroups"]
    status = personalize.describe_dataset_group(datasetGroupArn=GROUP_ARN)["datasetGroup"]["status"]
    assert summary["status"] == status
    return status


def dataset_status(personalize: "PersonalizeClient") -> str:
    (summary,) = personalize.list_datasets()["datasets"]
    status = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]["status"]
    assert summary["status"] == status
    return status


def test_a_dataset_group_is_pending_then_in_progress_then_active(
    personalize: "PersonalizeClient", slow: Clock
) -> None:
    personalize.create_dataset_group(name="shop")
    for seconds, status in ((0, "CREATE PENDING"), (4.9, "CREATE PENDING"), (0.1, "CREATE IN_PROGRESS")):
        slow.go_on(seconds)
        assert group_status(personalize) == status
    slow.go_on(4.9)
    assert group_status(personalize) == "CREATE IN_PROGRESS"
    slow.go_on(0.1)
    assert group_status(personalize) == "ACTIVE"


def test_a_dataset_waits_for_its_group_and_then_takes_its_time(personalize: "PersonalizeClient", slow: Clock) -> None:
    personalize.create_schema(name="shop-users", schema=avro(AGE))
    personalize.create_dataset_group(name="shop")
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    assert refused(error)[2] == f"The dataset group {GROUP_ARN} has the status CREATE PENDING; it must be ACTIVE."
    slow.go_on(10)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    assert dataset_status(personalize) == "CREATE PENDING"
    slow.go_on(5)
    assert dataset_status(personalize) == "CREATE IN_PROGRESS"
    slow.go_on(5)
    assert dataset_status(personalize) == "ACTIVE"


def test_users_are_taken_once_the_dataset_is_active(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", slow: Clock
) -> None:
    personalize.create_schema(name="shop-users", schema=avro(AGE))
    personalize.create_dataset_group(name="shop")
    slow.go_on(10)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    slow.go_on(9)
    with pytest.raises(personalize_events.exceptions.ResourceInUseException) as error:
        personalize_events.put_users(datasetArn=DATASET_ARN, users=[{"userId": "u", "properties": '{"age": 1}'}])
    message = f"The dataset {DATASET_ARN} has the status CREATE IN_PROGRESS; it must be ACTIVE."
    assert refused(error) == ("ResourceInUseException", 409, message)
    slow.go_on(1)
    personalize_events.put_users(datasetArn=DATASET_ARN, users=[{"userId": "u", "properties": '{"age": 1}'}])


def test_a_status_is_that_of_the_time_even_if_the_setting_changes(
    personalize: "PersonalizeClient", slow: Clock, settings: LazySettings
) -> None:
    personalize.create_dataset_group(name="shop")
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 0
    slow.go_on(9)
    assert group_status(personalize) == "CREATE IN_PROGRESS"


def test_a_deleted_dataset_goes_with_its_users_and_frees_its_name(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", slow_dataset: Clock
) -> None:
    personalize_events.put_users(datasetArn=DATASET_ARN, users=[{"userId": "u", "properties": '{"age": 1}'}])
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    assert dataset_status(personalize) == "DELETE PENDING"
    slow_dataset.go_on(5)
    assert dataset_status(personalize) == "DELETE IN_PROGRESS"
    again: Any = {"name": "x", "schemaArn": SCHEMA_ARN, "datasetGroupArn": GROUP_ARN, "datasetType": "Users"}
    with pytest.raises(personalize.exceptions.ResourceAlreadyExistsException):
        personalize.create_dataset(**again)
    assert StoredRecord.objects.count() == 1
    slow_dataset.go_on(5)
    assert personalize.list_datasets()["datasets"] == []
    remove_all()
    assert not Dataset.objects.exists()
    assert not StoredRecord.objects.exists()
    personalize.create_dataset(**again)
    assert dataset_status(personalize) == "CREATE PENDING"


def test_a_deleted_dataset_group_goes_and_frees_its_name(personalize: "PersonalizeClient", slow: Clock) -> None:
    personalize.create_dataset_group(name="shop")
    slow.go_on(10)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert group_status(personalize) == "DELETE PENDING"
    slow.go_on(5)
    assert group_status(personalize) == "DELETE IN_PROGRESS"
    slow.go_on(5)
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_dataset_group(datasetGroupArn=GROUP_ARN)
    remove_all()
    assert not DatasetGroup.objects.exists()
    personalize.create_dataset_group(name="shop")


def test_a_dataset_that_is_due_to_be_gone_takes_no_users_though_its_row_is_there(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", slow_dataset: Clock
) -> None:
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    slow_dataset.go_on(10)
    with pytest.raises(personalize_events.exceptions.ResourceNotFoundException) as error:
        personalize_events.put_users(datasetArn=DATASET_ARN, users=[{"userId": "u", "properties": '{"age": 1}'}])
    assert refused(error)[1:] == (404, f"The given dataset does not exist: {DATASET_ARN}")
    assert Dataset.objects.get().status == "DELETE IN_PROGRESS"


@pytest.mark.parametrize("seconds", [0, 5])
def test_what_is_being_made_cannot_be_deleted(personalize: "PersonalizeClient", slow: Clock, seconds: int) -> None:
    personalize.create_dataset_group(name="shop")
    slow.go_on(seconds)
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)


def test_what_is_being_deleted_cannot_be_deleted_again(personalize: "PersonalizeClient", slow_dataset: Clock) -> None:
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_dataset(datasetArn=DATASET_ARN)
    assert refused(error) == (
        "ResourceInUseException",
        400,
        f"The dataset {DATASET_ARN} has the status DELETE PENDING; it must be ACTIVE or CREATE FAILED.",
    )


def test_a_group_and_a_schema_wait_for_a_dataset_that_is_being_deleted(
    personalize: "PersonalizeClient", slow_dataset: Clock
) -> None:
    personalize.delete_dataset(datasetArn=DATASET_ARN)
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_schema(schemaArn=SCHEMA_ARN)
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    slow_dataset.go_on(10)
    personalize.delete_schema(schemaArn=SCHEMA_ARN)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)


def test_a_new_schema_is_shown_on_its_way_and_applies_at_once(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", slow_dataset: Clock
) -> None:
    with_phone = personalize.create_schema(name="with-phone", schema=avro(AGE, PHONE))["schemaArn"]
    began_at = slow_dataset.moment
    personalize.update_dataset(datasetArn=DATASET_ARN, schemaArn=with_phone)
    for seconds, status in ((0, "CREATE PENDING"), (5, "CREATE IN_PROGRESS"), (5, "ACTIVE")):
        slow_dataset.go_on(seconds)
        found = personalize.describe_dataset(datasetArn=DATASET_ARN)["dataset"]
        update = found["latestDatasetUpdate"]
        assert (found["status"], found["schemaArn"]) == ("ACTIVE", with_phone)
        assert (update["status"], update["schemaArn"]) == (status, with_phone)
        assert abs((update["creationDateTime"] - began_at).total_seconds()) < 0.001
        user = {"userId": "u", "properties": '{"age": 1, "phone": "1"}'}
        personalize_events.put_users(datasetArn=DATASET_ARN, users=[user])  # type: ignore[list-item]


def test_a_dataset_whose_schema_is_being_replaced_is_in_use(
    personalize: "PersonalizeClient", slow_dataset: Clock
) -> None:
    personalize.update_dataset(datasetArn=DATASET_ARN, schemaArn=SCHEMA_ARN)
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.update_dataset(datasetArn=DATASET_ARN, schemaArn=SCHEMA_ARN)
    assert refused(error)[2] == f"The schema of the dataset {DATASET_ARN} is being replaced: CREATE PENDING."
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_dataset(datasetArn=DATASET_ARN)
    slow_dataset.go_on(10)
    personalize.delete_dataset(datasetArn=DATASET_ARN)
