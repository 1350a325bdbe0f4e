"""The token of the controls, created at the first start and stored in the data directory for its owner alone."""

import hmac
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from console.storage.kept_secret import kept_secret

FILE = "controls-token"
BEARER = re.compile("Bearer +([^ ]+) *", re.IGNORECASE)


def control_token() -> str:
    """Return the token; exit with a sentence if it cannot be stored in the data directory."""
    return _kept(Path(settings.CONSOLE_DATA_DIR, FILE))


@lru_cache(maxsize=2)
def _kept(path: Path) -> str:
    return kept_secret(path, "Name another data directory.").strip()


def has_token(environ: Mapping[str, Any]) -> bool:
    """Return whether a request has the token in its Authorization header, as `Bearer <token>`."""
    match = BEARER.fullmatch(environ.get("HTTP_AUTHORIZATION", ""))
    return match is not None and hmac.compare_digest(match[1].encode(), control_token().encode())
