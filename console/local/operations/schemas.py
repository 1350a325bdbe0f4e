"""Schemas."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from console.local.caller import Caller
from console.local.errors import in_use, invalid_input
from console.local.models import Schema, gone
from console.local.operations.resources import NextToken, check_limit, make, page_of_values
from console.local.operations.resources import find as find_resource
from console.local.storage.one_writer import one_writer
from console.local.storage.removing import set_aside
from console.local.storage.resource_rows import Rows
from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_rules import check_schema

if TYPE_CHECKING:
    from mypy_boto3_personalize.literals import DomainType
    from mypy_boto3_personalize.type_defs import (
        CreateSchemaRequestTypeDef,
        DatasetSchemaSummaryTypeDef,
        DatasetSchemaTypeDef,
        DeleteSchemaRequestTypeDef,
        DescribeSchemaRequestTypeDef,
        ListSchemasRequestTypeDef,
    )

KIND = "schema"
ROWS = Rows(Schema)
MOST_SCHEMAS = 500
# What a summary has, after the key.
SUMMARY = ("id", "name", "arn", "created_at", "updated_at", "domain")


def create(caller: Caller, parameters: "CreateSchemaRequestTypeDef") -> dict[str, str]:
    """Create a schema, and return its ARN: API reference, CreateSchema.

    Raise InvalidInputException for an Avro schema that is not valid for the domain, LimitExceededException for more
    than MOST_SCHEMAS schemas, and ResourceAlreadyExistsException for a name that another schema has.
    """
    try:
        check_schema(parameters["schema"], parameters.get("domain", ""))
    except SchemaError as error:
        raise invalid_input(str(error)) from error
    arn = caller.arn(f"schema/{parameters['name']}")
    with one_writer():
        check_limit(ROWS, caller, MOST_SCHEMAS, "schemas")
        make(
            ROWS,
            caller,
            arn,
            name=parameters["name"],
            text=parameters["schema"],
            domain=parameters.get("domain", ""),
        )
    return {"schemaArn": arn}


def describe(caller: Caller, parameters: "DescribeSchemaRequestTypeDef") -> "dict[str, DatasetSchemaTypeDef]":
    """Return a schema with its text (API reference, DescribeSchema); raise ResourceNotFoundException."""
    schema = find(caller, parameters["schemaArn"])
    summary = _summary(schema.name, schema.arn, schema.created_at, schema.updated_at, schema.domain)
    return {"schema": {**summary, "schema": schema.text}}


class SchemasPage(NextToken):
    """The response of ListSchemas: schemas without their texts, newest first."""

    schemas: "list[DatasetSchemaSummaryTypeDef]"


def list_page(caller: Caller, parameters: "ListSchemasRequestTypeDef") -> SchemasPage:
    """Return a page of the caller's schemas (API reference, ListSchemas); raise InvalidNextTokenException."""
    schemas, next_token = page_of_values(ROWS, SUMMARY, caller, parameters, "schemas")
    return {"schemas": [_summary(*values) for _key, *values in schemas], **next_token}


@one_writer()
def delete(caller: Caller, parameters: "DeleteSchemaRequestTypeDef") -> dict[str, str]:
    """Delete a schema at once: API reference, DeleteSchema. The response has no members.

    Raise ResourceNotFoundException, or ResourceInUseException while a dataset has the schema.
    """
    schema = find(caller, parameters["schemaArn"])
    dataset = schema.datasets.exclude(gone()).first()
    if dataset is not None:
        raise in_use(f"The schema {schema.arn} is that of the dataset {dataset.arn}. Delete its datasets first.")
    # Datasets that are deleted, but whose rows are still there, give the schema up.
    for each in schema.datasets.all():
        set_aside(each)
    schema.delete()
    return {}


def find(caller: Caller, arn: str) -> Schema:
    """Return the caller's schema of an ARN; raise ResourceNotFoundException."""
    return find_resource(ROWS, caller, arn, KIND)


def _summary(
    name: str, arn: str, created_at: datetime, updated_at: datetime, domain: str
) -> "DatasetSchemaSummaryTypeDef":
    summary: DatasetSchemaSummaryTypeDef = {
        "name": name,
        "schemaArn": arn,
        "creationDateTime": created_at,
        "lastUpdatedDateTime": updated_at,
    }
    if domain:
        summary["domain"] = cast("DomainType", domain)
    return summary
