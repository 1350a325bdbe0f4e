"""A schema of an environment: its details, its fields, and the datasets that use it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.frame.decorators import environment_page
from console.pages.schemas.uses import uses_of
from console.personalize import arns, calls
from console.personalize.datasets import schema_laid_out
from console.personalize.environments import Environment
from console.records.schemas.schema import SchemaError, read_schema


@environment_page("schemas/<schema:schema>/", "{schema}", parent="schemas")
def schema(request: HttpRequest, environment: Environment, schema: str) -> HttpResponse:
    """Show a schema's details; `schema` is its name, the end of its ARN."""
    description = calls.describe_schema(environment, arns.schema_arn(environment, schema))
    try:
        fields, error = read_schema(description["schema"]).fields, ""
    except SchemaError as unreadable:
        fields, error = (), str(unreadable)
    context = {
        "schema": description,
        "fields": fields,
        "schema_error": error,
        "schema_json": schema_laid_out(description["schema"]),
        "uses": uses_of(environment, description["schemaArn"]),
    }
    return render(request, "schemas/schema.html", context)
