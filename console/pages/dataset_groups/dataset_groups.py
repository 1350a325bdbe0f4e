"""The dataset groups of an environment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.frame.decorators import environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.frame.template_tags.labels import domain_words
from console.pages.tables.table_page import asks_anew, failing_in_parts, show_table
from console.pages.tables.tables import arrange, named_status
from console.personalize.environments import Environment
from console.personalize.listing import dataset_groups as list_dataset_groups

TABLE = Kind(
    "dataset_groups",
    "dataset groups",
    (
        Column("name", "Name", lambda group: group["name"].lower()),
        Column("domain", "Domain", lambda group: domain_words(group.get("domain", ""))),
        Column("status", "Status", lambda group: group["status"]),
        Column("created", "Created", lambda group: str(group.get("creationDateTime", ""))),
    ),
    status_of=named_status,
)
CHOOSE_FIRST = "Choose a dataset group first."


@environment_page("dataset-groups/", "Dataset groups", tables=(TABLE,))
@failing_in_parts
def dataset_groups(request: HttpRequest, environment: Environment) -> HttpResponse:
    """List the environment's dataset groups; `view` leads to the details or the deletion of the `selected` one."""
    listing = list_dataset_groups(environment, anew=asks_anew(request))
    selected = request.GET.get("selected", "")
    is_viewing = "view" in request.GET
    if is_viewing and any(group["name"] == selected for group in listing.groups):
        page = "delete_dataset_group" if request.GET["view"] == "delete" else "dataset_group"
        return redirect(page, environment.name, selected)
    table = arrange(request, TABLE, listing.groups, filtered_by=lambda group: group["name"])
    context = {"kept_since": listing.kept_since, "selection_problem": CHOOSE_FIRST if is_viewing else ""}
    status = 422 if is_viewing else 200
    return show_table(request, "dataset_groups/dataset_groups.html", table, status=status, **context)
