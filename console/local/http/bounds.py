"""Checks of requests to the HTTP endpoint before their bodies are read."""

from collections.abc import Mapping
from typing import Any

from console.local.http import keys
from console.local.http.addresses import path_below
from console.local.http.signature import AUTHORIZATION
from console.local.http.wire import LONGEST_BODY

__all__ = ["LONGEST_BODY", "has_known_key", "is_below", "is_plausible"]


def is_below(path: str) -> bool:
    """Return whether a path is the endpoint's."""
    return path_below(path) is not None


def is_plausible(environ: Mapping[str, Any]) -> bool:
    """Return whether a request looks signed; any other is refused without reading its body."""
    return AUTHORIZATION.fullmatch(environ.get("HTTP_AUTHORIZATION", "").strip()) is not None


def has_known_key(environ: Mapping[str, Any]) -> bool:
    """Return whether a request names a known access key; this may query the database."""
    match = AUTHORIZATION.fullmatch(environ.get("HTTP_AUTHORIZATION", "").strip())
    return match is not None and keys.find(match["access_key"]) is not None
