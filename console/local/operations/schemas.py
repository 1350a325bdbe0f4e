"""Schemas."""

from typing import Any

from django.db import transaction

from console.local.errors import already_exists, invalid_input, not_found
from console.local.models import Schema
from console.local.operations.caller import Caller
from console.local.operations.pages import page
from console.records.schema import SchemaError, read_schema


@transaction.atomic
def create(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    try:
        read_schema(parameters["schema"])
    except SchemaError as error:
        raise invalid_input(str(error)) from error
    arn = caller.arn(f"schema/{parameters['name']}")
    _, is_new = Schema.objects.get_or_create(
        arn=arn,
        defaults={
            **caller.scope,
            "name": parameters["name"],
            "text": parameters["schema"],
            "domain": parameters.get("domain", ""),
        },
    )
    if not is_new:
        raise already_exists(arn)
    return {"schemaArn": arn}


def describe(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    schema = find(caller, parameters["schemaArn"])
    return {"schema": _summary(schema) | {"schema": schema.text}}


def list_page(caller: Caller, parameters: dict[str, Any]) -> dict[str, Any]:
    schemas, next_token = page(
        Schema.objects.filter(**caller.scope), parameters, f"{caller.account}/{caller.region}/schemas"
    )
    return {"schemas": [_summary(schema) for schema in schemas]} | next_token


def find(caller: Caller, arn: str) -> Schema:
    """Return the caller's schema of an ARN; raise ResourceNotFoundException."""
    schema = Schema.objects.filter(arn=arn, **caller.scope).first()
    if schema is None:
        raise not_found("schema", arn)
    return schema


def _summary(schema: Schema) -> dict[str, Any]:
    summary = {
        "name": schema.name,
        "schemaArn": schema.arn,
        "creationDateTime": schema.created_at,
        "lastUpdatedDateTime": schema.updated_at,
    }
    return summary | ({"domain": schema.domain} if schema.domain else {})
