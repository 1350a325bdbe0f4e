"""Dataset groups."""

from tests.local.ledger.entry import (
    API,
    IDLE,
    LIVE,
    OWN,
    STORED,
    Entry,
    Failure,
    Given,
    Taken,
)
from tests.local.ledger.shared import (
    ARN,
    DOMAIN,
    FREE_TEXT,
    KMS_KEY,
    LISTED,
    NAME,
    NOT_DELETED,
    ROLE,
    STATUS,
    dates_given,
    invalid_members,
    missing,
    page_given,
    page_of_all_failed,
    page_taken,
    required,
    tags_failed,
    tags_taken,
    taken_name,
    which,
)

DESCRIBED = "test_operations.describes_the_dataset_group_that_was_created"
STAGES = "test_stages.a_dataset_group_is_pending_then_in_progress_then_active"
FAILED = "test_lists.a_list_says_why_the_dataset_group_of_the_demo_failed"
REMOVED = "storage/test_removal.datasets_go_first_then_schemas_and_groups"

# A row is a line.
# fmt: off
ENTRIES = {
    "CreateDatasetGroup": Entry(
        "makes a dataset group, `ACTIVE` after `CONSOLE_LOCAL_CREATE_SECONDS`",
        [
            Taken("name", required(NAME), STORED, "the name, and the end of the ARN; one of each account and region", API, DESCRIBED),
            Taken("roleArn", ROLE, IDLE, "DescribeDatasetGroup returns it; no role is assumed", OWN, DESCRIBED),
            Taken("kmsKeyArn", KMS_KEY, IDLE, "DescribeDatasetGroup returns it; nothing is encrypted", OWN, DESCRIBED),
            Taken("domain", DOMAIN, STORED, "decides which schemas its datasets take", API, "test_dataset_types.takes_the_schema_of_each_type_in_a_domain"),
            *tags_taken(),
        ],
        [
            Given("datasetGroupArn", ARN, "the ARN, `…:dataset-group/<name>`", LIVE, DESCRIBED),
            Given("domain", DOMAIN, "the domain, if it has one", API, DESCRIBED),
        ],
        [
            invalid_members(),
            *tags_failed(),
            taken_name("the name is taken", "test_operations.refuses_a_name_that_is_taken"),
            Failure(
                "LimitExceededException",
                "more than `CONSOLE_LOCAL_MOST_DATASET_GROUPS`, by default 100; AWS allows 5",
                OWN,
                "test_limits.an_account_has_so_many_dataset_groups_in_a_region",
            ),
        ],
    ),
    "DescribeDatasetGroup": Entry(
        "returns a dataset group",
        [which("datasetGroupArn", DESCRIBED)],
        [
            Given("datasetGroup", "structure", "the dataset group", API, DESCRIBED),
            Given("datasetGroup.name", NAME, "as it was given", API, DESCRIBED),
            Given("datasetGroup.datasetGroupArn", ARN, "the ARN", API, DESCRIBED),
            Given("datasetGroup.status", STATUS, "`CREATE PENDING`, `CREATE IN_PROGRESS`, `ACTIVE`, `DELETE PENDING`, `DELETE IN_PROGRESS`; `CREATE FAILED` in the demo alone", API, STAGES),
            Given("datasetGroup.roleArn", ROLE, "as it was given", API, DESCRIBED),
            Given("datasetGroup.kmsKeyArn", KMS_KEY, "as it was given", API, DESCRIBED),
            *dates_given("datasetGroup"),
            Given("datasetGroup.failureReason", FREE_TEXT, "of the demo's group that failed; no other fails", OWN, FAILED),
            Given("datasetGroup.domain", DOMAIN, "as it was given", API, DESCRIBED),
        ],
        [invalid_members(), missing("dataset group")],
    ),
    "ListDatasetGroups": Entry(
        "lists dataset groups in pages, newest first",
        page_taken(),
        [
            Given("datasetGroups", "list, up to 100", "those of the account and region", API, LISTED),
            Given("datasetGroups[].name", NAME, "as DescribeDatasetGroup has it", API, LISTED),
            Given("datasetGroups[].datasetGroupArn", ARN, "as DescribeDatasetGroup has it", API, LISTED),
            Given("datasetGroups[].status", STATUS, "as DescribeDatasetGroup has it", API, LISTED),
            *dates_given("datasetGroups[]"),
            Given("datasetGroups[].failureReason", FREE_TEXT, "as DescribeDatasetGroup has it", API, FAILED),
            Given("datasetGroups[].domain", DOMAIN, "as DescribeDatasetGroup has it", API, LISTED),
            page_given(),
        ],
        page_of_all_failed(),
    ),
    "DeleteDatasetGroup": Entry(
        "deletes a dataset group and its jobs; the name is free once that has settled",
        [which("datasetGroupArn", REMOVED)],
        [],
        [
            invalid_members(),
            missing("dataset group", NOT_DELETED),
            Failure("ResourceInUseException", "the group has a dataset", API, "storage/test_removal.a_group_with_a_dataset_is_in_use"),
            Failure("ResourceInUseException", "the group has an event tracker", API, "test_event_trackers.a_group_with_an_event_tracker_is_in_use"),
            Failure("ResourceInUseException", "the group is being created or deleted", OWN, "test_stages.what_is_being_made_cannot_be_deleted"),
            Failure("ResourceInUseException", "a job of the group has not ended", OWN, "jobs/test_deletion_jobs.a_group_must_be_there_and_be_active_and_stays_while_a_job_runs"),
        ],
    ),
}
