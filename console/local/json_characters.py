"""JSON that stands for characters alone: half of a surrogate pair is none, and could be neither stored nor sent."""

import json
import re

SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def check_characters(text: bytes, value: object) -> None:
    """Raise ValueError if the value of a JSON text has half of a surrogate pair, which only an escape can bring."""
    if SURROGATE_ESCAPE.search(text):
        json.dumps(value, ensure_ascii=False).encode()
