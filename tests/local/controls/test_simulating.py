"""Simulated responses over HTTP."""

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.local.controls.asking import ask, got, refused
from tests.support.demo import ACCOUNT

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

GROUP = f"arn:aws:personalize:us-east-1:{ACCOUNT}:dataset-group/shop"
USER: Any = {"userId": "u-1", "properties": '{"age": 36}'}


def test_responses_are_simulated_listed_and_switched_off(
    dataset: str, personalize_events: "PersonalizeEventsClient"
) -> None:
    asked = {
        "response": "AccessDeniedException",
        "operation": "PutUsers",
        "account": ACCOUNT,
        "datasetGroupArn": GROUP,
        "seconds": 0.01,
        "calls": 2,
    }
    assert got(ask("POST", "/simulations", asked)) == {**asked, "remaining": 2}
    everywhere = got(ask("POST", "/simulations", {"response": "ResourceInUseException"}))
    assert everywhere == {
        "response": "ResourceInUseException",
        "operation": None,
        "account": None,
        "datasetGroupArn": None,
        "seconds": 0.0,
        "calls": None,
        "remaining": None,
    }
    with pytest.raises(ClientError, match="AccessDeniedException"):
        personalize_events.put_users(datasetArn=dataset, users=[USER])
    assert got(ask("GET", "/simulations")) == {"simulations": [{**asked, "remaining": 1}, everywhere]}
    assert got(ask("GET", "/simulations?account=111122223333")) == {"simulations": [everywhere]}
    assert got(ask("POST", "/simulations/clear", {"account": ACCOUNT})) == {"simulations": [everywhere]}
    with pytest.raises(ClientError, match="ResourceInUseException"):
        personalize_events.put_users(datasetArn=dataset, users=[USER])
    assert got(ask("POST", "/simulations/clear")) == {"simulations": []}
    personalize_events.put_users(datasetArn=dataset, users=[USER])


RESPONSES = (
    "normal, InvalidInputException, ResourceNotFoundException, ResourceInUseException, ThrottlingException, "
    "AccessDeniedException, InternalFailure, dropped"
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "The body needs response."),
        ({"response": 1}, "response must be text."),
        ({"response": "Teapot"}, f"response must be one of {RESPONSES}."),
        ({"response": "normal", "operation": "PutUser"}, "operation must be an operation that is served."),
        ({"response": "normal", "operation": []}, "operation must be an operation that is served."),
        ({"response": "normal", "account": 12}, "account must be an account of 12 digits, as text."),
        ({"response": "normal", "datasetGroupArn": "shop"}, "datasetGroupArn must be the ARN of a dataset group."),
        ({"response": "normal", "seconds": 61}, "seconds must be a number from 0 to 60."),
        ({"response": "normal", "seconds": True}, "seconds must be a number from 0 to 60."),
        ({"response": "normal", "calls": 0}, "calls must be a whole number from 1 to 1000000."),
        ({"response": "normal", "calls": 1.5}, "calls must be a whole number from 1 to 1000000."),
        (
            {"response": "normal", "operation": "ListSchemas", "datasetGroupArn": GROUP},
            "datasetGroupArn goes with PutActionInteractions, PutActions, PutEvents, PutItems, PutUsers alone.",
        ),
    ],
)
def test_what_cannot_be_simulated_is_refused(asked: dict[str, Any], sentence: str) -> None:
    assert refused(ask("POST", "/simulations", asked)) == (400, sentence)
    assert got(ask("GET", "/simulations")) == {"simulations": []}
