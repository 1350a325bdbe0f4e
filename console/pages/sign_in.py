"""Signing in and out. What a person typed before the session or the form expired comes back after signing in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from console.pages.carried_text import carry, is_typed, typed_fields
from console.people.demo import demo_accounts

SESSION_ENDED = "Your session has ended. Sign in to go on: the text that you typed is kept."


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, and carries along what they typed."""

    def handle_no_permission(  # type: ignore[override]  # Its caller takes any response.
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.method == "POST" and request.POST.get("intent") == "judge":
            # Nobody pressed anything: the page stays as it is until they do.
            return HttpResponse(status=204)
        if is_typed(request):
            return sign_in_and_go_on(request, request.path)
        if "HX-Request" in request.headers and request.method == "GET":
            # htmx would put the sign-in page into a part of the one that is open: that one is loaded anew instead.
            return HttpResponse(headers={"HX-Refresh": "true"})
        return super().handle_no_permission(request, view_func)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a person in, and go on to the page that they were sent from."""
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        # Somebody signed in meanwhile, perhaps in another tab: what was typed goes along all the same.
        return _go_on(request, next_path)
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return _go_on(request, next_path)
    status = 422 if form.is_bound else 200
    return _sign_in_page(request, form, next_path, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign a person out, and let the browser forget the pages that it has seen."""
    logout(request)
    response = redirect("sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def sign_in_and_go_on(request: HttpRequest, next_path: str) -> HttpResponse:
    """Answer a POST of somebody who is not signed in: the sign-in page, with what they typed kept in it."""
    response = _sign_in_page(request, AuthenticationForm(request), next_path, notice=SESSION_ENDED, status=403)
    # htmx would put the page into a part of the one that is open.
    response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Take the place of the admin's own sign-in page, which would ask a viewer to sign in again."""
    if request.user.is_authenticated:
        raise PermissionDenied("Only an administrator may open this page.")
    query = urlencode({"next": safe_path(request.GET.get("next", ""))}, safe="/")
    return HttpResponseRedirect(f"{resolve_url('sign_in')}?{query}")


def _sign_in_page(
    request: HttpRequest, form: AuthenticationForm, next_path: str, *, status: int, notice: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "next": next_path,
        "is_typed": is_typed(request),
        "typed": typed_fields(request),
        "notice": notice,
        "demo_accounts": demo_accounts(),
    }
    return render(request, "sign_in.html", context, status=status)


def safe_path(path: str) -> str:
    """Return a path to go on to: one of this console, or the first page."""
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else resolve_url("home")


def _go_on(request: HttpRequest, next_path: str) -> HttpResponse:
    if is_typed(request):
        carry(request, next_path)
    return HttpResponseRedirect(next_path)
