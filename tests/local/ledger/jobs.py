"""Jobs: imports, exports and deletions of data."""

from tests.local.ledger.entry import (
    API,
    IDLE,
    LIVE,
    NOT_STORED,
    OWN,
    STORED,
    Entry,
    Failure,
    Given,
    Taken,
    guide,
    never,
)
from tests.local.ledger.shared import (
    ARN,
    FREE_TEXT,
    KMS_KEY,
    LISTED,
    LOCATION,
    NAME,
    QUOTAS,
    ROLE,
    STATUS,
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

IMPORTED = "jobs/test_import_jobs.a_file_is_imported"
EXPORTED = "jobs/test_export_jobs.an_export_is_described"
DELETED = "jobs/test_deletion_jobs.users_that_are_listed_are_removed"
HAS_STATUS = "test_lists.a_job_of_each_kind_has_statuses_of_its_own"
UPDATED = "test_last_updated.a_job_is_updated_when_its_status_is"
MISSING_JOB = "test_refusals.a_job_that_does_not_exist_is_not_described"
MISSING_PARENT = "test_refusals.a_job_needs_what_it_works_on"
NO_LOCATION = "test_refusals.a_job_needs_an_address_in_s3"
IN_USE = "test_refusals.a_job_needs_what_it_works_on_to_be_active"
TAKEN = "test_refusals.a_job_has_a_name_of_its_own"
MODES = "jobs/test_export_jobs.exports_what_came_in_the_way_that_is_asked_for"
IMPORT_MODE = "string, FULL or INCREMENTAL"
EXPORT_MODE = "string, BULK or PUT or ALL"
IMPORTING = guide("Importing bulk data with a dataset import job")
DELETING = guide("Deleting users")
MESSAGES = guide("Common error messages in Amazon Personalize")
STATUSES = "`CREATE PENDING`, `CREATE IN_PROGRESS`, `ACTIVE`, `CREATE FAILED`"


def failures_of_all(parent: str) -> list[Failure]:
    """Return the errors that creating a job of each kind may have."""
    return [
        invalid_members(),
        Failure(
            "InvalidInputException", "no address of a file or folder, as `s3://bucket/key`", MESSAGES, NO_LOCATION
        ),
        *tags_failed(),
        missing(parent, MISSING_PARENT),
        taken_name("a job of the kind has the name", TAKEN),
        Failure("ResourceInUseException", f"the {parent} is not `ACTIVE`", OWN, IN_USE),
    ]


def name_and_tags(test: str) -> list[Taken]:
    """Return the members that creating a job of each kind takes."""
    name = Taken(
        "jobName", required(NAME), STORED, "the name, and the end of the ARN; one of each kind of jobs", API, test
    )
    return [name, *tags_taken()]


def listed_job(way: str, describe: str, arn: str, failure: str) -> list[Given]:
    """Return the members that a list has of each job."""
    return [
        Given(f"{way}[].{arn}", ARN, f"as {describe} has it", API, LISTED),
        Given(f"{way}[].jobName", NAME, f"as {describe} has it", API, LISTED),
        Given(f"{way}[].status", STATUS, f"as {describe} has it", API, LISTED),
        *dates_given(f"{way}[]", LISTED),
        Given(f"{way}[].failureReason", FREE_TEXT, f"as {describe} has it", API, failure),
        page_given(),
    ]


# A row is a line.
# fmt: off
ENTRIES = {
    "CreateDatasetImportJob": Entry(
        "makes a job that imports CSV files into a dataset",
        [
            *name_and_tags(IMPORTED),
            Taken("datasetArn", required(ARN), STORED, "the dataset, of any type", API, "jobs/test_import_jobs.items_and_actions_are_imported"),
            Taken("dataSource", "structure, required", STORED, "where the input is", API, IMPORTED),
            Taken("dataSource.dataLocation", LOCATION, STORED, "a file, or a folder without its sub folders, below `s3/` in the data directory; it may not be left out", IMPORTING, "jobs/test_locations.the_csv_files_of_a_folder_are_imported_in_the_order_of_their_names"),
            Taken("roleArn", ROLE, IDLE, "DescribeDatasetImportJob returns it; no role is assumed", OWN, IMPORTED),
            Taken("importMode", IMPORT_MODE, STORED, "FULL, also if it is left out, replaces what came in bulk, INCREMENTAL adds", API, "jobs/test_import_modes.full_replaces_what_came_in_bulk_and_keeps_what_was_put"),
            Taken("publishAttributionMetricsToS3", "boolean", IDLE, "DescribeDatasetImportJob returns it; there are no metric attributions", OWN, IMPORTED),
        ],
        [Given("datasetImportJobArn", ARN, "the ARN, `…:dataset-import-job/<name>`", API, IMPORTED)],
        [
            *failures_of_all("dataset"),
            Failure("InvalidInputException", "INCREMENTAL before a FULL import is `ACTIVE`", IMPORTING, "jobs/test_import_modes.the_first_import_is_full"),
            Failure("LimitExceededException", "5 import jobs of the account and region have not ended", f"{QUOTAS}; words {LIVE}", "jobs/test_job_requests.five_jobs_may_be_unsettled"),
        ],
    ),
    "DescribeDatasetImportJob": Entry(
        "returns a dataset import job",
        [which("datasetImportJobArn", IMPORTED)],
        [
            Given("datasetImportJob", "structure", "the job", API, IMPORTED),
            Given("datasetImportJob.jobName", NAME, "as it was given", API, IMPORTED),
            Given("datasetImportJob.datasetImportJobArn", ARN, "the ARN", API, IMPORTED),
            Given("datasetImportJob.datasetArn", ARN, "as it was given", API, IMPORTED),
            Given("datasetImportJob.dataSource", "structure", "as it was given", API, IMPORTED),
            Given("datasetImportJob.dataSource.dataLocation", LOCATION, "as it was given", API, IMPORTED),
            Given("datasetImportJob.roleArn", ARN, "as it was given; the model's pattern is that of other ARNs", API, IMPORTED),
            Given("datasetImportJob.status", STATUS, STATUSES, API, HAS_STATUS),
            *dates_given("datasetImportJob", UPDATED),
            Given("datasetImportJob.failureReason", FREE_TEXT, "why it failed, with file, line and field", OWN, "jobs/test_import_jobs.a_file_that_does_not_fit_fails_the_job_and_changes_nothing"),
            Given("datasetImportJob.importMode", IMPORT_MODE, "as it was given, or FULL", API, IMPORTED),
            Given("datasetImportJob.publishAttributionMetricsToS3", "boolean", "as it was given", API, IMPORTED),
        ],
        [invalid_members(), missing("dataset import job", MISSING_JOB)],
    ),
    "ListDatasetImportJobs": Entry(
        "lists dataset import jobs in pages, newest first",
        [
            Taken("datasetArn", ARN, NOT_STORED, "those of this dataset; without it, all", API, "jobs/test_job_requests.jobs_are_listed_in_pages"),
            *page_taken(),
        ],
        [
            Given("datasetImportJobs", "list, up to 100", "those of the dataset, or of the account and region", API, LISTED),
            *listed_job("datasetImportJobs", "DescribeDatasetImportJob", "datasetImportJobArn", "jobs/test_running_jobs.a_failure_is_shown_when_the_time_is_over"),
            Given("datasetImportJobs[].importMode", IMPORT_MODE, "as DescribeDatasetImportJob has it", API, LISTED),
        ],
        page_failed("dataset"),
    ),
    "CreateDatasetExportJob": Entry(
        "makes a job that writes the records of a dataset to `<path>/<job name>.csv`",
        [
            *name_and_tags(EXPORTED),
            Taken("datasetArn", required(ARN), STORED, "the dataset, of users, items or item interactions", API, "jobs/test_export_jobs.items_are_exported"),
            Taken("ingestionMode", EXPORT_MODE, STORED, "PUT, also if it is left out, BULK, or ALL: what came in that way", API, MODES),
            Taken("roleArn", required(ROLE), IDLE, "DescribeDatasetExportJob returns it; no role is assumed", OWN, EXPORTED),
            Taken("jobOutput", "structure, required", STORED, "where the output goes", API, EXPORTED),
            Taken("jobOutput.s3DataDestination", "structure, required", STORED, "where the output goes", API, EXPORTED),
            Taken("jobOutput.s3DataDestination.path", required(LOCATION), STORED, "a folder below `s3/` in the data directory", API, MODES),
            Taken("jobOutput.s3DataDestination.kmsKeyArn", KMS_KEY, IDLE, "DescribeDatasetExportJob returns it; nothing is encrypted", OWN, EXPORTED),
        ],
        [Given("datasetExportJobArn", ARN, "the ARN, `…:dataset-export-job/<name>`", API, EXPORTED)],
        [
            *failures_of_all("dataset"),
            Failure("InvalidInputException", "a dataset of actions or action interactions", guide("Exporting the training data in a dataset to Amazon S3"), "jobs/test_export_jobs.says_of_what_is_not_exported_whether_aws_would"),
            never("LimitExceededException", "no source has a limit of export jobs", OWN),
        ],
    ),
    "DescribeDatasetExportJob": Entry(
        "returns a dataset export job",
        [which("datasetExportJobArn", EXPORTED)],
        [
            Given("datasetExportJob", "structure", "the job", API, EXPORTED),
            Given("datasetExportJob.jobName", NAME, "as it was given", API, EXPORTED),
            Given("datasetExportJob.datasetExportJobArn", ARN, "the ARN", API, EXPORTED),
            Given("datasetExportJob.datasetArn", ARN, "as it was given", API, EXPORTED),
            Given("datasetExportJob.ingestionMode", EXPORT_MODE, "as it was given, or PUT", API, EXPORTED),
            Given("datasetExportJob.roleArn", ARN, "as it was given; the model's pattern is that of other ARNs", API, EXPORTED),
            Given("datasetExportJob.status", STATUS, STATUSES, API, HAS_STATUS),
            Given("datasetExportJob.jobOutput", "structure", "as it was given", API, EXPORTED),
            Given("datasetExportJob.jobOutput.s3DataDestination", "structure, required", "as it was given", API, EXPORTED),
            Given("datasetExportJob.jobOutput.s3DataDestination.path", required(LOCATION), "as it was given", API, EXPORTED),
            Given("datasetExportJob.jobOutput.s3DataDestination.kmsKeyArn", KMS_KEY, "as it was given", API, EXPORTED),
            *dates_given("datasetExportJob", LISTED),
            Given("datasetExportJob.failureReason", FREE_TEXT, "why it failed", OWN, "jobs/test_export_jobs.a_folder_that_cannot_be_written_to_fails_the_job"),
        ],
        [invalid_members(), missing("dataset export job", MISSING_JOB)],
    ),
    "ListDatasetExportJobs": Entry(
        "lists dataset export jobs in pages, newest first",
        [
            Taken("datasetArn", ARN, NOT_STORED, "those of this dataset; without it, all", API, EXPORTED),
            *page_taken(),
        ],
        [
            Given("datasetExportJobs", "list, up to 100", "those of the dataset, or of the account and region", API, EXPORTED),
            *listed_job("datasetExportJobs", "DescribeDatasetExportJob", "datasetExportJobArn", "test_lists.a_list_says_why_a_job_failed"),
        ],
        page_failed("dataset"),
    ),
    "CreateDataDeletionJob": Entry(
        "makes a job that deletes the users of CSV files, and their interactions, from a dataset group",
        [
            *name_and_tags(DELETED),
            Taken("datasetGroupArn", required(ARN), STORED, "the dataset group", API, DELETED),
            Taken("dataSource", "structure, required", STORED, "where the input is", API, DELETED),
            Taken("dataSource.dataLocation", LOCATION, STORED, "a file, or a folder with its sub folders, below `s3/` in the data directory; it may not be left out", DELETING, "jobs/test_deletion_jobs.the_files_of_sub_folders_are_read_too"),
            Taken("roleArn", required(ROLE), IDLE, "DescribeDataDeletionJob returns it; no role is assumed", OWN, DELETED),
        ],
        [Given("dataDeletionJobArn", ARN, "the ARN, `…:data-deletion-job/<name>`", API, DELETED)],
        [
            *failures_of_all("dataset group"),
            Failure("LimitExceededException", "5 deletion jobs of the group have not ended", DELETING, "jobs/test_deletion_jobs.a_group_has_five_unsettled_deletion_jobs"),
        ],
    ),
    "DescribeDataDeletionJob": Entry(
        "returns a data deletion job",
        [which("dataDeletionJobArn", DELETED)],
        [
            Given("dataDeletionJob", "structure", "the job", API, DELETED),
            Given("dataDeletionJob.jobName", NAME, "as it was given", API, DELETED),
            Given("dataDeletionJob.dataDeletionJobArn", ARN, "the ARN", API, DELETED),
            Given("dataDeletionJob.datasetGroupArn", ARN, "as it was given", API, DELETED),
            Given("dataDeletionJob.dataSource", "structure", "as it was given", API, DELETED),
            Given("dataDeletionJob.dataSource.dataLocation", LOCATION, "as it was given", API, DELETED),
            Given("dataDeletionJob.roleArn", ROLE, "as it was given", API, DELETED),
            Given("dataDeletionJob.status", STATUS, "`PENDING`, `IN_PROGRESS`, `COMPLETED`, `FAILED`", API, HAS_STATUS),
            Given("dataDeletionJob.numDeleted", "integer", "once it is completed: users and interactions, in all", OWN, "jobs/test_event_jobs.a_data_deletion_removes_the_events_of_its_users_too"),
            *dates_given("dataDeletionJob", LISTED),
            Given("dataDeletionJob.failureReason", FREE_TEXT, "why it failed", OWN, "jobs/test_deletion_jobs.an_input_that_does_not_fit_removes_nobody"),
        ],
        [invalid_members(), missing("data deletion job", MISSING_JOB)],
    ),
    "ListDataDeletionJobs": Entry(
        "lists data deletion jobs in pages, newest first",
        [
            Taken("datasetGroupArn", ARN, NOT_STORED, "those of this group; without it, all", API, DELETED),
            *page_taken(),
        ],
        [
            Given("dataDeletionJobs", "list, up to 100", "those of the group, or of the account and region", API, DELETED),
            Given("dataDeletionJobs[].datasetGroupArn", ARN, "as DescribeDataDeletionJob has it", API, LISTED),
            *listed_job("dataDeletionJobs", "DescribeDataDeletionJob", "dataDeletionJobArn", "test_lists.a_list_says_why_a_job_failed"),
        ],
        page_failed("dataset group"),
    ),
}
