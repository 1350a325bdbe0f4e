"""Datasets."""

from tests.local.ledger.entry import API, LIVE, NOT_STORED, OWN, STORED, Entry, Failure, Given, Taken, guide, never
from tests.local.ledger.shared import (
    ARN,
    FREE_TEXT,
    LISTED,
    MOMENT,
    NAME,
    NOT_DELETED,
    STATUS,
    TRACKING_ID,
    TYPE,
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

DESCRIBED = "test_operations.describes_the_dataset_that_was_created"
LISTED_BY_GROUP = "test_operations.lists_the_datasets_of_one_group_or_of_all"
STAGES = "test_stages.a_dataset_waits_for_its_group_and_then_takes_its_time"
TRACKED = "test_event_trackers.an_action_interactions_dataset_is_made_with_a_tracker_of_its_own_and_goes_with_it"
REPLACED = "storage/test_removal.a_dataset_gets_another_schema"
ON_ITS_WAY = "test_stages.a_new_schema_is_shown_on_its_way_and_applies_at_once"
UPDATED = "test_last_updated.a_new_schema_updates_its_dataset_and_its_own_steps_are_those_of_the_update"
REMOVED = "test_stages.a_deleted_dataset_goes_with_its_users_and_frees_its_name"
REPLACING = guide("Replacing a dataset's schema to add new columns")
DELETING = guide("Deleting a dataset to delete all of its data")

# A row is a line.
# fmt: off
ENTRIES = {
    "CreateDataset": Entry(
        "makes a dataset, `ACTIVE` after `CONSOLE_LOCAL_CREATE_SECONDS`; one of Action interactions with an event tracker",
        [
            Taken("name", required(NAME), STORED, "the name; the ARN does not have it, and others may have the same", LIVE, DESCRIBED),
            Taken("schemaArn", required(ARN), STORED, "its schema", API, DESCRIBED),
            Taken("datasetGroupArn", required(ARN), STORED, "its dataset group", API, DESCRIBED),
            Taken("datasetType", required(TYPE), STORED, "the type, in any case, kept in capitals; one dataset of each in a group", API, DESCRIBED),
            *tags_taken(),
        ],
        [Given("datasetArn", ARN, "the ARN, `…:dataset/<group>/<TYPE>`", LIVE, DESCRIBED)],
        [
            invalid_members(),
            Failure("InvalidInputException", "the type is none of the five", API, "test_operations.refuses_a_dataset_type_that_is_none"),
            Failure("InvalidInputException", "the schema is of another type, or lacks fields of the type or domain", guide("Custom datasets and schemas"), "test_dataset_types.refuses_a_dataset_whose_schema_does_not_fit_its_type"),
            Failure("InvalidInputException", "Actions or Action interactions in a group of a domain", guide("Custom datasets and schemas"), "test_guide_rules.actions_are_of_no_domain"),
            *tags_failed(),
            missing("dataset group or schema"),
            taken_name("the group has a dataset of the type", "test_operations.refuses_a_name_that_is_taken"),
            Failure("ResourceInUseException", "the group is not `ACTIVE`", OWN, "test_operations.refuses_a_dataset_in_a_group_that_is_not_active"),
            never("LimitExceededException", "groups are limited, and each has one dataset of a type", OWN),
        ],
    ),
    "DescribeDataset": Entry(
        "returns a dataset",
        [which("datasetArn", DESCRIBED)],
        [
            Given("dataset", "structure", "the dataset", API, DESCRIBED),
            Given("dataset.name", NAME, "as it was given", API, DESCRIBED),
            Given("dataset.datasetArn", ARN, "the ARN", API, LISTED),
            Given("dataset.datasetGroupArn", ARN, "as it was given", API, DESCRIBED),
            Given("dataset.datasetType", TYPE, "the type, in capitals", LIVE, DESCRIBED),
            Given("dataset.schemaArn", ARN, "the schema that it has now", API, REPLACED),
            Given("dataset.status", STATUS, "`CREATE PENDING`, `CREATE IN_PROGRESS`, `ACTIVE`, `DELETE PENDING`, `DELETE IN_PROGRESS`; no creation fails", API, STAGES),
            *dates_given("dataset", UPDATED),
            Given("dataset.latestDatasetUpdate", "structure", "the last replacement of the schema, if there was one", API, REPLACED),
            Given("dataset.latestDatasetUpdate.schemaArn", ARN, "the schema that it brought", API, ON_ITS_WAY),
            Given("dataset.latestDatasetUpdate.status", STATUS, "`CREATE PENDING`, `CREATE IN_PROGRESS`, `ACTIVE`", API, ON_ITS_WAY),
            Given("dataset.latestDatasetUpdate.failureReason", FREE_TEXT, "never there: no replacement fails once it began", OWN, "test_round_trips.botocore_parses_the_answer_with_nothing_missing"),
            Given("dataset.latestDatasetUpdate.creationDateTime", MOMENT, "when it began", API, ON_ITS_WAY),
            Given("dataset.latestDatasetUpdate.lastUpdatedDateTime", MOMENT, "when its status changed last", API, UPDATED),
            Given("dataset.trackingId", TRACKING_ID, "of Action interactions alone, where events are sent", guide("Finding the ID of your action interaction event tracker"), TRACKED),
        ],
        [invalid_members(), missing("dataset")],
    ),
    "ListDatasets": Entry(
        "lists datasets in pages, newest first",
        [
            Taken("datasetGroupArn", ARN, NOT_STORED, "those of this group; without it, all", API, LISTED_BY_GROUP),
            *page_taken(),
        ],
        [
            Given("datasets", "list, up to 100", "those of the group, or of the account and region", API, LISTED_BY_GROUP),
            Given("datasets[].name", NAME, "as DescribeDataset has it", API, LISTED),
            Given("datasets[].datasetArn", ARN, "as DescribeDataset has it", API, LISTED),
            Given("datasets[].datasetType", TYPE, "as DescribeDataset has it", API, LISTED),
            Given("datasets[].status", STATUS, "as DescribeDataset has it", API, LISTED),
            *dates_given("datasets[]", LISTED),
            page_given(),
        ],
        page_failed("dataset group"),
    ),
    "UpdateDataset": Entry(
        "replaces the schema of a Users or Items dataset",
        [
            which("datasetArn", REPLACED),
            Taken("schemaArn", required(ARN), STORED, "the new schema; no source says when it applies: here at once", OWN, ON_ITS_WAY),
        ],
        [Given("datasetArn", ARN, "the dataset's ARN", API, REPLACED)],
        [
            invalid_members(),
            Failure("InvalidInputException", "a dataset of another type", REPLACING, "storage/test_removal.only_users_and_items_datasets_get_another_schema"),
            Failure("InvalidInputException", "the new schema loses or changes a field, or adds one without null", REPLACING, "storage/test_removal.a_new_schema_keeps_what_was_and_adds_what_may_be_null"),
            Failure("InvalidInputException", "the new schema is of another type", OWN, "storage/test_removal.a_schema_of_another_type_is_refused"),
            missing("dataset or schema", "test_refusals.a_replacement_needs_a_dataset_and_a_schema"),
            Failure("ResourceInUseException", "the dataset is not `ACTIVE`", OWN, "storage/test_removal.a_dataset_that_is_not_active_keeps_its_schema"),
            Failure("ResourceInUseException", "its schema is being replaced", OWN, "test_stages.a_dataset_whose_schema_is_being_replaced_is_in_use"),
        ],
    ),
    "DeleteDataset": Entry(
        "deletes a dataset with its records and jobs; the name is free once that has settled",
        [which("datasetArn", REMOVED)],
        [],
        [
            invalid_members(),
            missing("dataset", NOT_DELETED),
            Failure("ResourceInUseException", "a job that uses it has not ended", API, "jobs/test_job_requests.a_dataset_and_its_group_stay_while_a_job_runs"),
            Failure("ResourceInUseException", "Item interactions of a group that has an event tracker", DELETING, "test_refusals.interactions_stay_while_their_group_has_an_event_tracker"),
            Failure("ResourceInUseException", "it is being created or deleted", OWN, "test_stages.what_is_being_deleted_cannot_be_deleted_again"),
            Failure("ResourceInUseException", "its schema is being replaced", OWN, "test_stages.a_dataset_whose_schema_is_being_replaced_is_in_use"),
        ],
    ),
}
