"""The answer to a POST without a valid CSRF token."""

from django.http.response import HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from console.pages.account.sign_in import sign_in_and_go_on
from console.pages.frame.decorators import check_permission
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import environments_of
from console.pages.frame.registry import pages
from console.pages.frame.requests import Request, safe_path
from console.pages.frame.typed_text import is_typed
from console.personalize.deadlines import one_page

# How Django begins the reasons that a form of this console can have when it was open for too long. The others are
# about the page that a request comes from, and what another site sends is not given back as a person's own.
EXPIRED = "CSRF "
SENTENCE = "This page was open for too long, so nothing was done. Go back, reload it, and try again."


@never_cache
def form_expired(request: Request, reason: str = "") -> HttpResponseBase:
    """Do nothing, and give the typed text back in a new form, after signing in where that is needed."""
    if request.POST.get("intent") == "typing":
        # Nobody pressed anything, and a new token now would make the one that the page has just got stale.
        return HttpResponse(status=204)
    match = request.resolver_match
    page = pages().get(match.url_name or "") if match else None
    if match is None or page is None or not is_typed(request) or not reason.startswith(EXPIRED):
        return _refused(request)
    if page.carries_next:
        # The token changed with a sign-in in another tab.
        return sign_in_and_go_on(request, safe_path(request.POST.get("next", "")))
    if page.typed is None:
        return _refused(request)
    if not request.user.is_authenticated:
        return sign_in_and_go_on(request, request.path)
    names = dict(match.kwargs)
    environment = environments_of(request.user).get(names.pop("environment", ""))
    if environment is None:
        return _refused(request)
    check_permission(request, environment, page)
    with one_page():
        return page.typed.give_back(request, environment, **names)


def _refused(request: Request) -> HttpResponse:
    return error_page(request, 403, SENTENCE, "This page was open for too long")
