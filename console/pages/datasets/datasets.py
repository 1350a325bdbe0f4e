"""The datasets of a dataset group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.datasets.creating import inactive
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.permissions import why_not_create_resources
from console.pages.frame.table_kinds import Column, Kind
from console.pages.frame.template_tags.labels import dataset_type_words
from console.pages.tables.table_page import failing_in_parts, show_table
from console.pages.tables.tables import arrange, named_status
from console.personalize import calls
from console.personalize.environments import Environment
from console.records.entities import ENTITIES
from console.records.schemas.dataset_types import types_of_domain

TABLE = Kind(
    "datasets",
    "datasets",
    (
        Column("name", "Dataset name", lambda row: row["name"].lower()),
        Column("type", "Dataset type", lambda row: dataset_type_words(row["datasetType"])),
        Column("status", "Status", lambda row: row["status"]),
        Column("created", "Created", lambda row: str(row.get("creationDateTime", ""))),
    ),
    status_of=named_status,
)
NONE_LACKING = "This dataset group already has a dataset of every type that it can have."
CHOOSE_FIRST = "Choose a dataset first, then View details."


@environment_page(
    GROUP + "datasets/", "Datasets", parent="dataset_group", in_group="Datasets", position=2, tables=(TABLE,)
)
@failing_in_parts
def datasets(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the dataset types of a dataset group, including those without a dataset.

    `view` leads to the details of the `selected` type's dataset, or to its creation; to create one without a choice,
    to the first type that the group lacks.
    """
    description = calls.describe_dataset_group(environment, group)
    rows = [{**row, "entity": ENTITIES.get(row["datasetType"].upper())} for row in _rows(environment, description)]
    lacking = [row["entity"] for row in rows if row["entity"] and not _exists(row)]
    chosen = next((row for row in rows if row["datasetType"].upper() == request.GET.get("selected")), None)
    problem = ""
    if request.GET.get("view") == "create" and lacking and (chosen is None or _exists(chosen)):
        return redirect("create_dataset", environment.name, group, lacking[0])
    if "view" in request.GET:
        problem = _why_no_details(request, environment, chosen) if chosen else CHOOSE_FIRST
        if chosen and not problem:
            page = "dataset" if _exists(chosen) else "create_dataset"
            return redirect(page, environment.name, group, chosen["entity"])
    table = arrange(request, TABLE, rows, filtered_by=_words, counts=_exists)
    context = {
        "group": description,
        "selection_problem": problem,
        "lacking": lacking,
        "no_dataset_because": inactive(description, "A dataset") or ("" if lacking else NONE_LACKING),
    }
    return show_table(request, "datasets/datasets.html", table, status=422 if problem else 200, **context)


def _rows(environment: Environment, group: Any) -> list[Any]:
    """Return the datasets of a dataset group, and a row for each type without one."""
    present = calls.list_datasets(environment, group["datasetGroupArn"])
    present_types = {row["datasetType"].upper() for row in present}
    types = types_of_domain(group.get("domain", ""))
    lacking = [
        {"name": "-", "datasetType": dataset_type, "status": "Not created"}
        for dataset_type in types
        if dataset_type not in present_types
    ]
    return [*present, *lacking]


def _why_no_details(request: HttpRequest, environment: Environment, row: Any) -> str:
    """Return why a row leads neither to a dataset's details nor to its creation; "" if it leads to either."""
    words = dataset_type_words(row["datasetType"])
    if row["entity"] is None:
        return f"{words}: a dataset of this type has no details here."
    reason = "" if _exists(row) else why_not_create_resources(request.user, environment)
    return f"{words}: this dataset has not been created. {reason}" if reason else ""


def _exists(row: Any) -> bool:
    return "datasetArn" in row


def _words(row: Any) -> str:
    return f"{row['name']} {dataset_type_words(row['datasetType'])}"
