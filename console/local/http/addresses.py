"""Paths of the HTTP endpoint, and the paths of operations below it.

A run of slashes is one slash. SDKs put an endpoint and the path of an operation together without a look at the slash
that the endpoint may end in.
"""

import re

PREFIX = "/aws"
SLASHES = re.compile("//+")


def one_slash_each(path: str) -> str:
    """Return a path with repeated slashes merged."""
    return SLASHES.sub("/", path) if "//" in path else path


def path_below(path: str) -> str | None:
    """Return the path of an operation below the endpoint, or None if a path is not the endpoint's."""
    plain = one_slash_each(path)
    if plain != PREFIX and not plain.startswith(f"{PREFIX}/"):
        return None
    return plain.removeprefix(PREFIX) or "/"
