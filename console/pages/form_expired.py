"""The answer to a POST without a valid CSRF token."""

from django.http import HttpResponse

from console.pages import create_records
from console.pages.carried_text import is_typed
from console.pages.error_pages import error_page
from console.pages.requests import Request
from console.pages.sign_in import safe_path, sign_in_and_go_on
from console.personalize.environments import environments

# How Django begins the reasons that a form of this console can have when it was open for too long. The others are
# about the page that a request comes from, and what another site sends is not given back as a person's own.
EXPIRED = "CSRF "
SENTENCE = "This page was open for too long, so nothing was done. Go back, load it again, and try once more."


def form_expired(request: Request, reason: str = "") -> HttpResponse:
    """Do nothing of what was asked, and give back what was typed: signing in comes first where it must."""
    if request.POST.get("intent") == "judge":
        # Nobody pressed anything, and a new token now would make the one that the page has just got stale.
        return HttpResponse(status=204)
    match = request.resolver_match
    if match is None or not is_typed(request) or not reason.startswith(EXPIRED):
        return _refused(request)
    if match.url_name == "sign_in":
        # The token changed with a sign-in in another tab.
        return sign_in_and_go_on(request, safe_path(request.POST.get("next", "")))
    environment = environments().get(match.kwargs.get("environment", ""))
    if match.url_name != "create_records" or environment is None:
        return _refused(request)
    if not request.user.is_authenticated:
        return sign_in_and_go_on(request, request.path)
    return create_records.give_back(request, environment, match.kwargs["group"])


def _refused(request: Request) -> HttpResponse:
    return error_page(request, 403, SENTENCE, "This page was open for too long")
