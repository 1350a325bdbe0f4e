"""Limits on the bodies of requests to the controls, checked before a body is read."""

from collections.abc import Mapping
from typing import Any

from console.local.controls.addresses import STATE, path_of
from console.local.controls.token import has_token
from console.local.storage.state import LONGEST_STATE

# The longest one has a few names.
LONGEST_BODY = 16 * 1024

__all__ = ["LONGEST_BODY", "is_below", "longest_body"]


def is_below(path: str) -> bool:
    """Return whether a path is a control's."""
    return path_of(path) is not None


def longest_body(environ: Mapping[str, Any]) -> int:
    """Return the maximum size of a request's body in bytes: 0 without the token, since it is refused anyway."""
    if not has_token(environ):
        return 0
    return LONGEST_STATE if path_of(environ["PATH_INFO"]) == STATE else LONGEST_BODY
