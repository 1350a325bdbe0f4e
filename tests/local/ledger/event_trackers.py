"""Event trackers."""

from tests.local.ledger.entry import API, LIVE, NOT_STORED, OWN, STORED, Entry, Failure, Given, Taken
from tests.local.ledger.shared import (
    ARN,
    LISTED,
    NAME,
    QUOTAS,
    STATUS,
    TRACKING_ID,
    dates_given,
    invalid_members,
    missing,
    page_failed,
    page_given,
    page_taken,
    required,
    tags_failed,
    tags_taken,
    taken_name,
    which,
)

DESCRIBED = "test_event_trackers.describes_the_event_tracker_that_was_created"
LISTED_BY_GROUP = "test_event_trackers.lists_the_event_trackers_of_one_group_or_of_all"
STAGES = "test_event_trackers.takes_its_time_and_so_does_its_removal"
MISSING = "test_event_trackers.says_what_does_not_exist"

# A row is a line.
# fmt: off
ENTRIES = {
    "CreateEventTracker": Entry(
        "makes the event tracker of a dataset group, `ACTIVE` after `CONSOLE_LOCAL_CREATE_SECONDS`",
        [
            Taken("name", required(NAME), STORED, "the name; others may have the same", OWN, "test_event_trackers.groups_may_have_event_trackers_of_one_name"),
            Taken("datasetGroupArn", required(ARN), STORED, "its dataset group, with or without datasets", API, DESCRIBED),
            *tags_taken(),
        ],
        [
            Given("eventTrackerArn", ARN, "the ARN, which ends in eight digits and not in the name", LIVE, DESCRIBED),
            Given("trackingId", TRACKING_ID, "a random UUID, which events are sent to", API, DESCRIBED),
        ],
        [
            invalid_members(),
            *tags_failed(),
            missing("dataset group", MISSING),
            taken_name("the group has an event tracker", "test_event_trackers.a_dataset_group_has_one_event_tracker"),
            Failure("LimitExceededException", "more than 500 event trackers of an account and region", QUOTAS, "test_event_trackers.an_account_has_500_event_trackers_in_a_region"),
            Failure("ResourceInUseException", "the group is not `ACTIVE`", OWN, "test_event_trackers.a_group_that_is_not_active_takes_none"),
        ],
    ),
    "DescribeEventTracker": Entry(
        "returns an event tracker; those of Action interactions datasets are not found",
        [which("eventTrackerArn", DESCRIBED)],
        [
            Given("eventTracker", "structure", "the event tracker", API, DESCRIBED),
            Given("eventTracker.name", NAME, "as it was given", API, DESCRIBED),
            Given("eventTracker.eventTrackerArn", ARN, "the ARN", API, DESCRIBED),
            Given("eventTracker.accountId", "string, up to 256", "the account of the access key", API, DESCRIBED),
            Given("eventTracker.trackingId", TRACKING_ID, "as CreateEventTracker has returned it", API, DESCRIBED),
            Given("eventTracker.datasetGroupArn", ARN, "as it was given", API, DESCRIBED),
            Given("eventTracker.status", STATUS, "`CREATE PENDING`, `CREATE IN_PROGRESS`, `ACTIVE`, `DELETE PENDING`, `DELETE IN_PROGRESS`; no creation fails", API, STAGES),
            *dates_given("eventTracker", DESCRIBED),
        ],
        [invalid_members(), missing("event tracker", MISSING)],
    ),
    "ListEventTrackers": Entry(
        "lists event trackers in pages, newest first, but for those of Action interactions datasets",
        [
            Taken("datasetGroupArn", ARN, NOT_STORED, "that of this group; without it, all", API, LISTED_BY_GROUP),
            *page_taken(),
        ],
        [
            Given("eventTrackers", "list, up to 100", "that of the group, or those of the account and region", API, LISTED_BY_GROUP),
            Given("eventTrackers[].name", NAME, "as DescribeEventTracker has it", API, LISTED),
            Given("eventTrackers[].eventTrackerArn", ARN, "as DescribeEventTracker has it", API, LISTED),
            Given("eventTrackers[].status", STATUS, "as DescribeEventTracker has it", API, LISTED),
            *dates_given("eventTrackers[]", LISTED),
            page_given(),
        ],
        page_failed("dataset group"),
    ),
    "DeleteEventTracker": Entry(
        "deletes an event tracker; datasets and their events stay",
        [which("eventTrackerArn", "test_put_events.events_go_with_their_dataset_and_stay_with_their_tracker_gone")],
        [],
        [
            invalid_members(),
            missing("event tracker", MISSING),
            Failure("ResourceInUseException", "it is being created or deleted", OWN, STAGES),
        ],
    ),
}
