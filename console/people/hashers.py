"""How passwords are hashed: by Argon2id with the least that OWASP's Password Storage Cheat Sheet asks for.

Django's default, PBKDF2, takes half a second of a processor for each try to sign in: a team that comes in the morning,
or somebody who tries passwords, would delay the pages of everybody else. Argon2id takes a twentieth of that, and
an attacker needs memory for each try, of which graphics processors have little.
"""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

# In this process: anybody may have passwords hashed, each in 19 MiB, and a process has 16 threads or more for that.
MOST_AT_ONCE = 2
_at_once = BoundedSemaphore(MOST_AT_ONCE)


class Argon2idHasher(Argon2PasswordHasher):
    """Django's hasher, with 19 MiB of memory for each password, which is gone over twice by one thread."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a password, when it is its turn."""
        with _at_once:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether a hash is that of a password, when it is its turn."""
        with _at_once:
            return super().verify(password, encoded)
