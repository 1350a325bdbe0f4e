"""Checks JSON for lone surrogates, which are no characters and can be neither stored nor sent."""

import json
import re

SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def check_characters(text: bytes, value: object) -> None:
    """Raise ValueError if a JSON text contains a lone surrogate, which only an escape can produce."""
    if SURROGATE_ESCAPE.search(text):
        json.dumps(value, ensure_ascii=False).encode()
