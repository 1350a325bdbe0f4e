"""Roles: viewers see every page of AWS's, operators create dataset groups, datasets and records and simulate responses
too, administrators manage people and the demo besides.

Operators are the members of a group of Django's auth that a migration makes; administrators are its superusers.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import prefetch_related_objects

VIEWER = "viewer"
OPERATOR = "operator"
ADMINISTRATOR = "administrator"
ROLES = (VIEWER, OPERATOR, ADMINISTRATOR)
ROLES_THAT_CREATE_RECORDS = (OPERATOR, ADMINISTRATOR)

type Person = User | AbstractBaseUser | AnonymousUser


def role_of(person: Person) -> str:
    """Return a person's role; whoever has no other is a viewer."""
    if not isinstance(person, User):
        return VIEWER
    if person.is_superuser:
        return ADMINISTRATOR
    # One query for all that is asked of a person in a request; Django forgets the groups when they are changed.
    prefetch_related_objects([person], "groups")
    return OPERATOR if any(group.name == OPERATOR for group in person.groups.all()) else VIEWER


def may_simulate_responses(person: Person) -> bool:
    """Say whether a person may say what the local service answers."""
    return role_of(person) in ROLES_THAT_CREATE_RECORDS


def may_reset_demo_data(person: Person) -> bool:
    """Say whether a person may put the demo data back."""
    return role_of(person) == ADMINISTRATOR


def may_create_records(person: Person) -> bool:
    """Say whether a person may send user records."""
    return role_of(person) in ROLES_THAT_CREATE_RECORDS


def may_create_datasets(person: Person) -> bool:
    """Say whether a person may create dataset groups, datasets and schemas."""
    return role_of(person) in ROLES_THAT_CREATE_RECORDS
