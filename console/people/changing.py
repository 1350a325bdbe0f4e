"""Changing accounts: an administrator who can sign in always remains, and nobody locks themselves out."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q

from console.people.backends import is_of_provider
from console.people.roles import ADMINISTRATOR, OPERATOR
from console.people.sessions import end_sessions

OWN_ROLE = "You cannot take the role of administrator from yourself. Ask another administrator."
OWN_ACCOUNT = "You cannot deactivate your own account. Ask another administrator."
OWN_PASSWORD = "This is your own account. Change your password under Settings."
LAST = "{} is the only administrator who can sign in. Make somebody else an administrator first."
OF_PROVIDER = "{} signs in with {}, which gives role and groups at each sign-in. Change them there."
NO_PASSWORD = "{} signs in with {}, and has no password here."


class NotChangedError(Exception):
    """An account that was not changed; the message says why, and what to do."""


@transaction.atomic
def make_account(username: str, role: str, groups: Collection[str], names: Mapping[str, str]) -> User:
    """Return a new account without a password, with a role, groups by name, and the person's `names`."""
    is_administrator = role == ADMINISTRATOR
    person = User.objects.create_user(username, is_superuser=is_administrator, is_staff=is_administrator, **names)
    _put_into_groups(person, role, groups)
    return person


@transaction.atomic
def change_account(person_id: int, by: int, role: str, groups: Collection[str], names: Mapping[str, str]) -> User:
    """Set a person's role, exactly the named groups, and the fields of `names`; return their account.

    `by` is the key of the acting person. Raise NotChangedError if the provider decides, or if no administrator would
    remain.
    """
    person = _account(person_id)
    if is_of_provider(person):
        raise NotChangedError(OF_PROVIDER.format(person.username, settings.CONSOLE_OIDC_LABEL))
    is_administrator = role == ADMINISTRATOR
    if person.is_superuser and not is_administrator:
        _check_that_one_stays(person, by, OWN_ROLE)
    if person.is_superuser != is_administrator:
        person.is_superuser = person.is_staff = is_administrator
    for field, value in names.items():
        setattr(person, field, value)
    person.save(update_fields=["is_superuser", "is_staff", *names])
    _put_into_groups(person, role, groups)
    return person


@transaction.atomic
def deactivate(person_id: int, by: int) -> int:
    """Prevent an account from signing in, and return how many of its sessions ended; raise NotChangedError."""
    person = _account(person_id)
    _check_that_one_stays(person, by, OWN_ACCOUNT)
    person.is_active = False
    person.save(update_fields=["is_active"])
    return end_sessions(person.pk)


def activate(person_id: int) -> None:
    """Allow an account to sign in again."""
    person = User.objects.get(pk=person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])


@transaction.atomic
def remove_password(person_id: int, by: int) -> User:
    """Remove an account's password, end its sessions, and invalidate links to set one; return the account.

    Raise NotChangedError if there can be no password, or if no administrator would remain.
    """
    person = _account(person_id)
    if is_of_provider(person):
        raise NotChangedError(NO_PASSWORD.format(person.username, settings.CONSOLE_OIDC_LABEL))
    _check_that_one_stays(person, by, OWN_PASSWORD)
    # Another text each time, which links are signed with.
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_sessions(person.pk)
    return person


def why_not_end(person_id: int, by: int | None, own: str) -> str:
    """Return why an account must remain an administrator who can sign in; "" if it need not.

    `own` is the sentence if `by`, the key of the acting person, is the same account. Call it in a transaction:
    administrators are locked, so that two cannot remove each other's role concurrently.
    """
    if person_id == by:
        return own
    able = [each for each in _locked(person_id) if each.is_superuser and _can_sign_in(each)]
    return LAST.format(able[0].username) if [each.pk for each in able] == [person_id] else ""


def _check_that_one_stays(person: User, by: int, own: str) -> None:
    why_not = why_not_end(person.pk, by, own)
    if why_not:
        raise NotChangedError(why_not)


def _can_sign_in(person: User) -> bool:
    if not person.is_active:
        return False
    if is_of_provider(person):
        return bool(settings.CONSOLE_OIDC_ISSUER)
    return bool(settings.CONSOLE_PASSWORD_SIGN_IN) and person.has_usable_password()


def _locked(person_id: int) -> list[User]:
    """Return an account and all administrators, locked in key order to avoid deadlocks."""
    locked = User.objects.select_for_update().filter(Q(is_superuser=True) | Q(pk=person_id))
    return list(locked.order_by("pk"))


def _account(person_id: int) -> User:
    return next(each for each in _locked(person_id) if each.pk == person_id)


def _put_into_groups(person: User, role: str, groups: Collection[str]) -> None:
    """Set a person's groups by name, creating missing ones."""
    names = {*groups} - {OPERATOR} | ({OPERATOR} if role == OPERATOR else set())
    person.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(names)])
