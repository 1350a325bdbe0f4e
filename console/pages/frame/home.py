"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import first_environment_of


@console_page("")
def home(request: HttpRequest) -> HttpResponse:
    """Redirect to the dataset groups of the first environment that the person may see."""
    return redirect("dataset_groups", first_environment_of(request.user).name)
