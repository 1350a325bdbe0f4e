"""Reset demo data: shows what will be deleted, and restores the original demo data."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.local import api as local_api
from console.pages.frame.decorators import READ_AND_POST, environment_page
from console.people.roles import Person, may_reset_demo_data, role_of
from console.personalize.environments import Environment
from console.submissions.demo.demos import reset_demo


def _why_not(person: Person, environment: Environment) -> str:
    if may_reset_demo_data(person):
        return ""
    return f"Your role, {role_of(person)}, may not reset the demo data. Ask an administrator to do so."


@environment_page(
    "reset-demo-data/",
    "Reset demo data",
    parent="dataset_groups",
    methods=READ_AND_POST,
    why_not=_why_not,
    is_local=True,
    position=2,
)
def reset_demo_data(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Ask whether to restore the demo data, and on POST do so."""
    if request.method == "POST":
        with recorded(Kind.DEMO_RESET, "demo data", environment=environment):
            # In production, the trail must not have submissions that nobody sent.
            done = reset_demo(is_filled=not settings.CONSOLE_IS_PRODUCTION)
        messages.success(request, done)
        return redirect("dataset_groups", environment.name)
    return render(request, "local/reset_demo_data.html", {"contents": local_api.demo_contents()})
