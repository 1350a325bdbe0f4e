"""The schemas of an environment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.frame.decorators import environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.frame.template_tags.labels import domain_words
from console.pages.tables.table_page import failing_in_parts, show_table
from console.pages.tables.tables import arrange
from console.personalize import calls
from console.personalize.environments import Environment

TABLE = Kind(
    "schemas",
    "schemas",
    (
        Column("name", "Schema name", lambda schema: schema["name"].lower()),
        Column("domain", "Domain", lambda schema: domain_words(schema.get("domain", ""))),
        Column("created", "Created", lambda schema: str(schema.get("creationDateTime", ""))),
        Column("updated", "Updated", lambda schema: str(schema.get("lastUpdatedDateTime", ""))),
    ),
)
CHOOSE_FIRST = "Choose a schema first."


@environment_page("schemas/", "Schemas", tables=(TABLE,))
@failing_in_parts
def schemas(request: HttpRequest, environment: Environment) -> HttpResponse:
    """List the environment's schemas; `view` leads to the details or the deletion of the `selected` one."""
    rows = calls.list_schemas(environment)
    view, selected = request.GET.get("view"), request.GET.get("selected", "")
    if view is not None and any(row["name"] == selected for row in rows):
        return redirect("delete_schema" if view == "delete" else "schema", environment.name, selected)
    table = arrange(request, TABLE, rows, filtered_by=lambda row: row["name"])
    problem = "" if view is None else CHOOSE_FIRST
    return show_table(
        request, "schemas/schemas.html", table, status=422 if problem else 200, selection_problem=problem
    )
