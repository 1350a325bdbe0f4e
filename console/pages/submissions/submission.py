"""One submission: its sender, records, time and outcome."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.frame.decorators import GROUP, environment_page
from console.pages.submissions.submission_filters import submissions_of
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.submissions.trails.people_names import add_ids_to_names


@environment_page(GROUP + "submissions/<uuid:submission>/", "Submission", parent="submissions", shows_trail=True)
def submission(request: HttpRequest, environment: Environment, group: str, submission: UUID) -> HttpResponse:
    """Show a submission; properties and AWS's own message only to people who may see properties.

    Raise Http404 if the dataset group has no such submission.
    """
    found = submissions_of(environment, group).filter(pk=submission).select_related("origin").first()
    if found is None:
        raise Http404(f"There is no submission {submission}.")
    add_ids_to_names([found])
    may_see = may_see_properties(request.user, environment)
    # AWS may quote what it refuses, so its message is for the same people.
    context = {"submission": found, "sent_records": list(found.sent_records.all()), "may_see_properties": may_see}
    return render(request, "submissions/submission.html", context)
