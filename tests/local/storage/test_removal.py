"""Deleting resources in the right order and in the wrong one, and replacing a dataset's schema, through real boto3."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings

from console.local.errors import ServiceError
from console.local.models import Dataset, DatasetGroup, Job, Schema, StoredRecord
from console.local.operations import Caller
from console.local.operations.entities import store
from console.local.storage.statements import find_dataset
from tests.local.jobs.job_requests import deletion_job, run_due_jobs
from tests.local.queued import create, remove_all, status
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, SCHEMA_ARN, refused
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

PHONE = {"name": "PHONE", "type": ["null", "string"]}


def test_datasets_go_first_then_schemas_and_groups(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    personalize_events.put_users(datasetArn=dataset, users=[{"userId": "u", "properties": '{"age": 1}'}])
    personalize.delete_dataset(datasetArn=dataset)
    personalize.delete_schema(schemaArn=SCHEMA_ARN)
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert personalize.list_dataset_groups()["datasetGroups"] == personalize.list_datasets()["datasets"] == []
    assert personalize.list_schemas()["schemas"] == []
    remove_all()
    for rows in (StoredRecord.objects, Dataset.objects, Schema.objects, DatasetGroup.objects):
        assert not rows.exists()


def test_a_deletion_answers_with_nothing(personalize: "PersonalizeClient", dataset: str) -> None:
    assert list(personalize.delete_dataset(datasetArn=dataset)) == ["ResponseMetadata"]


def test_a_group_with_a_dataset_is_in_use(personalize: "PersonalizeClient", dataset: str) -> None:
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert refused(error) == (
        "ResourceInUseException",
        400,
        f"The dataset group {GROUP_ARN} has the dataset {DATASET_ARN}. Delete its datasets first.",
    )


def test_a_schema_of_a_dataset_is_in_use(personalize: "PersonalizeClient", dataset: str) -> None:
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.delete_schema(schemaArn=SCHEMA_ARN)
    assert refused(error)[2] == (
        f"The schema {SCHEMA_ARN} is that of the dataset {DATASET_ARN}. Delete its datasets first."
    )


def test_a_group_that_failed_can_be_deleted(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    DatasetGroup.objects.update(settled_status="CREATE FAILED")
    personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
    assert personalize.list_dataset_groups()["datasetGroups"] == []
    remove_all()
    assert not DatasetGroup.objects.exists()


def test_a_dataset_that_is_on_its_way_for_ever_stays(personalize: "PersonalizeClient", demo: None) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/regional-stores/USERS"
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_dataset(datasetArn=arn)


def test_what_does_not_exist_or_is_of_another_region_cannot_be_deleted(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    for rows in (Dataset.objects, Schema.objects, DatasetGroup.objects):
        rows.update(region="eu-west-1")
    calls: list[tuple[str, str, Any]] = [
        ("dataset", DATASET_ARN, lambda: personalize.delete_dataset(datasetArn=DATASET_ARN)),
        ("schema", SCHEMA_ARN, lambda: personalize.delete_schema(schemaArn=SCHEMA_ARN)),
        ("dataset group", GROUP_ARN, lambda: personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)),
    ]
    for kind, arn, call in calls:
        with pytest.raises(personalize.exceptions.ResourceNotFoundException) as error:
            call()
        assert refused(error)[2] == f"The given {kind} does not exist: {arn}"
    assert Dataset.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_users_that_arrive_while_their_dataset_goes_are_refused(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    found = find_dataset(Caller(ACCOUNT, REGION), dataset)
    assert found is not None
    personalize.delete_dataset(datasetArn=dataset)
    remove_all()
    with pytest.raises(ServiceError) as error:
        store(found, {"u": {"age": 1}})
    assert (error.value.code, error.value.message) == (
        "ResourceNotFoundException",
        f"The given dataset does not exist: {DATASET_ARN}",
    )
    assert not StoredRecord.objects.exists()


def test_all_names_are_free_before_the_worker_has_removed_anything(
    personalize: "PersonalizeClient",
    personalize_events: "PersonalizeEventsClient",
    dataset: str,
    settings: LazySettings,
    users_file: None,
) -> None:
    settings.CONSOLE_LOCAL_MOST_DATASET_GROUPS = 1
    create(personalize)
    run_due_jobs()
    dataset_again: Any = {"name": "x", "schemaArn": SCHEMA_ARN, "datasetGroupArn": GROUP_ARN, "datasetType": "Users"}
    for _ in range(2):
        personalize.delete_dataset(datasetArn=dataset)
        personalize.delete_dataset_group(datasetGroupArn=GROUP_ARN)
        personalize.delete_schema(schemaArn=SCHEMA_ARN)
        personalize.create_dataset_group(name="shop", domain="ECOMMERCE")
        personalize.create_schema(name="shop-users", schema=avro(AGE), domain="ECOMMERCE")
        personalize.create_dataset(**dataset_again)
        create(personalize)
        assert status(personalize) == ("CREATE PENDING", "")
        assert (run_due_jobs(), status(personalize)) == (1, ("ACTIVE", ""))
    assert StoredRecord.objects.count() == 3 * 1200
    assert [
        len(page) for page in (personalize.list_datasets()["datasets"], personalize.list_schemas()["schemas"])
    ] == [1, 1]
    assert len(personalize.list_dataset_import_jobs()["datasetImportJobs"]) == 1
    assert len(personalize.list_dataset_groups()["datasetGroups"]) == 1
    remove_all()
    assert StoredRecord.objects.count() == 1200
    assert [rows.count() for rows in (Dataset.objects, Schema.objects, DatasetGroup.objects, Job.objects)] == [1] * 4
    assert personalize.describe_dataset(datasetArn=dataset)["dataset"]["name"] == "x"


def test_jobs_are_gone_with_their_dataset_before_the_worker_has_removed_it(
    personalize: "PersonalizeClient", dataset: str, users_file: None
) -> None:
    arn = create(personalize)
    run_due_jobs()
    personalize.delete_dataset(datasetArn=dataset)
    assert personalize.list_dataset_import_jobs()["datasetImportJobs"] == []
    for call in (
        lambda: personalize.describe_dataset_import_job(datasetImportJobArn=arn),
        lambda: personalize.list_tags_for_resource(resourceArn=arn),
    ):
        with pytest.raises(personalize.exceptions.ResourceNotFoundException) as error:
            call()
        assert refused(error)[2] == f"The given dataset import job does not exist: {arn}"
    assert Job.objects.count() == 1


def test_a_data_deletion_job_counts_no_users_of_a_dataset_that_is_gone(
    personalize: "PersonalizeClient", dataset: str, users_file: None
) -> None:
    create(personalize)
    run_due_jobs()
    personalize.delete_dataset(datasetArn=dataset)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    personalize.delete_dataset(datasetArn=dataset)
    assert StoredRecord.objects.count() == 1200
    assert deletion_job(personalize, "all", "s3://bucket/users.csv")["numDeleted"] == 0
    assert StoredRecord.objects.count() == 1200


def test_a_dataset_gets_another_schema(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    assert "latestDatasetUpdate" not in personalize.describe_dataset(datasetArn=dataset)["dataset"]
    with_phone = personalize.create_schema(name="with-phone", schema=avro(AGE, PHONE))["schemaArn"]
    assert personalize.update_dataset(datasetArn=dataset, schemaArn=with_phone)["datasetArn"] == dataset
    found = personalize.describe_dataset(datasetArn=dataset)["dataset"]
    assert (found["schemaArn"], found["status"]) == (with_phone, "ACTIVE")
    assert (found["latestDatasetUpdate"]["schemaArn"], found["latestDatasetUpdate"]["status"]) == (
        with_phone,
        "ACTIVE",
    )
    user = {"userId": "u", "properties": '{"age": 1, "phone": "1"}'}
    personalize_events.put_users(datasetArn=dataset, users=[user])  # type: ignore[list-item]
    personalize.delete_schema(schemaArn=SCHEMA_ARN)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            [{**PHONE, "categorical": True}],
            "The new schema has no field AGE. It must keep all fields of the current schema.",
        ),
        (
            [{"name": "AGE", "type": "long"}],
            "The field AGE must keep the type and attributes that it has in the current schema.",
        ),
        (
            [{"name": "AGE", "type": "int", "categorical": True}],
            "The field AGE must keep the type and attributes that it has in the current schema.",
        ),
        (
            [AGE, {"name": "PHONE", "type": "string"}],
            "The new field PHONE must allow null, because existing records do not have it.",
        ),
    ],
)
def test_a_new_schema_keeps_what_was_and_adds_what_may_be_null(
    personalize: "PersonalizeClient", dataset: str, fields: list[dict[str, Any]], message: str
) -> None:
    other = personalize.create_schema(name="other", schema=avro(*fields))["schemaArn"]
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.update_dataset(datasetArn=dataset, schemaArn=other)
    assert refused(error)[2] == message
    assert personalize.describe_dataset(datasetArn=dataset)["dataset"]["schemaArn"] == SCHEMA_ARN


def test_a_schema_of_another_type_is_refused(personalize: "PersonalizeClient", dataset: str) -> None:
    items = json.dumps({"type": "record", "name": "Items", "fields": [{"name": "ITEM_ID", "type": "string"}, AGE]})
    other = personalize.create_schema(name="other", schema=items)["schemaArn"]
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.update_dataset(datasetArn=dataset, schemaArn=other)
    assert (
        refused(error)[2]
        == 'The schema has the name “Items”, which is for the type ITEMS, and the dataset is of the type USERS. Use a schema with the name "Users".'
    )


def test_only_users_and_items_datasets_get_another_schema(personalize: "PersonalizeClient", demo: None) -> None:
    arn = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/newsroom/INTERACTIONS"
    items = arn.replace("INTERACTIONS", "ITEMS")
    schemas = {each: personalize.describe_dataset(datasetArn=each)["dataset"]["schemaArn"] for each in (arn, items)}
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.update_dataset(datasetArn=arn, schemaArn=schemas[arn])
    assert refused(error)[2] == "The schema of a dataset of the type INTERACTIONS stays; expected ITEMS or USERS."
    personalize.update_dataset(datasetArn=items, schemaArn=schemas[items])


def test_a_dataset_that_is_not_active_keeps_its_schema(personalize: "PersonalizeClient", dataset: str) -> None:
    Dataset.objects.update(settled_status="CREATE FAILED")
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.update_dataset(datasetArn=dataset, schemaArn=SCHEMA_ARN)
    assert refused(error)[2] == f"The dataset {dataset} has the status CREATE FAILED; it must be ACTIVE."
