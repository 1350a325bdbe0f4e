"""Roles: viewers see every page of AWS's, operators create dataset groups, datasets and records and simulate responses
too, administrators manage people and the demo besides.

Operators are the members of a group of Django's auth that a migration makes; administrators are its superusers. An
environment may name other groups, whose members alone see it or write to it; administrators always do.
"""

from collections.abc import Iterable
from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

VIEWER = "viewer"
OPERATOR = "operator"
ADMINISTRATOR = "administrator"
ROLES = (VIEWER, OPERATOR, ADMINISTRATOR)
ROLES_THAT_CREATE_RECORDS = (OPERATOR, ADMINISTRATOR)
# The attribute of a person that has the names of their groups, so that all permissions take one query.
_KNOWN_GROUPS = "known_groups"

type Person = User | AbstractBaseUser | AnonymousUser


class Permissions(Protocol):
    """The groups that an environment gives its permissions to, by name."""

    @property
    def viewers(self) -> tuple[str, ...] | None:
        """The groups whose members see the environment; None if everybody does."""

    @property
    def operators(self) -> tuple[str, ...] | None:
        """The groups whose members see the environment and write to it; None if the role of operator decides."""


def role_of(person: Person) -> str:
    """Return a person's role; a person without any other is a viewer."""
    if not isinstance(person, User):
        return VIEWER
    if person.is_superuser:
        return ADMINISTRATOR
    return OPERATOR if OPERATOR in groups_of(person) else VIEWER


def may_simulate_responses(person: Person) -> bool:
    """Return whether a person may say what the local service answers."""
    return role_of(person) in ROLES_THAT_CREATE_RECORDS


def may_reset_demo_data(person: Person) -> bool:
    """Return whether a person may put the demo data back."""
    return role_of(person) == ADMINISTRATOR


def may_see(person: Person, environment: Permissions) -> bool:
    """Return whether an environment is there for a person: also for those who may write to it."""
    if environment.viewers is None or role_of(person) == ADMINISTRATOR:
        return True
    return not groups_of(person).isdisjoint((*environment.viewers, *(environment.operators or ())))


def may_write(person: Person, environment: Permissions) -> bool:
    """Return whether a person may create dataset groups, datasets, schemas and records in an environment."""
    if environment.operators is None:
        return role_of(person) in ROLES_THAT_CREATE_RECORDS and may_see(person, environment)
    return role_of(person) == ADMINISTRATOR or not groups_of(person).isdisjoint(environment.operators)


def may_see_properties(person: Person, environment: Permissions) -> bool:
    """Return whether a person may see properties of records and texts that quote them, as operators do.

    Every page, search, export and download asks this. In a read-only environment those see them who would send there:
    what was sent before it became one stays theirs to look into.
    """
    return may_write(person, environment)


def remember_groups(person: User, names: Iterable[str]) -> None:
    """Let all permissions of a person, as they are in memory, be those of groups with some names."""
    setattr(person, _KNOWN_GROUPS, frozenset(names))


def groups_of(person: Person) -> frozenset[str]:
    """Return the names of a person's groups: those that are remembered, or as the database has them now."""
    if not isinstance(person, User):
        return frozenset()
    known: frozenset[str] | None = getattr(person, _KNOWN_GROUPS, None)
    return frozenset(group.name for group in person.groups.all()) if known is None else known
