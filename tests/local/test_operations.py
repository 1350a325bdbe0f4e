"""The control plane, through real boto3."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from console.local.models import DatasetGroup
from tests.local.shop import AGE, DATASET_ARN, GROUP_ARN, SCHEMA_ARN, refused
from tests.records.literal_schemas import avro
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def is_recent(moment: datetime) -> bool:
    return datetime.now(UTC) - moment < timedelta(minutes=1)


def test_describes_the_dataset_group_that_was_created(personalize: "PersonalizeClient") -> None:
    created = personalize.create_dataset_group(
        name="shop",
        domain="ECOMMERCE",
        roleArn="arn:aws:iam::000000000000:role/r",
        kmsKeyArn="arn:aws:kms:us-east-1:000000000000:key/k",
    )
    group = personalize.describe_dataset_group(datasetGroupArn=created["datasetGroupArn"])["datasetGroup"]
    assert created["datasetGroupArn"] == GROUP_ARN
    assert created["domain"] == "ECOMMERCE"
    assert is_recent(group.pop("creationDateTime"))
    assert is_recent(group.pop("lastUpdatedDateTime"))
    assert group == {
        "name": "shop",
        "datasetGroupArn": GROUP_ARN,
        "status": "ACTIVE",
        "domain": "ECOMMERCE",
        "roleArn": "arn:aws:iam::000000000000:role/r",
        "kmsKeyArn": "arn:aws:kms:us-east-1:000000000000:key/k",
    }


def test_describes_the_schema_that_was_created(personalize: "PersonalizeClient") -> None:
    text = avro(AGE, version="1.0")
    assert personalize.create_schema(name="shop-users", schema=text)["schemaArn"] == SCHEMA_ARN
    schema = personalize.describe_schema(schemaArn=SCHEMA_ARN)["schema"]
    assert is_recent(schema["creationDateTime"])
    assert (schema["name"], schema["schemaArn"], schema["schema"]) == ("shop-users", SCHEMA_ARN, text)
    (summary,) = personalize.list_schemas()["schemas"]
    assert "schema" not in summary


def test_describes_the_dataset_that_was_created(personalize: "PersonalizeClient", dataset: str) -> None:
    assert dataset == DATASET_ARN
    found = personalize.describe_dataset(datasetArn=dataset)["dataset"]
    assert (found["name"], found["datasetType"], found["status"]) == ("our-users", "USERS", "ACTIVE")
    assert (found["datasetGroupArn"], found["schemaArn"]) == (GROUP_ARN, SCHEMA_ARN)
    (summary,) = personalize.list_datasets(datasetGroupArn=GROUP_ARN)["datasets"]
    assert "schemaArn" not in summary


def test_lists_the_datasets_of_one_group_or_of_all(personalize: "PersonalizeClient", dataset: str) -> None:
    personalize.create_dataset_group(name="other")
    other = GROUP_ARN.replace("shop", "other")
    assert personalize.list_datasets(datasetGroupArn=other)["datasets"] == []
    assert [each["datasetArn"] for each in personalize.list_datasets()["datasets"]] == [dataset]


def test_lists_in_pages_newest_first(personalize: "PersonalizeClient") -> None:
    for number in range(5):
        personalize.create_dataset_group(name=f"group-{number}")
    pages = personalize.get_paginator("list_dataset_groups").paginate(PaginationConfig={"PageSize": 2})
    assert [[group["name"] for group in page["datasetGroups"]] for page in pages] == [
        ["group-4", "group-3"],
        ["group-2", "group-1"],
        ["group-0"],
    ]


def test_a_page_goes_on_where_the_last_one_ended_though_rows_come_and_go(personalize: "PersonalizeClient") -> None:
    for number in range(4):
        personalize.create_dataset_group(name=f"group-{number}")
    first = personalize.list_dataset_groups(maxResults=2)
    personalize.create_dataset_group(name="newer")
    DatasetGroup.objects.filter(name="group-2").delete()
    second = personalize.list_dataset_groups(maxResults=2, nextToken=first["nextToken"])
    assert [group["name"] for group in second["datasetGroups"]] == ["group-1", "group-0"]
    assert "nextToken" not in second


@pytest.mark.parametrize("foreign", [False, True])
def test_refuses_a_token_that_is_not_of_this_list(personalize: "PersonalizeClient", foreign: bool) -> None:
    for number in range(2):
        personalize.create_schema(name=f"schema-{number}", schema=avro(AGE))
    token = personalize.list_schemas(maxResults=1)["nextToken"] if foreign else "forged"
    with pytest.raises(personalize.exceptions.InvalidNextTokenException) as error:
        personalize.list_dataset_groups(nextToken=token)
    assert refused(error)[:2] == ("InvalidNextTokenException", 400)


def test_each_region_has_resources_of_its_own(personalize: "PersonalizeClient", dataset: str) -> None:
    DatasetGroup.objects.filter(name="shop").update(region="eu-west-1")
    assert personalize.list_dataset_groups()["datasetGroups"] == []
    with pytest.raises(personalize.exceptions.ResourceNotFoundException):
        personalize.describe_dataset_group(datasetGroupArn=GROUP_ARN)


def test_refuses_a_name_that_is_taken(personalize: "PersonalizeClient", dataset: str) -> None:
    taken: list[tuple[str, Any]] = [
        (GROUP_ARN, lambda: personalize.create_dataset_group(name="shop")),
        (SCHEMA_ARN, lambda: personalize.create_schema(name="shop-users", schema=avro(AGE))),
        (
            DATASET_ARN,
            lambda: personalize.create_dataset(
                name="again", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="USERS"
            ),
        ),
    ]
    for arn, create in taken:
        with pytest.raises(personalize.exceptions.ResourceAlreadyExistsException) as error:
            create()
        # The live service's own words.
        assert refused(error)[2] == f"Another resource with Arn {arn} already exists."


def test_says_what_does_not_exist(personalize: "PersonalizeClient", dataset: str) -> None:
    missing = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/missing"
    calls: list[tuple[str, Any]] = [
        ("dataset group", lambda: personalize.describe_dataset_group(datasetGroupArn=missing)),
        ("dataset", lambda: personalize.describe_dataset(datasetArn=missing)),
        ("schema", lambda: personalize.describe_schema(schemaArn=missing)),
        (
            "schema",
            lambda: personalize.create_dataset(
                name="x", schemaArn=missing, datasetGroupArn=GROUP_ARN, datasetType="Items"
            ),
        ),
    ]
    for kind, call in calls:
        with pytest.raises(personalize.exceptions.ResourceNotFoundException) as error:
            call()
        # The live service's own words for a dataset group.
        assert refused(error)[2] == f"The given {kind} does not exist: {missing}"


def test_listing_the_datasets_of_a_group_that_does_not_exist_is_an_invalid_input(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    missing = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/missing"
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.list_datasets(datasetGroupArn=missing)
    assert refused(error)[1:] == (400, f"The given dataset group does not exist: {missing}")


def test_refuses_a_dataset_type_that_is_none(personalize: "PersonalizeClient", dataset: str) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="People")
    assert "The dataset type PEOPLE is not one of" in refused(error)[2]


def test_refuses_a_dataset_in_a_group_that_is_not_active(personalize: "PersonalizeClient", dataset: str) -> None:
    DatasetGroup.objects.update(settled_status="CREATE FAILED")
    with pytest.raises(personalize.exceptions.ResourceInUseException) as error:
        personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Items")
    assert "has the status CREATE FAILED" in refused(error)[2]


def test_what_is_not_served_is_said_once_and_never_retried(personalize: "PersonalizeClient") -> None:
    with pytest.raises(ClientError) as error:
        personalize.list_solutions()
    code, status, message = refused(error)
    assert (code, status) == ("UnsupportedOperationException", 400)
    assert message.startswith("ListSolutions is not served by the local service. It serves: CreateDataDeletionJob, ")
    assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 0
