"""Signing in with an OpenID provider: the way there and back. Typed text is kept meanwhile."""

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
# Longest time for a sign-in, in seconds, and most sign-ins under way in a browser.
SECONDS = 600
MOST_BEGUN = 3
# Typed text is kept in the session while a person signs in. Only a browser that was signed in before can have such
# text, so strangers cannot fill the database.
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
    _check_configured()
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
    # Expire soon for people who never come back.
    request.session.set_expiry(SECONDS)
    if request.method == "GET":
        return HttpResponseRedirect(begun.url)
    # Not a redirect: CSP's form-action applies to every address in a chain of redirects, and the provider may
    # redirect further.
    context = {"url": begun.url, "provider": settings.CONSOLE_OIDC_LABEL, "has_typed": length > 0}
    return render(request, "account/sign_in_with_provider.html", context)


@console_page("sign-in/provider/answer/")
@login_not_required
@never_cache
@require_GET
def provider_answer(request: HttpRequest) -> HttpResponse:
    """Sign in the person whom the provider sends back, and redirect to the page that they came from."""
    _check_configured()
    begun = _take_begun(request, request.GET.get("state", ""))
    if begun is None and request.user.is_authenticated:
        # The address was opened again, for example from the browser's history.
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


def _check_configured() -> None:
    if not settings.CONSOLE_OIDC_ISSUER:
        raise Http404("There is no OpenID provider.")


def _answer_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("provider_answer"))


def _begun(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return the unexpired sign-ins that this browser has started, by state."""
    begun: dict[str, dict[str, Any]] = request.session.get(SESSION_KEY, {})
    return {state: sign_in for state, sign_in in begun.items() if time.time() - sign_in["at"] <= SECONDS}


def _take_begun(request: HttpRequest, state: str) -> dict[str, Any] | None:
    """Return the sign-in of a state, once."""
    begun = _begun(request)
    match = next((key for key in begun if hmac.compare_digest(key.encode(), state.encode())), None)
    if match is None:
        return None
    taken = begun.pop(match)
    request.session[SESSION_KEY] = begun
    return taken
