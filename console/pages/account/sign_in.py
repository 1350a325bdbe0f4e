"""Signing in and out. Text typed before the session or the form expired is restored after signing in."""

import math
from typing import Any, override
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from console.activity.recording import account
from console.activity.signing_in import record_failure, record_session_that_ended, record_sign_in, record_sign_out
from console.pages.frame.decorators import console_page
from console.pages.frame.middleware.database_errors import note
from console.pages.frame.middleware.request_ids import request_id
from console.pages.frame.requests import safe_path
from console.pages.frame.typed_text import carry, is_typed, typed_fields
from console.people.demo import demo_accounts
from console.people.known_browser import remember
from console.people.lock_out import count_try, forget_failures
from console.people.sessions import begin, end_of_person, has_ended
from console.storage.database_trouble import database_trouble, give_up_broken_connection

SESSION_ENDED = "Your session has ended. Sign in to continue: the text that you typed is kept."
NO_PASSWORDS = "Signing in with a password is switched off here."


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Middleware that sends people to sign in and carries their typed text along."""

    @override
    def process_view(self, request: HttpRequest, view_func: Any, *arguments: Any) -> HttpResponseBase | None:
        """Require a sign-in where one is needed, also if the session is too old or was idle for too long."""
        needs_session = getattr(view_func, "login_required", True)
        if needs_session and SESSION_KEY in request.session and has_ended(request.session):
            person = request.user
            if end_of_person(request) is None and person.is_authenticated:
                record_session_that_ended(account(person))
        return super().process_view(request, view_func, *arguments)

    @override
    def handle_no_permission(  # type: ignore[override]  # Its caller accepts any response.
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.method == "POST" and request.POST.get("intent") == "typing":
            # Nobody pressed anything: leave the page as it is until they do.
            return HttpResponse(status=204)
        if is_typed(request):
            return sign_in_and_go_on(request, request.path)
        if "HX-Request" in request.headers and request.method == "GET":
            # htmx would swap the sign-in page into a part of the open page: reload that instead.
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().handle_no_permission(request, view_func)


class SignInForm(AuthenticationForm):
    """A name and a password, with a limited number of tries."""

    seconds_locked = 0

    @override
    def clean(self) -> dict[str, Any]:
        """Return the valid fields; raise ValidationError for a wrong password, and while signing in is locked.

        The sentence does not reveal whether the account exists.
        """
        assert self.request is not None
        name, address = self.cleaned_data.get("username"), self.request.META["REMOTE_ADDR"]
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        self.seconds_locked = count_try(name, address)
        if self.seconds_locked:
            raise ValidationError(locked_out(self.seconds_locked))
        try:
            cleaned = super().clean()
        except ValidationError:
            record_failure(name, address)
            raise
        forget_failures(name, address)
        return cleaned


def locked_out(seconds: int) -> str:
    """Return the sentence for somebody who is locked out for this many more seconds."""
    minutes = math.ceil(seconds / 60)
    length = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"Signing in has failed too often. Try again in {length}, or ask an administrator."


@console_page("sign-in/", carries_next=True)
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a person in, and redirect to the page that they came from."""
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        # Somebody signed in meanwhile, perhaps in another tab: keep the typed text anyway.
        return go_on(request, next_path)
    if request.method == "POST" and not settings.CONSOLE_PASSWORD_SIGN_IN:
        return sign_in_page(request, next_path, status=403, failure=NO_PASSWORDS)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_sign_in(form.get_user())
        login(request, form.get_user())
        begin(request.session)
        response = go_on(request, next_path)
        remember(response)
        return response
    if form.is_bound and form.seconds_locked:
        response = sign_in_page(request, next_path, form, status=429)
        response["Retry-After"] = str(form.seconds_locked)
        return response
    return sign_in_page(request, next_path, form, status=422 if form.is_bound else 200)


@console_page("sign-out/")
# The browser is signed out even if the database cannot identify the person.
@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign a person out, and make the browser forget the session and the pages it has seen.

    If the session cannot be removed from the database, the response is a page with status 503 that explains this.
    """
    person = request.user
    error = end_of_person(request)
    # Ending the session has already loaded the person, if there is one.
    if error is None and person.is_authenticated:
        record_sign_out(account(person))
    response = redirect("sign_in") if error is None else _signed_out_here(request, error)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _signed_out_here(request: HttpRequest, error: Error) -> HttpResponse:
    """Return the page for somebody whose browser is signed out while the session is still in the database."""
    trouble = database_trouble(error)
    assert trouble
    note(trouble, error)
    give_up_broken_connection()
    hours = min(settings.CONSOLE_SESSION_IDLE_HOURS, settings.CONSOLE_SESSION_HOURS)
    context = {"trouble": trouble, "hours": hours, **request_id(request)}
    response = render(None, "account/signed_out_here.html", context, status=503)
    add_never_cache_headers(response)
    return response


def sign_in_and_go_on(request: HttpRequest, next_path: str) -> HttpResponse:
    """Return the sign-in page for a POST of somebody who is not signed in; it keeps their typed text."""
    response = sign_in_page(request, next_path, notice=SESSION_ENDED, status=403)
    # htmx would otherwise swap the page into a part of the open one.
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the console's sign-in; the admin's own page would ask a viewer to sign in again.

    Raise PermissionDenied for a person who is signed in.
    """
    if request.user.is_authenticated:
        raise PermissionDenied("Only an administrator may open this page.")
    query = urlencode({"next": safe_path(request.GET.get("next", ""))}, safe="/")
    return HttpResponseRedirect(f"{resolve_url('sign_in')}?{query}")


def sign_in_page(
    request: HttpRequest,
    next_path: str,
    form: SignInForm | None = None,
    *,
    status: int,
    notice: str = "",
    failure: str = "",
) -> HttpResponse:
    """Return the sign-in page with every available way to sign in, and a notice or a failure."""
    has_passwords = settings.CONSOLE_PASSWORD_SIGN_IN
    context = {
        "form": (form or SignInForm(request)) if has_passwords else None,
        "provider": settings.CONSOLE_OIDC_LABEL if settings.CONSOLE_OIDC_ISSUER else "",
        "next": next_path,
        "typed": typed_fields(request) if is_typed(request) else {},
        "notice": notice,
        "failure": failure,
        "demo_accounts": demo_accounts() if has_passwords else [],
    }
    return render(request, "account/sign_in.html", context, status=status)


def go_on(request: HttpRequest, next_path: str) -> HttpResponse:
    """Redirect to a page after signing in, with the text typed there."""
    if is_typed(request):
        carry(request, next_path, typed_fields(request), request.POST.get("typed_by", ""))
    return HttpResponseRedirect(next_path)
