"""Who may sign in in which way. Who may do what is in `roles.py`; Django's own permissions hold at /admin/."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser

from console.people.models import ProviderAccount


class PasswordBackend(ModelBackend):
    """Signs people in with a password, but nobody whom a provider signs in, whatever password they were given.

    The password is checked first, so that the answer takes as long for everybody.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Say whether a person may be signed in."""
        return super().user_can_authenticate(user) and not is_of_provider(user)


class ProviderBackend(ModelBackend):
    """Keeps people signed in whom a provider has signed in; see `provider.py`."""

    def authenticate(self, *_arguments: Any, **_credentials: Any) -> None:
        """Sign nobody in: there are no credentials to check."""
        return None


def is_of_provider(person: AbstractBaseUser) -> bool:
    """Say whether a person signs in with the provider."""
    return ProviderAccount.objects.filter(person_id=person.pk).exists()
