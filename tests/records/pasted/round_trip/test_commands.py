"""Commands: records come back from what writers make of them."""

import json
import shlex

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import OF_EACH, Values, Writer, any_texts, came_back, rows

DATASET_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"


def put_users(values: Values) -> str:
    properties = ({"age": row[1], "score": row[2], "vip": row[3], "city": row[4]} for row in values)
    users = [{"userId": row[0], "properties": json.dumps(each)} for row, each in zip(values, properties, strict=True)]
    return f"aws personalize-events put-users --dataset-arn {DATASET_ARN} --users {shlex.quote(json.dumps(users))}"


FORMATS: dict[str, Writer] = {
    "an AWS CLI command": put_users,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
