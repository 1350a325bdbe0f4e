"""Users, items and actions, and events of both kinds."""

from tests.local.ledger.entry import API, NOT_STORED, OWN, STORED, Entry, Failure, Taken, guide
from tests.local.ledger.shared import ARN, QUOTAS, invalid_members, required

ID = "string, 1 to 256"
OF_EVENTS = "test_put_events.an_event_is_stored_by_the_names_of_its_fields"
OF_ACTION_EVENTS = "test_put_events.action_interactions_of_several_users_are_stored"
BESIDE = "test_put_events.members_of_action_interactions_are_stored"
WRONG_EVENTS = "test_put_events.what_is_wrong_is_said_with_its_place"
THROTTLED_EVENTS = "test_put_events.calls_are_throttled"
RECORDING = guide("Recording a single item interaction event")
THROTTLED = "test_limits.ten_calls_of_put_items_and_of_put_actions_are_taken_too"


def put(noun: str, longest: int, dataset: str, is_stored: str, other_type: str, wrong: str, in_use: str) -> Entry:
    """Return the entry of an operation that puts records in place of those with their ids."""
    return Entry(
        f"stores {noun}s, each in place of the one with its ID: all of a call, or none",
        [
            Taken("datasetArn", required(ARN), NOT_STORED, f"the {dataset} dataset", API, is_stored),
            Taken(
                f"{noun}s",
                "list, 1 to 10, required",
                STORED,
                f"the {noun}s; of equal IDs the last one counts",
                OWN,
                "test_put_users.the_last_of_two_equal_ids_in_one_request_is_kept",
            ),
            Taken(f"{noun}s[].{noun}Id", required(ID), STORED, "the ID, as it is", API, is_stored),
            Taken(
                f"{noun}s[].properties",
                f"string, 1 to {longest}",
                STORED,
                "the values of the schema's fields, by names in camel case and in the types of the schema",
                guide(f"Importing {noun}s individually"),
                is_stored,
            ),
        ],
        [],
        [
            invalid_members(),
            Failure("InvalidInputException", f"the dataset is no {dataset} dataset", OWN, other_type),
            Failure(
                "InvalidInputException",
                "properties that do not fit the schema, with place, field and what is expected",
                OWN,
                wrong,
            ),
            Failure("ResourceNotFoundException", "no dataset of this account and region has the ARN", API, other_type),
            Failure("ResourceInUseException", "the dataset is not `ACTIVE`", OWN, in_use),
            Failure(
                "ThrottlingException",
                "more than `CONSOLE_LOCAL_PUT_RATE` calls a second and dataset group",
                QUOTAS,
                THROTTLED,
            ),
        ],
    )


# The members that events of both kinds have, after the way to an event.
def of_any_event(way: str, test: str) -> list[Taken]:
    """Return the members that events of both kinds have."""
    return [
        Taken(
            f"{way}.eventId",
            ID,
            STORED,
            "as it is; none is made where it is left out, and events of the same one are all kept",
            OWN,
            "test_put_events.events_of_one_event_id_are_all_kept_and_none_is_made",
        ),
        Taken(
            f"{way}.properties",
            "string, 1 to 1024",
            STORED,
            "the values of the schema's other fields; none that stands beside them",
            API,
            "test_put_events.properties_may_not_have_what_stands_beside_them",
        ),
        Taken(
            f"{way}.recommendationId",
            "string, 1 to 40",
            STORED,
            "as it is; it need not be of a recommendation",
            OWN,
            test,
        ),
        Taken(
            f"{way}.impression",
            "list, 1 to 25",
            STORED,
            "as text with `|` between the IDs, of up to 1000 characters",
            QUOTAS,
            test,
        ),
        Taken(f"{way}.impression[]", ID, STORED, "the ID of one", API, test),
    ]


# A row is a line.
# fmt: off
ENTRIES = {
    "PutUsers": put(
        "user",
        24000,
        "Users",
        "test_put_users.stores_users_in_order_of_their_ids",
        "test_put_users.refuses_a_dataset_that_takes_no_users",
        "test_put_users.a_refusal_says_whose_which_field_what_was_found_and_what_to_write",
        "test_put_users.refuses_a_dataset_that_takes_no_users",
    ),
    "PutItems": put(
        "item",
        32000,
        "Items",
        "test_put_items.stores_items_in_order_of_their_ids",
        "test_put_items.refuses_a_dataset_of_another_type",
        "test_put_items.stores_none_if_one_is_not_valid",
        "test_refusals.records_need_a_dataset_that_is_active",
    ),
    "PutActions": put(
        "action",
        32000,
        "Actions",
        "test_put_items.stores_actions_as_the_schema_has_them",
        "test_put_items.refuses_a_dataset_of_another_type",
        "test_put_items.stores_none_if_one_is_not_valid",
        "test_refusals.records_need_a_dataset_that_is_active",
    ),
    "PutEvents": Entry(
        "adds item interactions of a session: all of a call, or none; of identical ones one is kept",
        [
            Taken("trackingId", "string, 1 to 256, required", NOT_STORED, "that of an event tracker; the events go to the Item interactions dataset of its group", API, OF_EVENTS),
            Taken("userId", ID, STORED, "the user of all events; without it, of nobody known", guide("Recording events for anonymous users"), "test_put_events.nobody_need_be_known"),
            Taken("sessionId", required(ID), STORED, "the session of all events; sessions are not joined with users", OWN, OF_EVENTS),
            Taken("eventList", "list, 1 to 10, required", STORED, "the events, in their order", API, "test_put_events.events_are_added_in_their_order_and_replace_nothing"),
            *of_any_event("eventList[]", OF_EVENTS),
            Taken("eventList[].eventType", required(ID), STORED, "as it is, also if the schema has no such field", RECORDING, "test_put_events.the_type_of_an_event_is_kept_though_the_schema_has_none"),
            Taken("eventList[].eventValue", "float", STORED, "a number of 32 bits", RECORDING, OF_EVENTS),
            Taken("eventList[].itemId", ID, STORED, "as it is; it may be among the properties instead", API, "test_put_events.item_and_value_may_be_among_the_properties"),
            Taken("eventList[].sentAt", "timestamp, required", STORED, "in whole seconds", OWN, "test_put_events.a_timestamp_is_whole_seconds"),
            Taken("eventList[].metricAttribution", "structure", STORED, "what its member is", API, OF_EVENTS),
            Taken("eventList[].metricAttribution.eventAttributionSource", "string, up to 1024, PRINTABLE, required", STORED, "as it is; there are no metric attributions to count it", OWN, OF_EVENTS),
        ],
        [],
        [
            invalid_members(),
            Failure("InvalidInputException", "properties that do not fit the schema; what is no JSON object begins with words seen live", OWN, WRONG_EVENTS),
            Failure("InvalidInputException", "an event of more than 10 KB", QUOTAS, "test_put_events.an_event_may_be_long_and_not_longer"),
            Failure("InvalidInputException", "no event tracker of this account and region has the tracking ID", OWN, "test_put_events.a_tracking_id_that_nobody_has_is_not_taken"),
            Failure("InvalidInputException", "the tracker's group has no Item interactions dataset", OWN, "test_put_events.a_group_without_an_interactions_dataset_takes_no_events"),
            Failure("InvalidInputException", "the tracker or the dataset is not `ACTIVE`", API, "test_put_events.events_are_taken_once_all_is_active"),
            Failure("ThrottlingException", "more than `CONSOLE_LOCAL_EVENT_RATE` calls a second and dataset group", QUOTAS, THROTTLED_EVENTS),
        ],
    ),
    "PutActionInteractions": Entry(
        "adds action interactions: all of a call, or none; of identical ones one is kept",
        [
            Taken("trackingId", "string, 1 to 256, required", NOT_STORED, "that which DescribeDataset has of an Action interactions dataset", guide("Finding the ID of your action interaction event tracker"), OF_ACTION_EVENTS),
            Taken("actionInteractions", "list, 1 to 10, required", STORED, "the events, in their order", API, OF_ACTION_EVENTS),
            Taken("actionInteractions[].actionId", required(ID), STORED, "as it is", API, OF_ACTION_EVENTS),
            Taken("actionInteractions[].userId", ID, STORED, "as it is; without it, of nobody known", API, "test_put_events.nobody_need_be_known"),
            Taken("actionInteractions[].sessionId", required(ID), STORED, "as it is; sessions are not joined with users", OWN, OF_ACTION_EVENTS),
            Taken("actionInteractions[].timestamp", "timestamp, required", STORED, "in whole seconds", OWN, OF_ACTION_EVENTS),
            Taken("actionInteractions[].eventType", required(ID), STORED, "Taken, Not Taken or Viewed, in any case, as it is", guide("Preparing action interactions data for training"), "test_put_events.types_of_action_interactions_are_taken_in_any_case"),
            *of_any_event("actionInteractions[]", BESIDE),
        ],
        [],
        [
            invalid_members(),
            Failure("InvalidInputException", "another type of event", guide("Preparing action interactions data for training"), "test_put_events.other_types_of_action_interactions_are_refused"),
            Failure("InvalidInputException", "properties that do not fit the schema, with place, field and what is expected", OWN, "test_put_events.properties_may_not_have_what_stands_beside_them"),
            Failure("ResourceNotFoundException", "no Action interactions dataset of this account and region has the tracking ID", API, "test_put_events.a_tracking_id_that_nobody_has_is_not_taken"),
            Failure("ResourceInUseException", "the dataset is not `ACTIVE`", OWN, "test_put_events.events_are_taken_once_all_is_active"),
            Failure("ThrottlingException", "more than `CONSOLE_LOCAL_EVENT_RATE` calls a second and dataset group", QUOTAS, THROTTLED_EVENTS),
        ],
    ),
}
