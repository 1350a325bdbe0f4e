"""The first page, and the health of the process."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.personalize.environments import default_environment


def home(request: HttpRequest) -> HttpResponse:
    """Go to the dataset groups of the default environment."""
    return redirect("dataset_groups", default_environment().name)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")
