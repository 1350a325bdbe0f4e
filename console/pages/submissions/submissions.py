"""Submissions: the records sent from this console, with their outcomes."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.requests import uuid_of
from console.pages.frame.table_kinds import Column, Kind
from console.pages.submissions.submission_filters import FIELDS, Filters, submissions_of
from console.pages.submissions.submissions_table import POSITIONS, arrange_submissions
from console.pages.tables.table_page import address_of, is_part, show_table
from console.pages.tables.tables import sought_in
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.submissions.lists.search import Search
from console.submissions.models import Outcome
from console.submissions.trails.own_trail import origin_of
from console.submissions.trails.people_names import add_ids_to_names

TABLE = Kind(
    "submissions",
    "submissions",
    (
        Column("created", "Submitted", "created"),
        Column("outcome", "Outcome", "outcome"),
        Column("person", "Person", "person"),
        Column("records", "Records", "records"),
        Column("code", "Error code", "code"),
        Column("duration", "Duration", "duration"),
        Column("request", "Request ID", "request"),
    ),
    status_of=lambda row: (str(row.pk), row.outcome_now.value),
    conditions=FIELDS,
    positions=POSITIONS,
)
CHOOSE_FIRST = "Choose a submission first, then View details."


@environment_page(
    GROUP + "submissions/",
    "Submissions",
    parent="dataset_group",
    in_group="Submissions",
    position=5,
    tables=(TABLE,),
    shows_trail=True,
    has_properties=True,
)
def submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the submissions to a dataset group, newest first; `view` leads to the `selected` one."""
    origin = origin_of(environment)
    is_viewing = "view" in request.GET
    selected = uuid_of(request.GET.get("selected", "")) if is_viewing else None
    if selected and submissions_of(environment, group).filter(pk=selected).exists():
        return redirect("submission", environment.name, group, selected)
    filters = Filters(request)
    search = filters.search(origin, group, sought_in(request))
    table, problem = arrange_submissions(request, TABLE, search, filters.conditions, Search(origin, group))
    if "page" in request.GET and not is_viewing and not is_part(request):
        return redirect(address_of(request, table.query))
    add_ids_to_names(table.page.object_list)
    if may_see_properties(request.user, environment):
        prefetch_related_objects([row for row in table.page.object_list if row.entity.is_event], "sent_records")
    problem = CHOOSE_FIRST if is_viewing else " ".join(filter(None, (filters.problem, problem)))
    context = {
        "selection_problem": problem,
        "filters": filters,
        "outcomes": Outcome.choices,
    }
    return show_table(request, "submissions/submissions.html", table, status=422 if is_viewing else 200, **context)
