"""A hasher that counts how often it works."""

from typing import Any, ClassVar

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """Django's quick hasher, counted."""

    count: ClassVar[int] = 0

    def encode(self, *arguments: Any, **options: Any) -> str:
        """Hash a password, and count that."""
        type(self).count += 1
        return super().encode(*arguments, **options)
