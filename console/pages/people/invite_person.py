"""Invite person: a new account, and a link with which its person sets a password. The console sends no mail."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator
from console.pages.people.password_link import PasswordLink, make_link
from console.pages.people.people import FOR_ADMINISTRATORS
from console.pages.people.role_form import TAKEN, InvitationForm
from console.people.changing import make_account
from console.people.roles import VIEWER

NO_PASSWORDS = "Nobody can be invited: passwords are switched off, and the provider's people need no invitation."


@console_page("people/invite-person/", title="Invite person", parent="people")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite; on POST create the account, and show its link once.

    Raise PermissionDenied for all but administrators, and if nobody signs in with a password.
    """
    check_administrator(request.user, FOR_ADMINISTRATORS)
    if not settings.CONSOLE_PASSWORD_SIGN_IN:
        raise PermissionDenied(NO_PASSWORDS)
    form = InvitationForm(request.POST if request.method == "POST" else None, initial={"role": VIEWER})
    link = _invite(request, form) if form.is_valid() else None
    context = {"form": form, "link": link, "hours": settings.CONSOLE_LINK_HOURS}
    is_wrong = form.is_bound and link is None
    return render(request, "people/invite_person.html", context, status=422 if is_wrong else 200)


def _invite(request: HttpRequest, form: InvitationForm) -> PasswordLink | None:
    """Create the account of a valid form, and return its link; None if the name was taken meanwhile."""
    chosen = form.cleaned_data
    try:
        with transaction.atomic():
            person = make_account(chosen["username"], chosen["role"], chosen["groups"], form.names)
            return make_link(request, person)
    except IntegrityError:
        form.add_error("username", TAKEN)
        return None
