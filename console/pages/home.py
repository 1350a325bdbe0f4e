"""The first page, and the health of the process."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.permissions import first_environment_of


def home(request: HttpRequest) -> HttpResponse:
    """Go to the dataset groups of the first environment that the person may see."""
    return redirect("dataset_groups", first_environment_of(request.user).name)


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")
