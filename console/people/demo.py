"""The accounts of the demo: one for each role, with the role's name as its password."""

from functools import lru_cache

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group, User
from django.db import transaction

from console.people.roles import ADMINISTRATOR, ROLES


@transaction.atomic
def make_demo_accounts() -> bool:
    """Create the demo's accounts if there are no accounts at all, and return whether that was done."""
    if User.objects.exists():
        return False
    for role in ROLES:
        is_administrator = role == ADMINISTRATOR
        person = User.objects.create_user(
            role, password=role, is_staff=is_administrator, is_superuser=is_administrator
        )
        person.groups.set(Group.objects.filter(name=role))
    return True


def demo_accounts() -> list[str]:
    """Return the names of the demo's accounts whose passwords are still their names."""
    people = User.objects.filter(username__in=ROLES, is_active=True).values_list("username", "password")
    open_accounts = {name for name, encoded in people if _is_own_name(name, encoded)}
    return [role for role in ROLES if role in open_accounts]


@lru_cache(maxsize=len(ROLES))
def _is_own_name(name: str, encoded: str) -> bool:
    # Checking a password is slow on purpose; the answer stays true for as long as the stored one is the same.
    return check_password(name, encoded)
