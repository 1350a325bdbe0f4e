"""A person's account, for administrators: role, groups, sessions, and how the person signs in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.activity.signing_in import record_end_of_sessions
from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator
from console.pages.people.accounts import Account, State, account_of, why_seen
from console.pages.people.password_link import PasswordLink, make_link
from console.pages.people.people import FOR_ADMINISTRATORS
from console.pages.people.role_form import NAMES, RoleForm
from console.people.changing import (
    OWN_ACCOUNT,
    OWN_PASSWORD,
    OWN_ROLE,
    NotChangedError,
    activate,
    change_account,
    deactivate,
    remove_password,
)
from console.people.lock_out import lift_lock_out
from console.people.roles import ADMINISTRATOR
from console.people.sessions import end_sessions

NOBODY = "There is no account of this number."
NO_INTENT = "Nothing was done: this form has no button of this name. Use the buttons of the page."
OWN_SESSIONS = "This is your own account. Sign out, or sign out everywhere else, under Settings."
NO_PASSWORDS = "Passwords are switched off, so that nobody can set one."
SAVED = "The account {} is saved."
DEACTIVATED = "{} is deactivated. Sessions ended: {}."
ACTIVATED = "{} is active again."
UNLOCKED = "{} may sign in again."
SIGNED_OUT = "{} is signed out everywhere. Sessions ended: {}."


@console_page("people/<person:person_id>/", title="Person", parent="people")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show an account; on POST perform the button's change. Raise PermissionDenied for all but administrators."""
    check_administrator(request.user, FOR_ADMINISTRATORS)
    account = account_of(person_id)
    if account is None:
        raise Http404(NOBODY)
    if request.method != "POST":
        return _page(request, account, _form(account))
    intent = request.POST.get("intent", "")
    try:
        if intent == "save":
            return _save(request, account)
        if intent == "link":
            # The link appears in this response and nowhere else.
            return _link_page(request, account)
        if intent not in ACTIONS:
            raise NotChangedError(NO_INTENT)
        done = ACTIONS[intent](request, account.person)
    except NotChangedError as error:
        return _page(request, account, _form(account), problem=str(error), status=422)
    messages.success(request, done)
    return redirect("person", person_id)


def _save(request: HttpRequest, account: Account) -> HttpResponse:
    form = _form(account, request.POST)
    if not form.is_valid():
        return _page(request, account, form, status=422)
    chosen = form.cleaned_data
    try:
        change_account(account.pk, _own_key(request), chosen["role"], chosen["groups"], form.names)
    except NotChangedError as error:
        return _page(request, account, form, problem=str(error), status=422)
    messages.success(request, SAVED.format(account.username))
    return redirect("person", account.pk)


def _link_page(request: HttpRequest, account: Account) -> HttpResponse:
    """Show a new link to set a password; the account's former password or link is no longer valid."""
    if not settings.CONSOLE_PASSWORD_SIGN_IN:
        raise NotChangedError(NO_PASSWORDS)
    with transaction.atomic():
        link = make_link(request, remove_password(account.pk, _own_key(request)))
    changed = account_of(account.pk)
    assert changed
    return _page(request, changed, _form(changed), link=link)


def _deactivate(request: HttpRequest, person: User) -> str:
    return DEACTIVATED.format(person.username, deactivate(person.pk, _own_key(request)))


def _activate(_request: HttpRequest, person: User) -> str:
    activate(person.pk)
    return ACTIVATED.format(person.username)


def _unlock(_request: HttpRequest, person: User) -> str:
    lift_lock_out(name=person.username)
    return UNLOCKED.format(person.username)


def _sign_out(request: HttpRequest, person: User) -> str:
    if person.pk == _own_key(request):
        raise NotChangedError(OWN_SESSIONS)
    ended = end_sessions(person.pk)
    if ended:
        record_end_of_sessions(ended, person.username)
    return SIGNED_OUT.format(person.username, ended)


# The handlers of the page's other buttons, by value; each returns a sentence on its effect.
ACTIONS: dict[str, Callable[[HttpRequest, User], str]] = {
    "deactivate": _deactivate,
    "activate": _activate,
    "unlock": _unlock,
    "sign-out": _sign_out,
}


def _own_key(request: HttpRequest) -> int:
    assert request.user.pk is not None
    return request.user.pk


def _form(account: Account, data: QueryDict | None = None) -> RoleForm:
    names = {name: getattr(account.person, name) for name in NAMES}
    initial = {"role": account.role, "groups": account.groups, **names}
    return RoleForm(data, groups=account.groups, initial=initial)


def _page(
    request: HttpRequest,
    account: Account,
    form: RoleForm,
    *,
    problem: str = "",
    link: PasswordLink | None = None,
    status: int = 200,
) -> HttpResponse:
    is_own = account.pk == request.user.pk
    writes, seen = account.writes, account.environments
    context = {
        "account": account,
        "form": form,
        "problem": problem,
        "link": link,
        "hours": settings.CONSOLE_LINK_HOURS,
        "is_own": is_own,
        "own_account": OWN_ACCOUNT,
        "own_password": OWN_PASSWORD,
        "own_role": OWN_ROLE if account.role == ADMINISTRATOR else "",
        "is_deactivated": account.state is State.DEACTIVATED,
        "is_invited": account.state is State.INVITED,
        "has_passwords": settings.CONSOLE_PASSWORD_SIGN_IN,
        "provider": settings.CONSOLE_OIDC_LABEL,
        "environments": [
            (
                environment,
                _permission_words(environment in writes, environment.read_only),
                why_seen(account, environment),
            )
            for environment in seen
        ],
    }
    return render(request, "people/person.html", context, status=status)


def _permission_words(writes: bool, is_read_only: bool) -> str:
    if not writes:
        return "See"
    return "See: it is read-only" if is_read_only else "See, and create records"
