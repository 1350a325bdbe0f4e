"""Roles: groups of Django's auth that are made by a migration.

Everybody who is signed in may see every page. Operators may create records too, and administrators may besides use
Django's admin.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User

VIEWER = "viewer"
OPERATOR = "operator"
ADMINISTRATOR = "administrator"
ROLES = (VIEWER, OPERATOR, ADMINISTRATOR)

type Person = User | AbstractBaseUser | AnonymousUser


def role_of(person: Person) -> str:
    """Return a person's role: the highest one of their groups, and viewer for a person in none."""
    if not isinstance(person, User):
        return VIEWER
    if person.is_superuser:
        return ADMINISTRATOR
    groups = set(person.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in groups), VIEWER)


def may_create_records(person: Person) -> bool:
    """Say whether a person may send user records."""
    return role_of(person) in (OPERATOR, ADMINISTRATOR)
