"""Reset demo data: says what will go, and puts the demo data back as it was made."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.pages.frame.shell import environment_page, local_page
from console.people.roles import may_reset_demo_data, role_of
from console.personalize.environments import Environment
from console.personalize.local_service import local_service


@environment_page("Reset demo data", methods=("GET", "HEAD", "POST"))
@local_page
def reset_demo_data(request: HttpRequest, environment: Environment) -> HttpResponse:
    """Ask whether the demo data is to be put back, and on POST do so."""
    if not may_reset_demo_data(request.user):
        role = role_of(request.user)
        raise PermissionDenied(f"Your role, {role}, may not reset the demo data. Ask an administrator to do so.")
    if request.method == "POST":
        messages.success(request, local_service().reset_demo_data())
        return redirect("dataset_groups", environment.name)
    return render(request, "local/reset_demo_data.html", {"contents": local_service().demo_contents()})
