"""What the tests of the local service share."""

from typing import TYPE_CHECKING

import pytest

from tests.local.shop import AGE, GROUP_ARN, SCHEMA_ARN
from tests.records.schemas import avro

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


@pytest.fixture
def dataset(personalize: "PersonalizeClient") -> str:
    """The ARN of a Users dataset with the one metadata field AGE."""
    personalize.create_dataset_group(name="shop", domain="ECOMMERCE")
    personalize.create_schema(name="shop-users", schema=avro(AGE), domain="ECOMMERCE")
    answer = personalize.create_dataset(
        name="our-users", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users"
    )
    return answer["datasetArn"]
