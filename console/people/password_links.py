"""One-time links by which a person sets a password: a code that the console has signed, and that no table has.

It is signed with the stored password, so that it works once, and not after another one was made: an account without a
password has another random text in its place each time. It stands behind the `#` of the link, which browsers send
nowhere: neither a proxy's log nor the console's has it.
"""

from typing import override

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction

from console.people.backends import is_of_provider

LONGEST_CODE = 100
MOST_DIGITS = 9


class _Signer(PasswordResetTokenGenerator):
    """Django's, for PASSWORD_RESET_TIMEOUT seconds, whatever else changes of an account but its password."""

    key_salt = "console.people.password_links"

    @override
    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        return f"{user.pk}{user.password}{timestamp}"


_signer = _Signer()


def code_for(person: User) -> str:
    """Return the code by which a person sets a password, once and in time."""
    return f"{person.pk}-{_signer.make_token(person)}"


def person_of(code: str) -> User | None:
    """Return whose code it is, if it is valid still and the account may have a password; None otherwise."""
    key, _hyphen, token = code.partition("-")
    if len(code) > LONGEST_CODE or not (key.isascii() and key.isdecimal() and len(key) <= MOST_DIGITS):
        return None
    person = User.objects.filter(pk=int(key), is_active=True).first()
    is_valid = person is not None and not is_of_provider(person) and _signer.check_token(person, token)
    return person if is_valid else None


def set_password(code: str, password: str) -> bool:
    """Set the password of a code's person, and return whether that was done: the code may have been used meanwhile."""
    person = person_of(code)
    if person is None:
        return False
    # It takes long on purpose: nobody else who writes waits for it.
    person.set_password(password)
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=person.pk))
        if person_of(code) is None:
            return False
        person.save(update_fields=["password"])
    return True
