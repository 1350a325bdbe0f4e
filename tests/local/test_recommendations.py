"""The operations of personalize-runtime, through real boto3 over the HTTP endpoint and without a network.

Nothing is trained here, so that they answer as Personalize does for campaigns and recommenders that do not exist.
"""

import logging
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local import over_http
from tests.local.shop import refused
from tests.support.demo import ACCOUNT, REGION

KEYS = ("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")
ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}"
CAMPAIGN = f"{ARN}:campaign/films"
RECOMMENDER = f"{ARN}:recommender/top-picks"
RANKED: dict[str, Any] = {"inputList": ["film"], "userId": "u"}


@pytest.fixture(params=[over_http.client, over_http.without_network], ids=["over HTTP", "without a network"])
def runtime(request: pytest.FixtureRequest, demo: None) -> Any:
    return request.param("personalize-runtime", *KEYS)


@pytest.mark.parametrize(
    ("operation", "parameters", "message"),
    [
        ("get_recommendations", {"campaignArn": CAMPAIGN}, f"The given campaign does not exist: {CAMPAIGN}"),
        (
            "get_recommendations",
            {"recommenderArn": RECOMMENDER, "userId": "u", "numResults": 0, "context": {"DEVICE": "phone"}},
            f"The given recommender does not exist: {RECOMMENDER}",
        ),
        ("get_action_recommendations", {"campaignArn": CAMPAIGN}, f"The given campaign does not exist: {CAMPAIGN}"),
        (
            "get_personalized_ranking",
            {"campaignArn": CAMPAIGN, **RANKED},
            f"The given campaign does not exist: {CAMPAIGN}",
        ),
    ],
)
def test_no_campaign_and_no_recommender_exists(
    runtime: Any, operation: str, parameters: dict[str, Any], message: str
) -> None:
    with pytest.raises(runtime.exceptions.ResourceNotFoundException) as error:
        getattr(runtime, operation)(**parameters)
    assert refused(error) == ("ResourceNotFoundException", 404, message)
    metadata = error.value.response["ResponseMetadata"]
    assert (metadata["RetryAttempts"], metadata["HTTPHeaders"]["content-type"]) == (0, "application/json")


@pytest.mark.parametrize(
    ("operation", "parameters", "message"),
    [
        (
            "get_recommendations",
            {"userId": "u"},
            "The request has neither a campaignArn nor a recommenderArn. Give one of them.",
        ),
        (
            "get_recommendations",
            {"campaignArn": CAMPAIGN, "recommenderArn": RECOMMENDER},
            "The request has a campaignArn and a recommenderArn. Give one of them.",
        ),
        # Words of the live service, which a campaignArn with the ARN of a recommender got.
        ("get_recommendations", {"campaignArn": RECOMMENDER}, f"The given campaign ARN is invalid: {RECOMMENDER}"),
        ("get_recommendations", {"recommenderArn": CAMPAIGN}, f"The given recommender ARN is invalid: {CAMPAIGN}"),
        ("get_action_recommendations", {"userId": "u"}, "The request has no campaignArn. Give one."),
        (
            "get_personalized_ranking",
            {"campaignArn": f"{ARN}:solution/films", **RANKED},
            f"The given campaign ARN is invalid: {ARN}:solution/films",
        ),
    ],
)
def test_an_arn_must_be_of_the_right_kind(
    runtime: Any, operation: str, parameters: dict[str, Any], message: str
) -> None:
    with pytest.raises(runtime.exceptions.InvalidInputException) as error:
        getattr(runtime, operation)(**parameters)
    assert refused(error) == ("InvalidInputException", 400, message)


def test_requests_are_validated_and_their_values_repeated_nowhere(
    runtime: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "console")
    with pytest.raises(runtime.exceptions.InvalidInputException) as error:
        runtime.get_recommendations(
            campaignArn=CAMPAIGN,
            filterValues={"GENRE": f"secret{'x' * 1000}", "secret-name": "a", "secret name": "b"},
            metadataColumns={"ITEMS": ["secret" * 40]},
        )
    assert refused(error)[2] == (
        "3 validation errors detected: "
        "Value at 'filterValues' failed to satisfy constraint: Map keys must satisfy constraint: "
        "[Member must satisfy regular expression pattern: [A-Za-z0-9_]+]; "
        "Value at 'filterValues' failed to satisfy constraint: Map value must satisfy constraint: "
        "[Member must have length less than or equal to 1000]; "
        "Value at 'metadataColumns' failed to satisfy constraint: Map value must satisfy constraint: "
        "[Member must satisfy constraint: [Member must have length less than or equal to 150]]"
    )
    assert "secret" not in caplog.text


def test_an_unsigned_request_is_refused_before_anything_is_said_of_it(demo: None) -> None:
    runtime = over_http.client("personalize-runtime", KEYS[0], "wrong")
    with pytest.raises(ClientError) as error:
        runtime.get_recommendations(campaignArn=CAMPAIGN)
    assert refused(error)[0] == "InvalidSignatureException"
