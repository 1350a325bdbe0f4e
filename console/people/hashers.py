"""How passwords are hashed: by Argon2id with the least that OWASP's Password Storage Cheat Sheet asks for.

Django's default, PBKDF2, takes half a second of a processor for each try to sign in: a team that comes in the morning,
or somebody who tries passwords, would hold up the pages of everybody else. Argon2id takes a twentieth of that, and
whoever guesses needs memory for each try, of which graphics processors have little.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Django's hasher, with 19 MiB of memory for each password, which is gone over twice by one thread."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
