"""Recommendation operations, which always fail: nothing is trained, so there are no campaigns or recommenders.

The operations of the API personalize-runtime answer as Amazon Personalize does for an ARN that nothing has. No source
has the live words for that: they are those of other resources, which were seen live.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from console.local.caller import Caller
from console.local.errors import ServiceError, invalid_input, not_found

CAMPAIGN = "campaign"
RECOMMENDER = "recommender"


def get_recommendations(_caller: Caller, parameters: Mapping[str, Any]) -> NoReturn:
    """Raise the error of GetRecommendations (API reference) without a campaign or recommender.

    ResourceNotFoundException for the ARN of either, and InvalidInputException for an ARN of another kind, or unless
    there is one of the two.
    """
    campaign, recommender = parameters.get("campaignArn"), parameters.get("recommenderArn")
    if campaign is not None and recommender is not None:
        raise invalid_input("The request has a campaignArn and a recommenderArn. Give one of them.")
    if recommender is not None:
        raise _missing(RECOMMENDER, recommender)
    if campaign is None:
        raise invalid_input("The request has neither a campaignArn nor a recommenderArn. Give one of them.")
    raise _missing(CAMPAIGN, campaign)


def get_action_recommendations(_caller: Caller, parameters: Mapping[str, Any]) -> NoReturn:
    """Raise the error of GetActionRecommendations (API reference) without a campaign.

    ResourceNotFoundException, or InvalidInputException for an ARN of another kind or none.
    """
    if "campaignArn" not in parameters:
        raise invalid_input("The request has no campaignArn. Give one.")
    raise _missing(CAMPAIGN, parameters["campaignArn"])


def get_personalized_ranking(_caller: Caller, parameters: Mapping[str, Any]) -> NoReturn:
    """Raise the error of GetPersonalizedRanking (API reference) without a campaign.

    ResourceNotFoundException, or InvalidInputException for an ARN of another kind.
    """
    raise _missing(CAMPAIGN, parameters["campaignArn"])


def _missing(kind: str, arn: str) -> ServiceError:
    """Return the error for an ARN: the words for one of another kind were seen live, for a campaign."""
    if arn.split(":", 5)[-1].partition("/")[0] != kind:
        return invalid_input(f"The given {kind} ARN is invalid: {arn}")
    return not_found(kind, arn)
