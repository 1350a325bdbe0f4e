"""Signing in with an OpenID provider: to it, and back with its answer. What a person typed is kept meanwhile."""

import hmac
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from console.activity.signing_in import record_provider_failure, record_sign_in
from console.pages.account.sign_in import go_on, sign_in_page
from console.pages.frame.decorators import console_page
from console.pages.frame.requests import safe_path
from console.pages.frame.typed_text import carry, typed_fields
from console.people.known_browser import comes_from_known, remember
from console.people.openid import provider
from console.people.openid.accounts import NotAllowedError, account_of
from console.people.sessions import begin, make_room_for_nobody

SESSION_KEY = "begun_sign_ins"
# A sign-in takes so many seconds at most, and so many may be under way in a browser.
SECONDS = 600
MOST_BEGUN = 3
# Typed text is kept in the session of a person who has yet to sign in. Only a browser that was signed in before can
# have such text, so strangers cannot fill the database with theirs.
MOST_CHARACTERS = 1_000_000
# Digits of the id of the person who typed the text.
MOST_DIGITS = 20

EXPIRED = "This sign-in took too long, or was started in another browser. Try again."
NOT_KEPT = (
    "Nobody has signed in with this browser before, so the text that you typed cannot be kept while you sign in. Copy "
    "it first, then load this page anew."
)
TOO_LONG = "The text that you typed is too long to be kept while you sign in. Copy it first, then reload this page."


@console_page("sign-in/provider/", carries_next=True)
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_with_provider(request: HttpRequest) -> HttpResponse:
    """Send a person to the provider; a POST keeps what they typed."""
    _must_be_there()
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return go_on(request, next_path)
    fields = typed_fields(request)
    length = sum(map(len, fields.values()))
    if length > MOST_CHARACTERS:
        return sign_in_page(request, next_path, status=422, failure=TOO_LONG)
    if length and not comes_from_known(request):
        return sign_in_page(request, next_path, status=422, failure=NOT_KEPT)
    try:
        begun = provider.begin(_answer_address(request))
    except provider.ProviderError as error:
        return _failed(request, next_path, error)
    typed_by = request.POST.get("typed_by", "")[:MOST_DIGITS]
    kept = {"next": next_path, "nonce": begun.nonce, "code_verifier": begun.code_verifier, "at": time.time()}
    earlier = sorted(_begun(request).items(), key=lambda item: item[1]["at"])[1 - MOST_BEGUN :]
    request.session[SESSION_KEY] = {**dict(earlier), begun.state: {**kept, "fields": fields, "typed_by": typed_by}}
    make_room_for_nobody(but=request.session.session_key)
    # Somebody who never comes back leaves nothing for long.
    request.session.set_expiry(SECONDS)
    if request.method == "GET":
        return HttpResponseRedirect(begun.url)
    # Not a redirect: the policy for forms applies to every address that a redirect leads to, and the provider may
    # redirect further.
    context = {"url": begun.url, "provider": settings.CONSOLE_OIDC_LABEL, "has_typed": length > 0}
    return render(request, "account/sign_in_with_provider.html", context)


@console_page("sign-in/provider/answer/")
@login_not_required
@never_cache
@require_GET
def provider_answer(request: HttpRequest) -> HttpResponse:
    """Sign in whom the provider sends back, and go on to the page that they were sent from."""
    _must_be_there()
    begun = _take_begun(request, request.GET.get("state", ""))
    if begun is None and request.user.is_authenticated:
        # Its address was opened again, as by the history of the browser.
        return go_on(request, safe_path(""))
    if begun is None:
        return sign_in_page(request, safe_path(""), status=403, failure=EXPIRED)
    try:
        person = account_of(provider.issuer(), *_answer(request, begun))
    except (provider.ProviderError, NotAllowedError) as error:
        record_provider_failure(settings.CONSOLE_OIDC_LABEL)
        return _failed(request, begun["next"], error)
    record_sign_in(person, settings.CONSOLE_OIDC_LABEL)
    login(request, person, backend="console.people.backends.ProviderBackend")
    begin(request.session)
    if begun["fields"]:
        carry(request, begun["next"], begun["fields"], begun["typed_by"])
    response = HttpResponseRedirect(begun["next"])
    remember(response)
    return response


def _answer(request: HttpRequest, begun: dict[str, Any]) -> tuple[Any, tuple[str, ...]]:
    code = request.GET.get("code", "")
    if not code:
        raise provider.refusal(request.GET.get("error", ""))
    answer = provider.finish(code, _answer_address(request), begun["nonce"], begun["code_verifier"])
    return answer.claims, answer.groups


def _failed(request: HttpRequest, next_path: str, error: Exception) -> HttpResponse:
    status = 502 if isinstance(error, provider.NoAnswerError) else 403
    return sign_in_page(request, next_path, status=status, failure=str(error))


def _must_be_there() -> None:
    if not settings.CONSOLE_OIDC_ISSUER:
        raise Http404("There is no OpenID provider.")


def _answer_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provider_answer"))


def _begun(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return the sign-ins that this browser has started, by their state, without expired ones."""
    begun: dict[str, dict[str, Any]] = request.session.get(SESSION_KEY, {})
    return {state: each for state, each in begun.items() if time.time() - each["at"] <= SECONDS}


def _take_begun(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """Return the sign-in of a state, once."""
    begun = _begun(request)
    found = next((each for each in begun if hmac.compare_digest(each.encode(), state.encode())), None)
    if found is None:
        return None
    taken = begun.pop(found)
    request.session[SESSION_KEY] = begun
    return taken
