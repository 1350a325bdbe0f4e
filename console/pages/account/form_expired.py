"""The response to a POST without a valid CSRF token."""

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

# The beginning of Django's reasons for a form that was open too long. Its other reasons concern the origin of the
# request, and text sent by another site must not be returned as the person's own.
EXPIRED = "CSRF "
SENTENCE = "This page was open for too long, so nothing was done. Go back, reload it, and try again."


@never_cache
def form_expired(request: Request, reason: str = "") -> HttpResponseBase:
    """Return the typed text in a new form, after a sign-in if needed; nothing else is done."""
    if request.POST.get("intent") == "typing":
        # Nobody pressed anything, and a new token would invalidate the one that the page has just received.
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
