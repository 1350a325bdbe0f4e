"""Submissions: what was sent from this console, and with what outcome."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from console.history.models import Outcome, Submission, of_outcome_now
from console.pages.shell import environment_page
from console.pages.table_page import show_table
from console.pages.tables import Column, Kind, arrange_query
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
)
NOT_LISTED = ("record_input", "users", "sentence", "message", "advice")


@environment_page("Submissions")
def submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the submissions to a dataset group, newest first."""
    found = Submission.objects.filter(environment=environment.name, dataset_group=group)
    table = arrange_query(request, TABLE, found.defer(*NOT_LISTED), filtered_by=_matches)
    return show_table(request, table)


def _matches(sought: str) -> Q:
    by_name_or_id = Q(person_name__icontains=sought) | Q(user_ids__icontains=sought)
    return reduce(
        or_, (of_outcome_now(each) for each in Outcome if sought.lower() in each.label.lower()), by_name_or_id
    )
