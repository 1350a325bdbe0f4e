"""Submissions: what was sent from this console, and with what outcome."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.history.models import Outcome
from console.history.people_names import add_ids_to_names
from console.pages.shell import environment_page
from console.pages.submission_filters import FIELDS, Filters, matches, submissions_of
from console.pages.table_page import show_table
from console.pages.tables import Column, Kind, arrange_query
from console.people.roles import may_see_properties
from console.personalize.environments import Environment

TABLE = Kind(
    "submissions",
    "submissions",
    (
        Column("created", "Submitted", "created_at"),
        Column("person", "Person", "person_name"),
        Column("users", "Users", "user_ids"),
        Column("outcome", "Outcome", "outcome"),
        Column("code", "Error code", "error_code"),
        Column("duration", "Duration", "duration_ms"),
        Column("request", "Request ID", "request_id"),
    ),
    status_of=lambda row: (str(row.pk), row.outcome_now.value),
    conditions=FIELDS,
)
NOT_LISTED = ("record_input", "sentence", "message", "advice")
CHOOSE_FIRST = "Choose a submission first: its details are shown then."


@environment_page("Submissions", shows_trail=True)
def submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the submissions to a dataset group, newest first; `view` leads to the one that is `selected`."""
    found = submissions_of(environment, group)
    is_viewing = "view" in request.GET
    selected = _key(request.GET.get("selected", "")) if is_viewing else None
    if selected and found.filter(pk=selected).exists():
        return redirect("submission", environment.name, group, selected)
    filters = Filters(request)
    table = arrange_query(
        request,
        TABLE,
        found.defer(*NOT_LISTED),
        filtered_by=matches,
        conditions=filters.conditions,
        narrowed_by=filters.condition(),
    )
    add_ids_to_names(table.page.object_list)
    problem = CHOOSE_FIRST if is_viewing else filters.problem
    context = {
        "selection_problem": problem,
        "filters": filters,
        "outcomes": Outcome.choices,
        "may_see_properties": may_see_properties(request.user, environment),
    }
    return show_table(request, table, status=422 if is_viewing else 200, **context)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
