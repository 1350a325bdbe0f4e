"""Dataset groups, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.shell import environment_page
from console.pages.tables import Column, arrange
from console.pages.words import domain_words
from console.personalize import calls
from console.personalize.environments import Environment

COLUMNS = (
    Column("name", "Name", lambda group: group["name"].lower()),
    Column("domain", "Domain", lambda group: domain_words(group.get("domain", ""))),
    Column("status", "Status", lambda group: group["status"]),
    Column("created", "Created", lambda group: str(group.get("creationDateTime", ""))),
)


@environment_page("Dataset groups")
def dataset_groups(request: HttpRequest, environment: Environment) -> HttpResponse:
    """List the environment's dataset groups."""
    groups = calls.list_dataset_groups(environment)
    table = arrange(request, groups, COLUMNS, filtered_by=lambda group: group["name"])
    return render(request, "dataset_groups.html", {"table": table})
