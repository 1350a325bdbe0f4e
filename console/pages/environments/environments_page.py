"""Environments: the configured accounts and regions, and how people sign in, with checks."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.environments.checked import MOST_SECONDS, Checked, checked_environment, checked_sign_in
from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator, environments_of
from console.personalize.accounts.account_ids import account_of
from console.personalize.environments import Environment

FOR_ADMINISTRATORS = "Only administrators can see how environments are configured."
# No environment can have this name.
SIGN_IN = "sign-in"
UNKNOWN = "There is no environment of this name: load the page anew, and run the checks from there."


@dataclass(frozen=True, slots=True)
class Shown:
    """An environment as the page shows it: its account, if known, and its checks, if they were run."""

    environment: Environment
    account: str
    checked: Checked | None

    @property
    def rights(self) -> list[str]:
        """What nobody may do there, or must confirm first, in words."""
        restrictions = {
            "Read-only: nothing is created, deleted or sent": self.environment.read_only,
            "Guarded: people type the dataset group's name first": self.environment.guarded,
        }
        return [words for words, applies in restrictions.items() if applies] or ["Neither read-only nor guarded"]

    @property
    def sees(self) -> str:
        """Who sees it, in words."""
        if self.environment.viewers is None:
            return "Everybody"
        groups = dict.fromkeys((*self.environment.viewers, *(self.environment.operators or ())))
        return f"Administrators; members of {', '.join(groups)}" if groups else "Administrators"

    @property
    def writes(self) -> str:
        """Who creates records there, in words."""
        if self.environment.read_only:
            return "Nobody"
        if self.environment.operators is None:
            return "Operators who see it, and administrators"
        groups = self.environment.operators
        return f"Administrators; members of {', '.join(groups)}" if groups else "Administrators"


@console_page("environments/", title="Environments")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def environments_page(request: HttpRequest) -> HttpResponse:
    """Show the configuration of environments and of signing in; on POST run the checks of one of these.

    Raise PermissionDenied for all but administrators.
    """
    check_administrator(request.user, FOR_ADMINISTRATORS)
    checked_name = request.POST.get("check", "") if request.method == "POST" else None
    visible = environments_of(request.user)
    is_known = checked_name is None or checked_name in visible or checked_name == SIGN_IN
    shown = [
        Shown(environment, account_of(environment), checked_environment(environment) if name == checked_name else None)
        for name, environment in visible.items()
    ]
    context: dict[str, Any] = {
        "shown": shown,
        "file": settings.CONSOLE_ENVIRONMENTS,
        "seconds": MOST_SECONDS,
        "sign_in": _sign_in(request),
        "sign_in_checked": checked_sign_in(request) if checked_name == SIGN_IN else None,
        "problem": "" if is_known else UNKNOWN,
    }
    return render(request, "environments/environments_page.html", context, status=200 if is_known else 422)


def _sign_in(request: HttpRequest) -> dict[str, Any]:
    """Return how people sign in, without secrets."""
    return {
        "has_passwords": settings.CONSOLE_PASSWORD_SIGN_IN,
        "issuer": settings.CONSOLE_OIDC_ISSUER,
        "label": settings.CONSOLE_OIDC_LABEL,
        "client": settings.CONSOLE_OIDC_CLIENT_ID,
        "scopes": settings.CONSOLE_OIDC_SCOPES,
        "claim": settings.CONSOLE_OIDC_GROUPS_CLAIM,
        "operators": settings.CONSOLE_OIDC_OPERATORS,
        "administrators": settings.CONSOLE_OIDC_ADMINISTRATORS,
        "allowed": settings.CONSOLE_OIDC_ALLOWED,
        "redirect": request.build_absolute_uri(reverse("provider_answer")),
        "hours": settings.CONSOLE_SESSION_HOURS,
        "idle_hours": settings.CONSOLE_SESSION_IDLE_HOURS,
        "failures": settings.CONSOLE_SIGN_IN_FAILURES,
        "minutes": settings.CONSOLE_LOCK_OUT_MINUTES,
        "link_hours": settings.CONSOLE_LINK_HOURS,
    }
