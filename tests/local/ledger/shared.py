"""Members and errors that several operations have."""

from tests.local.ledger.entry import (
    API,
    LIVE,
    MODEL,
    NOT_STORED,
    OWN,
    STORED,
    Failure,
    Given,
    Taken,
    guide,
)

NAME = "string, 1 to 63, NAME"
ARN = "string, up to 256, ARN"
ROLE = "string, up to 256, ROLE"
KMS_KEY = "string, up to 2048, KMS_KEY"
DOMAIN = "string, ECOMMERCE or VIDEO_ON_DEMAND"
STATUS = "string, up to 256"
TYPE = "string, up to 256, TYPE"
SCHEMA_TEXT = "string, up to 20000"
TRACKING_ID = "string, up to 256"
TOKEN = "string, up to 1500, TOKEN"
LOCATION = "string, up to 256, LOCATION"
TAG_KEY = "string, 1 to 128, TAG, required"
TAG_VALUE = "string, up to 256, TAG, required"
TAGS = "list, up to 200"
MOMENT = "timestamp"
FREE_TEXT = "string"

CONSTRAINTS = "test_constraints.answers_with_the_modelled_error_that_names_the_member"
ROUND_TRIP = "test_round_trips.botocore_parses_the_answer_with_nothing_missing"
LISTED = "test_lists.a_list_says_of_each_what_its_description_says"
LISTED_IN_PAGES = "test_operations.lists_in_pages_newest_first"
ROWS_IN_A_PAGE = "test_lists.a_page_has_100_rows_unless_it_is_asked_for_fewer"
FOREIGN_TOKEN = "test_lists.a_token_is_of_one_list_alone"
LIST_OF_NOTHING = "test_lists.a_list_of_what_does_not_exist_is_an_invalid_input"
MISSING = "test_operations.says_what_does_not_exist"
NOT_DELETED = "storage/test_removal.what_does_not_exist_or_is_of_another_region_cannot_be_deleted"
EMPTY_ANSWER = "storage/test_removal.a_deletion_answers_with_nothing"
CREATED_WITH_TAGS = "test_refusals.what_is_created_with_tags_has_them"
WRONG_TAGS = "test_refusals.what_is_created_with_wrong_tags_is_refused"
TAG_RULES = guide("Guidelines and requirements (of tags)")
QUOTAS = guide("Amazon Personalize endpoints and quotas")


def required(constraints: str) -> str:
    """Return constraints of a member that is required."""
    return f"{constraints}, required"


def which(member: str, test: str) -> Taken:
    """Return the ARN that says which resource is meant."""
    return Taken(member, required(ARN), NOT_STORED, "which one", API, test)


def tags_taken() -> list[Taken]:
    """Return the tags of what is created."""
    return [
        Taken(
            "tags", TAGS, STORED, "the tags, in their order; ListTagsForResource returns them", API, CREATED_WITH_TAGS
        ),
        Taken("tags[].tagKey", TAG_KEY, STORED, "as it is; each once, none with aws:", TAG_RULES, CREATED_WITH_TAGS),
        Taken(
            "tags[].tagValue", TAG_VALUE, STORED, "as it is, also empty; none with aws:", TAG_RULES, CREATED_WITH_TAGS
        ),
    ]


def tags_failed() -> list[Failure]:
    """Return the errors of the tags of what is created."""
    return [
        Failure(
            "InvalidInputException", "a key twice, or a key or value that begins with aws:", TAG_RULES, WRONG_TAGS
        ),
        Failure("TooManyTagsException", "more than 50 tags", TAG_RULES, WRONG_TAGS),
    ]


def invalid_members() -> Failure:
    """Return the error of members that break the model's constraints."""
    return Failure(
        "InvalidInputException", "members that break constraints; the first 100 are named", MODEL, CONSTRAINTS
    )


def missing(kind: str, test: str = MISSING) -> Failure:
    """Return the error of a resource that does not exist, in words that were seen live of some kinds."""
    when = f"no {kind} of this account and region has the ARN"
    return Failure("ResourceNotFoundException", when, f"{API}; words {LIVE}", test)


def taken_name(when: str, test: str) -> Failure:
    """Return the error of a name that is taken, in words that were seen live."""
    return Failure("ResourceAlreadyExistsException", when, f"{API}; words {LIVE}", test)


def page_taken() -> list[Taken]:
    """Return the members of every request for a list."""
    return [
        Taken("nextToken", TOKEN, NOT_STORED, "goes on after that page; signed, of one list", OWN, FOREIGN_TOKEN),
        Taken("maxResults", "integer, 1 to 100", NOT_STORED, "rows in a page; without it, 100", OWN, ROWS_IN_A_PAGE),
    ]


def page_given() -> Given:
    """Return the token of a list's answer."""
    return Given("nextToken", TOKEN, "there, if there are more rows", API, LISTED_IN_PAGES)


def page_failed(parent: str) -> list[Failure]:
    """Return the errors of a list that may be of one parent; the model has no ResourceNotFoundException there."""
    return [
        invalid_members(),
        Failure("InvalidInputException", f"the {parent} does not exist", OWN, LIST_OF_NOTHING),
        wrong_token(),
    ]


def page_of_all_failed() -> list[Failure]:
    """Return the errors of a list that has no parent; the model has no InvalidInputException there."""
    when = "a maxResults that breaks constraints, for which the model has no error"
    return [wrong_token(), Failure("InvalidInputException", when, OWN, CONSTRAINTS)]


def wrong_token() -> Failure:
    """Return the error of a token that is not of the list."""
    return Failure(
        "InvalidNextTokenException", "a token that is forged, or of another list or caller", API, FOREIGN_TOKEN
    )


def dates_given(
    way: str, test: str = "test_last_updated.a_dataset_group_is_updated_by_each_step_of_its_creation_and_removal"
) -> list[Given]:
    """Return the dates of a resource whose status changes."""
    return [
        Given(f"{way}.creationDateTime", MOMENT, "when it was created, in milliseconds", API, test),
        Given(f"{way}.lastUpdatedDateTime", MOMENT, "when it or its status changed last", API, test),
    ]
