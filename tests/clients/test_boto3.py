"""boto3 over HTTP: its paginators, its typed exceptions, and its retries."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.clients.test_put_users import ARN, client, exhaust
from tests.support.served import Served

GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/{}"


@pytest.mark.parametrize(
    ("operation", "key", "parameters"),
    [
        ("list_dataset_groups", "datasetGroups", {}),
        ("list_datasets", "datasets", {}),
        ("list_datasets", "datasets", {"datasetGroupArn": GROUP.format("online-shop")}),
        ("list_schemas", "schemas", {}),
        ("list_event_trackers", "eventTrackers", {}),
    ],
)
def test_a_paginator_gives_all_pages(served: Served, operation: str, key: str, parameters: dict[str, str]) -> None:
    personalize = client(served, "personalize")
    everything = [each["name"] for each in getattr(personalize, operation)(**parameters)[key]]
    paginator = personalize.get_paginator(operation)
    pages = list(paginator.paginate(**parameters, PaginationConfig={"PageSize": 2}))
    assert [each["name"] for page in pages for each in page[key]] == everything
    assert [len(page[key]) for page in pages[:-1]] == [2] * (len(pages) - 1)
    assert len(pages) == (len(everything) + 1) // 2 > 1
    some = paginator.paginate(**parameters, PaginationConfig={"PageSize": 2, "MaxItems": 1}).build_full_result()
    rest = paginator.paginate(**parameters, PaginationConfig={"StartingToken": some["NextToken"]}).build_full_result()
    assert [each["name"] for each in some[key] + rest[key]] == everything


def test_exceptions_are_of_the_types_of_the_model(served: Served) -> None:
    personalize = client(served, "personalize")
    schema = personalize.describe_dataset(datasetArn=ARN.format("online-shop"))["dataset"]["schemaArn"]
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        ("InvalidInputException", "create_schema", {"name": "x", "schema": "not Avro"}),
        ("ResourceAlreadyExistsException", "create_dataset_group", {"name": "online-shop"}),
        ("ResourceNotFoundException", "describe_schema", {"schemaArn": schema + "-missing"}),
        ("ResourceInUseException", "delete_schema", {"schemaArn": schema}),
        ("InvalidNextTokenException", "list_schemas", {"nextToken": "forged"}),
        (
            "TooManyTagsException",
            "tag_resource",
            {
                "resourceArn": GROUP.format("newsroom"),
                "tags": [{"tagKey": f"k{number}", "tagValue": ""} for number in range(51)],
            },
        ),
    ]
    for name, operation, parameters in wrong:
        with pytest.raises(getattr(personalize.exceptions, name)) as error:
            getattr(personalize, operation)(**parameters)
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
        assert error.value.response["ResponseMetadata"]["RetryAttempts"] == 0
        assert error.value.response["ResponseMetadata"]["RequestId"]


def test_a_throttled_call_is_tried_again_until_it_is_taken(served: Served) -> None:
    arn = ARN.format("member-profiles")
    properties = json.dumps({"email": "a", "fullName": "b", "age": 1, "gender": "F"})

    # One for all calls: to make one takes a busy machine longer than a tenth of a second.
    patient = Config(retries={"mode": "standard", "total_max_attempts": 10}, max_pool_connections=8)
    events = client(served, "personalize-events", config=patient)

    def put(number: int) -> Any:
        return events.put_users(datasetArn=arn, users=[{"userId": f"boto3-{number}", "properties": properties}])

    # A slow machine may need more than one go to be faster than ten calls a second.
    for _ in range(20):
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(put, range(24)))
        if any(answer["ResponseMetadata"]["RetryAttempts"] for answer in answers):
            break
    else:
        pytest.fail("No call was throttled.")
    with pytest.raises(ClientError, match="Rate exceeded") as error:
        exhaust(served, arn, {"userId": "boto3", "properties": properties})
    assert error.value.response["Error"]["Code"] == "ThrottlingException"
