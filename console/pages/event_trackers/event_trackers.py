"""The event trackers of a dataset group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.event_trackers.create_event_tracker import obstacle
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.table_page import failing_in_parts, show_table
from console.pages.tables.tables import arrange, named_status
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.event_trackers import identifier_in, list_event_trackers

TABLE = Kind(
    "event_trackers",
    "event trackers",
    (
        Column("name", "Event tracker name", lambda row: row["name"].lower()),
        Column("status", "Status", lambda row: row["status"]),
        Column("created", "Created", lambda row: str(row.get("creationDateTime", ""))),
    ),
    status_of=named_status,
)
CHOOSE_FIRST = "Choose an event tracker first."


@environment_page(
    GROUP + "event-trackers/",
    "Event trackers",
    parent="dataset_group",
    in_group="Event trackers",
    position=3,
    tables=(TABLE,),
)
@failing_in_parts
def event_trackers(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List a dataset group's event trackers; `view` leads to the details or the deletion of the `selected` one."""
    description = calls.describe_dataset_group(environment, group)
    trackers = list_event_trackers(environment, description["datasetGroupArn"])
    rows = [{**tracker, "identifier": identifier_in(tracker["eventTrackerArn"])} for tracker in trackers]
    view, selected = request.GET.get("view"), request.GET.get("selected", "")
    if view is not None and any(row["identifier"] == selected for row in rows):
        page = "delete_event_tracker" if view == "delete" else "event_tracker"
        return redirect(page, environment.name, group, selected)
    context = {
        "group": description,
        "selection_problem": "" if view is None else CHOOSE_FIRST,
        "no_event_tracker_because": obstacle(description, trackers),
    }
    table = arrange(request, TABLE, rows, filtered_by=lambda row: row["name"])
    return show_table(
        request, "event_trackers/event_trackers.html", table, status=200 if view is None else 422, **context
    )
