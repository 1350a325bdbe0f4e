"""What a request to the controls says before its body is read: how long the body may be."""

from collections.abc import Mapping
from typing import Any

from console.local.controls.addresses import STATE, path_of
from console.local.controls.token import has_token
from console.local.storage.state import LONGEST_STATE

# The longest one has a few names.
LONGEST_BODY = 16 * 1024

__all__ = ["LONGEST_BODY", "is_below", "longest_body"]


def is_below(path: str) -> bool:
    """Return whether a path is one of the controls'."""
    return path_of(path) is not None


def longest_body(environ: Mapping[str, Any]) -> int:
    """Return how many bytes the body of a request may have: 0 without the token, which is refused whatever it has."""
    if not has_token(environ):
        return 0
    return LONGEST_STATE if path_of(environ["PATH_INFO"]) == STATE else LONGEST_BODY
