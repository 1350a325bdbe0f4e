"""Authentication backends: who may sign in how. Permissions are in `roles.py`; Django's apply in the admin site."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.db import connection

from console.people.roles import remember_groups

# Every request asks this: a QuerySet takes ten times as long to make its statement as the database to answer it.
NAMES_OF_GROUPS = f"""
    SELECT name FROM {Group._meta.db_table} WHERE id IN (
        SELECT group_id FROM {User.groups.through._meta.db_table} WHERE user_id = %s
    )
"""


class _Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session if they may still be signed in, else None.

        Two queries also load what every page needs to know about them.
        """
        found = list(User.objects.select_related("provider_account", "appearance").filter(pk=user_id))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        remember_groups(found[0], _names_of_groups(user_id))
        return found[0]


class PasswordBackend(_Backend):
    """Signs people in with a password, except those of a provider, whatever password they were given.

    The password is checked first, so that the response takes equally long for everybody.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether a person may be signed in."""
        return super().user_can_authenticate(user) and not is_of_provider(user)


class ProviderBackend(_Backend):
    """Keeps people signed in whom a provider has signed in; see `provider.py`."""

    def authenticate(self, *_arguments: Any, **_credentials: Any) -> None:
        """Return None: there are no credentials to check."""
        return None


def _names_of_groups(user_id: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES_OF_GROUPS, [user_id])
        return [name for (name,) in cursor.fetchall()]


def is_of_provider(person: AbstractBaseUser) -> bool:
    """Return whether a person signs in with the provider."""
    # The other end of a one-to-one relation is no attribute where there is no row.
    return hasattr(person, "provider_account")
