"""The datasets of a dataset group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.dataset_page import obstacle
from console.pages.shell import environment_page
from console.pages.tables import Column, arrange
from console.pages.words import dataset_type_words
from console.personalize import calls
from console.personalize.environments import Environment

# A domain's use cases know three types; actions are for custom dataset groups.
DOMAIN_TYPES = ("INTERACTIONS", "ITEMS", "USERS")
CUSTOM_TYPES = (*DOMAIN_TYPES, "ACTIONS", "ACTION_INTERACTIONS")

COLUMNS = (
    Column("name", "Dataset name", lambda row: row["name"].lower()),
    Column("type", "Dataset type", lambda row: dataset_type_words(row["datasetType"])),
    Column("status", "Status", lambda row: row["status"]),
    Column("created", "Created", lambda row: str(row.get("creationDateTime", ""))),
)


@environment_page("Datasets")
def datasets(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the dataset types of a dataset group, those that it lacks too."""
    description = calls.describe_dataset_group(environment, group)
    present = calls.list_datasets(environment, description["datasetGroupArn"])
    present_types = {row["datasetType"].upper() for row in present}
    types = DOMAIN_TYPES if description.get("domain") else CUSTOM_TYPES
    lacking = [
        {"name": "-", "datasetType": each, "status": "Not created"} for each in types if each not in present_types
    ]
    table = arrange(request, [*present, *lacking], COLUMNS, filtered_by=_words)
    why_not = obstacle(description, has_users_dataset="USERS" in present_types)
    context = {"table": table, "group": description, "present": len(present), "obstacle": why_not}
    return render(request, "datasets.html", context)


def _words(row: dict[str, Any]) -> str:
    return f"{row['name']} {dataset_type_words(row['datasetType'])}"
