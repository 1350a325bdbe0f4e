"""The schema entered on a page: an existing one, or a new one that the press creates."""

from typing import TYPE_CHECKING

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.create_dataset_page import Page
from console.pages.datasets.fitting_schemas import why_unfit
from console.personalize import calls
from console.personalize.errors import ALREADY_EXISTS, NotFoundError, PersonalizeError
from console.records.schemas.schema import SchemaError, schema_json
from console.records.schemas.schema_input import sent_schema

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetSchemaTypeDef

NO_SCHEMA = "This schema does not exist. Choose another one, or create a new one."


def check_fits(page: Page, schema_arn: str) -> "DatasetSchemaTypeDef":
    """Return the schema chosen on a page by its ARN.

    Raise SchemaError if it does not fit the page's dataset, and PersonalizeError if it does not exist.
    """
    try:
        schema = calls.describe_schema(page.environment, schema_arn)
    except PersonalizeError as error:
        if isinstance(error, NotFoundError):
            page.form.add_error("schema_arn", NO_SCHEMA)
        raise
    reason = why_unfit(schema["schema"], schema.get("domain", ""), page.entity, page.domain, page.replaced)
    if reason:
        raise SchemaError(f"The schema {schema['name']} does not fit. {reason}")
    return schema


def create_schema(page: Page, name: str, text: str) -> str:
    """Create a schema and return its ARN, or that of an existing schema with the same name, domain and contents."""
    try:
        with recorded(Kind.CREATED, name, noun="schema", environment=page.environment):
            return calls.create_schema(page.environment, name, sent_schema(text), page.domain)
    except PersonalizeError as error:
        if error.failure.code != ALREADY_EXISTS or not _is_same_schema(page, text):
            if error.failure.code == ALREADY_EXISTS:
                sentence = f"A different schema already has the name {name}. Choose another name."
                page.form.add_error("schema_name", sentence)
            raise
        page.reused_schema = name
        return page.schema_arn


def _is_same_schema(page: Page, text: str) -> bool:
    try:
        schema = calls.describe_schema(page.environment, page.schema_arn)
        return schema.get("domain", "") == page.domain and bool(
            schema_json(schema["schema"]) == schema_json(sent_schema(text))
        )
    except (PersonalizeError, SchemaError):
        # The page then reports that the name is taken.
        return False
