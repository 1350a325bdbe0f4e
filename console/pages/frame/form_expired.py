"""The answer to a POST without a valid CSRF token."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from console.pages.account.sign_in import safe_path, sign_in_and_go_on
from console.pages.datasets import create_dataset, create_dataset_group
from console.pages.frame.carried_text import SIGN_IN, is_typed
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import environments_of
from console.pages.frame.requests import Request
from console.pages.records import create_records
from console.personalize.deadlines import one_page

# How Django begins the reasons that a form of this console can have when it was open for too long. The others are
# about the page that a request comes from, and what another site sends is not given back as a person's own.
EXPIRED = "CSRF "
# What gives back what was typed, by the URL name of its page.
GIVE_BACK: dict[str, Callable[..., HttpResponse]] = {
    "create_records": create_records.give_back,
    "create_dataset": create_dataset.give_back,
    "create_dataset_group": create_dataset_group.give_back,
}
SENTENCE = "This page was open for too long, so nothing was done. Go back, load it again, and try once more."


@never_cache
def form_expired(request: Request, reason: str = "") -> HttpResponse:
    """Do nothing of what was asked, and give back what was typed: signing in comes first where it must."""
    if request.POST.get("intent") == "judge":
        # Nobody pressed anything, and a new token now would make the one that the page has just got stale.
        return HttpResponse(status=204)
    match = request.resolver_match
    if match is None or not is_typed(request) or not reason.startswith(EXPIRED):
        return _refused(request)
    if match.url_name in SIGN_IN:
        # The token changed with a sign-in in another tab.
        return sign_in_and_go_on(request, safe_path(request.POST.get("next", "")))
    names = dict(match.kwargs)
    name = names.pop("environment", "")
    give_back = GIVE_BACK.get(match.url_name or "")
    if give_back is None:
        return _refused(request)
    if not request.user.is_authenticated:
        return sign_in_and_go_on(request, request.path)
    environment = environments_of(request.user).get(name)
    if environment is None:
        return _refused(request)
    with one_page():
        return give_back(request, environment, **names)


def _refused(request: Request) -> HttpResponse:
    return error_page(request, 403, SENTENCE, "This page was open for too long")
