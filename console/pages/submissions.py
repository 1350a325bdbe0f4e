"""Submissions: what was sent from this console, and with what outcome."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.history.models import Submission
from console.pages.shell import environment_page
from console.pages.tables import Column, arrange
from console.personalize.environments import Environment

COLUMNS = (
    Column("created", "Submitted", lambda submission: submission.created_at),
    Column("person", "Person", lambda submission: submission.person_name),
    Column("users", "Users", lambda submission: len(submission.users)),
    Column("outcome", "Outcome", lambda submission: submission.shown_outcome),
    Column("code", "Error code", lambda submission: submission.error_code),
    Column("request", "Request ID", lambda submission: submission.request_id),
    Column("duration", "Duration", lambda submission: submission.duration_ms or 0),
)


@environment_page("Submissions")
def submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List the submissions to a dataset group, newest first."""
    found = Submission.objects.filter(environment=environment.name, dataset_group=group)
    rows = list(found.defer("record_input", "message", "advice").order_by("-created_at"))
    table = arrange(request, rows, COLUMNS, filtered_by=_words)
    return render(request, "submissions.html", {"table": table})


def _words(submission: Submission) -> str:
    return f"{submission.person_name} {submission.outcome} {' '.join(submission.user_ids)}"
