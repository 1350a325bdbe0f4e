"""A dataset group, a schema and a Users dataset of the tests, and what a refusal says."""

import pytest
from botocore.exceptions import ClientError

from tests.support.demo import ACCOUNT, REGION

GROUP_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/shop"
SCHEMA_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:schema/shop-users"
DATASET_ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/shop/USERS"
AGE = {"name": "AGE", "type": "int"}


def refused(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int, str]:
    """Return the code, the HTTP status and the message of a refusal."""
    details = error.value.response["Error"]
    return details["Code"], error.value.response["ResponseMetadata"]["HTTPStatusCode"], details["Message"]
