"""Password hashing: Argon2id with the minimum parameters of OWASP's Password Storage Cheat Sheet.

Django's default, PBKDF2, takes half a second of a processor for each attempt: a team signing in at once, or somebody
guessing passwords, would delay everybody's pages. Argon2id takes a twentieth of that, and an attacker needs memory for
each attempt, of which graphics processors have little.
"""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

# In this process: anybody may have passwords hashed, each in 19 MiB, and a process has 16 threads or more for that.
MOST_AT_ONCE = 2
_at_once = BoundedSemaphore(MOST_AT_ONCE)


class Argon2idHasher(Argon2PasswordHasher):
    """Django's hasher with 19 MiB of memory, two iterations and one thread."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a password, after waiting for its turn."""
        with _at_once:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether a password matches a hash, after waiting for its turn."""
        with _at_once:
            return super().verify(password, encoded)
