"""Tags."""

from tests.local.ledger.entry import API, NOT_STORED, OWN, STORED, Entry, Failure, Given, Taken, never
from tests.local.ledger.shared import ARN, TAG_KEY, TAG_RULES, TAG_VALUE, TAGS, invalid_members, missing, required

CHANGED = "test_tags.tags_are_added_replaced_and_removed"
IN_ORDER = "test_tags.a_group_and_a_dataset_are_tagged_when_they_are_made"
WITHOUT = "test_tags.what_takes_no_tags_is_said_so"
INVALID = "test_tags.tags_that_are_not_valid_are_refused_without_being_repeated"
WHICH = Taken("resourceArn", required(ARN), NOT_STORED, "a dataset group, dataset, event tracker or job", API, CHANGED)
COMMON = [
    invalid_members(),
    Failure("InvalidInputException", "the ARN of a schema, which takes no tags", OWN, WITHOUT),
    missing("resource that takes tags", WITHOUT),
    never("ResourceInUseException", "tags do not depend on a resource's status", OWN),
]

# A row is a line.
# fmt: off
ENTRIES = {
    "TagResource": Entry(
        "adds tags, and replaces the values of keys that are there",
        [
            WHICH,
            Taken("tags", required(TAGS), STORED, "after those that are there", OWN, CHANGED),
            Taken("tags[].tagKey", TAG_KEY, STORED, "as it is; each once, none with aws:", TAG_RULES, CHANGED),
            Taken("tags[].tagValue", TAG_VALUE, STORED, "as it is, also empty; none with aws:", TAG_RULES, CHANGED),
        ],
        [],
        [
            *COMMON,
            Failure("InvalidInputException", "a key twice, or a key or value that begins with aws:", TAG_RULES, INVALID),
            Failure("TooManyTagsException", "the resource would have more than 50", TAG_RULES, "test_tags.a_resource_has_fifty_tags_at_most"),
            never("LimitExceededException", "calls of it have no rate", OWN),
        ],
    ),
    "UntagResource": Entry(
        "removes the tags with some keys; keys that are not there are no error",
        [
            WHICH,
            Taken("tagKeys", "list, up to 200, required", NOT_STORED, "which tags go", API, CHANGED),
            Taken("tagKeys[]", "string, 1 to 128, TAG", NOT_STORED, "the key of one", API, CHANGED),
        ],
        [],
        [
            *COMMON,
            Failure("TooManyTagKeysException", "more than 50 keys", OWN, "test_tags.more_keys_are_untagged_than_a_resource_can_have"),
        ],
    ),
    "ListTagsForResource": Entry(
        "returns the tags of a resource",
        [WHICH],
        [
            Given("tags", TAGS, "all of them, in the order they were given", OWN, IN_ORDER),
            Given("tags[].tagKey", TAG_KEY, "as it was given", API, IN_ORDER),
            Given("tags[].tagValue", TAG_VALUE, "as it was given", API, IN_ORDER),
        ],
        COMMON,
    ),
}
