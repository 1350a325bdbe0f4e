"""Strings of JSON: their source, their value, and the way back from a value's offset to the source's."""

import json
import re
from collections.abc import Callable
from itertools import takewhile

# What a string may hold between its quotes (RFC 8259, section 7), surrogates left out: they are no characters.
PLAIN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
PART = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]+|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt]')
UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
SURROGATE = re.compile("[\ud800-\udfff]")


def string_value(source: str) -> str | None:
    """Return the value of a string's source (the text between its quotes), or None if half a character is in it."""
    value: str = json.loads(f'"{source}"')
    return None if SURROGATE.search(value) else value


def source_offsets(text: str, start: int) -> Callable[[int], int]:
    """Return the function from an offset in the value of the string at `start` of a text to one in the text."""
    units = takewhile(lambda unit: unit[0] != '"', UNIT.finditer(text, start + 1))
    offsets = [start + 1, *(unit.end() for unit in units)]
    return lambda offset: offsets[min(offset, len(offsets) - 1)]
