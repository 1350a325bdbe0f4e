"""The answer to a POST without a valid CSRF token."""

from django.http import HttpResponse
from django.shortcuts import render

from console.pages import create_records
from console.pages.carried_text import is_typed
from console.pages.requests import Request
from console.pages.sign_in import sign_in_and_go_on
from console.personalize.environments import environments


def form_expired(request: Request, reason: str = "") -> HttpResponse:
    """Do nothing of what was asked, and give back what was typed: signing in comes first where it must."""
    match = request.resolver_match
    environment = environments().get(match.kwargs.get("environment", "")) if match else None
    if match is None or environment is None or not is_typed(request):
        exception = "This page was open for too long, so nothing was done. Go back, load it again, and try once more."
        return render(request, "403.html", {"exception": exception}, status=403)
    if not request.user.is_authenticated:
        return sign_in_and_go_on(request)
    return create_records.give_back(request, environment, match.kwargs["group"])
