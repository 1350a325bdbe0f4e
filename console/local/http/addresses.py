"""Addresses of the HTTP endpoint: which are its own, and the path that an operation has below it.

A run of slashes is one slash. SDKs put an endpoint and the path of an operation together without a look at the slash
that the endpoint may end in.
"""

import re

PREFIX = "/aws"
SLASHES = re.compile("//+")


def one_slash_each(path: str) -> str:
    """Return a path with one slash for each run of them."""
    return SLASHES.sub("/", path) if "//" in path else path


def path_below(path: str) -> str | None:
    """Return the path of an operation below the endpoint, or None if an address is not the endpoint's."""
    plain = one_slash_each(path)
    if plain != PREFIX and not plain.startswith(f"{PREFIX}/"):
        return None
    return plain.removeprefix(PREFIX) or "/"
