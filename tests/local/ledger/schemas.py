"""Schemas."""

from tests.local.ledger.entry import API, STORED, Entry, Failure, Given, Taken, guide
from tests.local.ledger.shared import (
    ARN,
    DOMAIN,
    LISTED,
    NAME,
    NOT_DELETED,
    QUOTAS,
    SCHEMA_TEXT,
    dates_given,
    invalid_members,
    missing,
    page_given,
    page_of_all_failed,
    page_taken,
    required,
    taken_name,
    which,
)

DESCRIBED = "test_operations.describes_the_schema_that_was_created"
AS_CREATED = "test_moto_expectations.a_schema_is_described_as_it_was_created"
OF_A_DOMAIN = "test_moto_expectations.a_schema_of_a_domain_keeps_it"

# A row is a line.
# fmt: off
ENTRIES = {
    "CreateSchema": Entry(
        "makes a schema at once",
        [
            Taken("name", required(NAME), STORED, "the name, and the end of the ARN; one of each account and region", API, DESCRIBED),
            Taken("schema", required(SCHEMA_TEXT), STORED, "the Avro JSON, character by character", API, DESCRIBED),
            Taken("domain", DOMAIN, STORED, "decides which fields it needs; its datasets' groups must be of it", API, OF_A_DOMAIN),
        ],
        [Given("schemaArn", ARN, "the ARN, `…:schema/<name>`", API, DESCRIBED)],
        [
            invalid_members(),
            Failure("InvalidInputException", "no flat Avro record of the types that the guide has", guide("Creating schema JSON files for Amazon Personalize schemas"), "test_schema_rules.refuses_what_is_no_flat_avro_record"),
            Failure("InvalidInputException", "no schema of the type that it names, or, if it names none, of any", guide("Custom datasets and schemas"), "test_dataset_types.refuses_a_schema_that_fits_no_type"),
            Failure("InvalidInputException", "attributes and numbers of fields that the guide does not allow", QUOTAS, "test_guide_rules.a_schema_is_refused_by_the_rule"),
            taken_name("the name is taken", "test_operations.refuses_a_name_that_is_taken"),
            Failure("LimitExceededException", "more than 500 schemas of an account and region", QUOTAS, "test_limits.an_account_has_500_schemas_in_a_region"),
        ],
    ),
    "DescribeSchema": Entry(
        "returns a schema with its text",
        [which("schemaArn", DESCRIBED)],
        [
            Given("schema", "structure", "the schema", API, DESCRIBED),
            Given("schema.name", NAME, "as it was given", API, DESCRIBED),
            Given("schema.schemaArn", ARN, "the ARN", API, DESCRIBED),
            Given("schema.schema", SCHEMA_TEXT, "the Avro JSON as it was given", API, DESCRIBED),
            *dates_given("schema", AS_CREATED),
            Given("schema.domain", DOMAIN, "as it was given", API, OF_A_DOMAIN),
        ],
        [invalid_members(), missing("schema")],
    ),
    "ListSchemas": Entry(
        "lists schemas in pages, newest first, without their texts",
        page_taken(),
        [
            Given("schemas", "list, up to 100", "those of the account and region", API, LISTED),
            Given("schemas[].name", NAME, "as DescribeSchema has it", API, LISTED),
            Given("schemas[].schemaArn", ARN, "as DescribeSchema has it", API, LISTED),
            *dates_given("schemas[]", LISTED),
            Given("schemas[].domain", DOMAIN, "as DescribeSchema has it", API, LISTED),
            page_given(),
        ],
        page_of_all_failed(),
    ),
    "DeleteSchema": Entry(
        "deletes a schema at once",
        [which("schemaArn", "storage/test_removal.datasets_go_first_then_schemas_and_groups")],
        [],
        [
            invalid_members(),
            missing("schema", NOT_DELETED),
            Failure("ResourceInUseException", "a dataset has the schema, also one that is being deleted", API, "storage/test_removal.a_schema_of_a_dataset_is_in_use"),
        ],
    ),
}
