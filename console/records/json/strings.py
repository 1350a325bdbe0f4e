"""Strings of JSON: their source, their value, and the way back from a value's offset to the source's."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable

# The text between a string's quotes (RFC 8259, section 7), without surrogates: they are no characters.
PLAIN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
PART = re.compile(r'(?:[^"\\\x00-\x1f\ud800-\udfff]++|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt])++')
INSIDE = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)
ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
DECODER = json.JSONDecoder()
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def string_value(source: str) -> str | None:
    """Return the value of a string's source (the text between its quotes), or None if half a character is in it."""
    value, _end = DECODER.raw_decode(f'"{source}"')
    return None if SURROGATE.search(value) else value


def whole_characters(text: str) -> str:
    """Return a text that every page can show: half of a character becomes the replacement character."""
    return SURROGATE.sub(REPLACEMENT, text)


def whole_text(text: str) -> str:
    """Return a text that every database keeps too, which PostgreSQL does not with NUL."""
    return whole_characters(text).replace("\0", REPLACEMENT)


def source_offsets(text: str, start: int) -> Callable[[int], int]:
    """Return the function from an offset in the value of the string at `start` of a text to one in the text."""
    inside = INSIDE.match(text, start + 1)
    end = inside.end() if inside else len(text)
    # Between two escapes, source and value go on side by side: it is enough to know where each escape ends.
    sources = [start + 1]
    values = [0]
    for escape in ESCAPE.finditer(text, start + 1, end):
        values.append(values[-1] + escape.start() - sources[-1] + 1)
        sources.append(escape.end())

    def offset_in_text(offset: int) -> int:
        last = bisect_right(values, offset) - 1
        return min(sources[last] + offset - values[last], end)

    return offset_in_text
