"""Accounts of people whom an OpenID provider signs in: found by issuer and subject, with roles from their groups."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from console.people.models import ProviderAccount
from console.people.roles import OPERATOR
from console.people.sessions import end_sessions

LONGEST_NAME = 150


class NotAllowedError(Exception):
    """The provider knows the person, but the console does not let them in; the message says why."""


NOT_IN_A_GROUP = "You are in none of the groups that may use this console. Ask an administrator."
SWITCHED_OFF = "Your account is deactivated here. Ask an administrator."


def account_of(issuer: str, claims: Mapping[str, Any], groups: Collection[str]) -> User:
    """Return the account of a person signed in by the provider, created if new, with their present roles.

    Raise NotAllowedError.
    """
    person = _find(issuer, claims)
    is_allowed = not settings.CONSOLE_OIDC_ALLOWED or not set(groups).isdisjoint(settings.CONSOLE_OIDC_ALLOWED)
    if person and not is_allowed:
        _give_roles(person, ())
        end_sessions(person.pk)
    if not is_allowed:
        raise NotAllowedError(NOT_IN_A_GROUP)
    if person and not person.is_active:
        raise NotAllowedError(SWITCHED_OFF)
    person = person or _make(issuer, claims)
    _write_names(person, claims)
    _give_roles(person, groups)
    return person


def _find(issuer: str, claims: Mapping[str, Any]) -> User | None:
    return User.objects.filter(provider_account__issuer=issuer, provider_account__subject=claims["sub"]).first()


def _make(issuer: str, claims: Mapping[str, Any]) -> User:
    for name in _free_names(claims):
        try:
            with transaction.atomic():
                person = User.objects.create_user(name)
                ProviderAccount.objects.create(person=person, issuer=issuer, subject=claims["sub"])
                return person
        except IntegrityError:
            # Somebody took the name meanwhile, or the person has signed in elsewhere at the same time.
            found = _find(issuer, claims)
            if found:
                return found
    raise AssertionError("No free name was found.")


def _free_names(claims: Mapping[str, Any]) -> Iterator[str]:
    """Yield unused names only: an existing account is never given away with its name."""
    given = (_usable(claims.get(claim)) for claim in ("preferred_username", "email", "sub"))
    wanted = next((name for name in given if name), "person")
    number = 1
    while True:
        name = wanted if number == 1 else f"{wanted[: LONGEST_NAME - 10]}-{number}"
        if not User.objects.filter(username__iexact=name).exists():
            yield name
        number += 1


def _usable(claim: Any) -> str:
    """Return the characters of a claim that Django accepts in a username, normalised as Django does."""
    return re.sub(r"[^\w.@+-]", "", normalize("NFKC", claim))[:LONGEST_NAME] if isinstance(claim, str) else ""


def _write_names(person: User, claims: Mapping[str, Any]) -> None:
    for field, claim in (("email", "email"), ("first_name", "given_name"), ("last_name", "family_name")):
        value = claims.get(claim)
        setattr(person, field, _storable(value)[:LONGEST_NAME] if isinstance(value, str) else "")
    person.save(update_fields=["email", "first_name", "last_name"])


def _storable(name: str) -> str:
    """Return a name without what no database accepts: NUL, and lone surrogates, which JSON can contain."""
    return name.encode(errors="ignore").decode().replace("\0", "")


@transaction.atomic
def _give_roles(person: User, groups: Collection[str]) -> None:
    """Set a person's roles and groups to those of the provider's groups."""
    person.is_staff = person.is_superuser = not set(groups).isdisjoint(settings.CONSOLE_OIDC_ADMINISTRATORS)
    person.save(update_fields=["is_staff", "is_superuser"])
    # A group of the provider's that happens to have the role's name does not give the role.
    names = {name for name in groups if name != OPERATOR and len(name) <= LONGEST_NAME}
    if not set(groups).isdisjoint(settings.CONSOLE_OIDC_OPERATORS):
        names.add(OPERATOR)
    Group.objects.bulk_create([Group(name=name) for name in sorted(names)], ignore_conflicts=True)
    person.groups.set(Group.objects.filter(name__in=names))
