"""Recommendations, which are answered though there are none."""

from tests.local.ledger.entry import API, LIVE, NOT_STORED, OWN, VALIDATED, Entry, Failure, Given, Taken
from tests.local.ledger.shared import ARN, CONSTRAINTS, NAME, invalid_members, required

NONE_EXISTS = "test_recommendations.no_campaign_and_no_recommender_exists"
OF_A_KIND = "test_recommendations.an_arn_must_be_of_the_right_kind"
IGNORED = "nothing, since nothing is recommended"
NEVER = "never there: no call succeeds"
TEXT = "string, up to 256"
FILTER_VALUE = "string, up to 1000"


def validated(*members: tuple[str, str]) -> list[Taken]:
    """Return members of a request that are only validated."""
    return [Taken(member, constraints, VALIDATED, IGNORED, OWN, CONSTRAINTS) for member, constraints in members]


def filtered(way: str = "") -> list[tuple[str, str]]:
    """Return the members of a filter."""
    return [
        (f"{way}filterArn", ARN),
        (f"{way}filterValues", "map, up to 25"),
        (f"{way}filterValues.key", "string, up to 50, FILTER"),
        (f"{way}filterValues.value", FILTER_VALUE),
    ]


CONTEXT = [
    ("context", "map, up to 150"),
    ("context.key", "string, up to 150, CONTEXT"),
    ("context.value", "string, up to 1000"),
]
COLUMNS = [
    ("metadataColumns", "map, up to 1"),
    ("metadataColumns.key", TEXT),
    ("metadataColumns.value", "list, up to 99"),
    ("metadataColumns.value[]", "string, up to 150"),
]


def never_given(*members: tuple[str, str]) -> list[Given]:
    """Return members of an answer that no call has."""
    return [Given(member, constraints, NEVER, OWN, NONE_EXISTS) for member, constraints in members]


def items_given(way: str) -> list[Given]:
    """Return the members of recommended items."""
    return never_given(
        (way, "list"),
        (f"{way}[].itemId", TEXT),
        (f"{way}[].score", "double"),
        (f"{way}[].promotionName", NAME),
        (f"{way}[].metadata", "map"),
        (f"{way}[].metadata.key", "string, up to 150"),
        (f"{way}[].metadata.value", "string, up to 20000"),
        (f"{way}[].reason", "list"),
        (f"{way}[].reason[]", TEXT),
        ("recommendationId", "string"),
    )


def failures(kinds: str, *more: Failure) -> list[Failure]:
    """Return the errors of an operation that recommends."""
    return [
        invalid_members(),
        *more,
        Failure(
            "InvalidInputException",
            f"an ARN that is not of {kinds}",
            f"{LIVE}, of a recommender's ARN as campaignArn",
            OF_A_KIND,
        ),
        Failure(
            "ResourceNotFoundException",
            f"any other request: {kinds} of the ARN does not exist",
            f"{API}; words as of a dataset group",
            NONE_EXISTS,
        ),
    ]


# A row is a line.
# fmt: off
ENTRIES = {
    "GetRecommendations": Entry(
        "recommends nothing: the campaign or the recommender does not exist",
        [
            Taken("campaignArn", ARN, NOT_STORED, "the campaign, which does not exist; not beside recommenderArn", API, NONE_EXISTS),
            Taken("recommenderArn", ARN, NOT_STORED, "the recommender, which does not exist; not beside campaignArn", API, NONE_EXISTS),
            *validated(
                ("itemId", TEXT),
                ("userId", TEXT),
                ("numResults", "integer, at least 0"),
                *CONTEXT,
                *filtered(),
                ("promotions", "list, up to 1"),
                ("promotions[].name", NAME),
                ("promotions[].percentPromotedItems", "integer, 1 to 100"),
                *filtered("promotions[]."),
                *COLUMNS,
            ),
        ],
        items_given("itemList"),
        failures("a campaign or recommender", Failure("InvalidInputException", "campaignArn and recommenderArn, or neither", OWN, OF_A_KIND)),
    ),
    "GetActionRecommendations": Entry(
        "recommends nothing: the campaign does not exist",
        [
            Taken("campaignArn", ARN, NOT_STORED, "the campaign, which does not exist; it may not be left out", OWN, NONE_EXISTS),
            *validated(("userId", TEXT), ("numResults", "integer, at least 0"), *filtered()),
        ],
        never_given(
            ("actionList", "list"),
            ("actionList[].actionId", TEXT),
            ("actionList[].score", "double"),
            ("recommendationId", "string"),
        ),
        failures("a campaign", Failure("InvalidInputException", "no campaignArn", OWN, OF_A_KIND)),
    ),
    "GetPersonalizedRanking": Entry(
        "ranks nothing: the campaign does not exist",
        [
            Taken("campaignArn", required(ARN), NOT_STORED, "the campaign, which does not exist", API, NONE_EXISTS),
            *validated(
                ("inputList", "list, required"),
                ("inputList[]", TEXT),
                ("userId", required(TEXT)),
                *CONTEXT,
                *filtered(),
                *COLUMNS,
            ),
        ],
        items_given("personalizedRanking"),
        failures("a campaign"),
    ),
}
