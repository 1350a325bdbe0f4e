"""PutUsers by the real boto3 and the real AWS CLI, over HTTP, with the demo keys."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.support.served import Served

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/{}/USERS"
KEYS = {"aws_access_key_id": "AKIALOCALDEMOEXAMPLE", "aws_secret_access_key": "local-demo-secret-key"}
AWS = Path(sys.executable).with_name("aws")


def client(served: Served, service: str, *, config: Config | None = None, **changes: Any) -> Any:
    session = boto3.Session(**{"region_name": "us-east-1", **KEYS, **changes})
    return session.client(service, endpoint_url=served.endpoint, config=config)  # type: ignore[call-overload]  # The name is a variable.


def exhaust(served: Served, arn: str, user: dict[str, str]) -> None:
    """Put a user until the rate refuses it, which raises ClientError."""
    events = client(served, "personalize-events", config=Config(retries={"total_max_attempts": 1}))
    with ThreadPoolExecutor(8) as threads:
        for _ in threads.map(lambda _: events.put_users(datasetArn=arn, users=[user]), range(400)):
            pass


def aws(served: Served, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Run the AWS CLI with the demo keys; `changes` are other environment variables."""
    variables = {
        **served.variables,
        "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": served.endpoint,
        **changes,
    }
    return subprocess.run([str(AWS), *arguments], env=variables, capture_output=True, text=True)


def test_boto3_puts_users(served: Served) -> None:
    arn = ARN.format("member-profiles")
    properties = {"email": "ü@example.com", "fullName": "Ünal 😀", "age": 30, "gender": "F"}
    answer = client(served, "personalize-events").put_users(
        datasetArn=arn, users=[{"userId": "boto3", "properties": json.dumps(properties)}]
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert {"userId": "boto3", "properties": properties} in served.local_records(arn)


def test_boto3_walks_from_groups_to_the_schema(served: Served) -> None:
    personalize = client(served, "personalize")
    pages = personalize.get_paginator("list_dataset_groups").paginate(PaginationConfig={"PageSize": 2})
    groups = {group["name"]: group for page in pages for group in page["datasetGroups"]}
    assert groups["online-shop"]["domain"] == "ECOMMERCE"
    datasets = personalize.list_datasets(datasetGroupArn=groups["online-shop"]["datasetGroupArn"])["datasets"]
    (users,) = [each for each in datasets if each["datasetType"] == "USERS"]
    schema_arn = personalize.describe_dataset(datasetArn=users["datasetArn"])["dataset"]["schemaArn"]
    fields = json.loads(personalize.describe_schema(schemaArn=schema_arn)["schema"]["schema"])["fields"]
    assert [field["name"] for field in fields] == ["USER_ID", "MEMBERSHIP_STATUS"]


def test_boto3_is_refused_with_the_modelled_exceptions(served: Served) -> None:
    events = client(served, "personalize-events")
    with pytest.raises(events.exceptions.ResourceNotFoundException):
        events.put_users(datasetArn=ARN.format("missing"), users=[{"userId": "u"}])
    with pytest.raises(events.exceptions.ResourceInUseException):
        events.put_users(datasetArn=ARN.format("regional-stores"), users=[{"userId": "u"}])
    with pytest.raises(events.exceptions.InvalidInputException):
        events.put_users(datasetArn=ARN.format("online-shop"), users=[{"userId": "u", "properties": "not JSON"}])


def test_a_wrong_secret_is_refused(served: Served) -> None:
    with pytest.raises(ClientError) as error:
        client(served, "personalize", aws_secret_access_key="wrong").list_schemas()
    assert error.value.response["Error"]["Code"] == "InvalidSignatureException"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_the_aws_cli_puts_users_as_the_guide_shows(served: Served) -> None:
    arn = ARN.format("online-shop")
    users = '[{"userId": "cli-1", "properties": "{\\"membershipStatus\\": \\"Premium Class|Legacy Member\\"}"}]'
    done = aws(served, "personalize-events", "put-users", "--dataset-arn", arn, "--users", users)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    expected = {"userId": "cli-1", "properties": {"membershipStatus": "Premium Class|Legacy Member"}}
    assert expected in served.local_records(arn)


def test_the_aws_cli_prints_the_error(served: Served) -> None:
    arn = ARN.format("online-shop")
    done = aws(served, "personalize-events", "put-users", "--dataset-arn", arn, "--users", "userId=cli-2")
    assert done.returncode != 0
    assert "An error occurred (InvalidInputException) when calling the PutUsers operation: " in done.stderr
    assert "), field MEMBERSHIP_STATUS: Expected text" in done.stderr


def test_the_aws_cli_lists_dataset_groups(served: Served) -> None:
    done = aws(served, "personalize", "list-dataset-groups", "--query", "datasetGroups[].name", "--output", "text")
    assert "loyalty-programme" in done.stdout.split()
