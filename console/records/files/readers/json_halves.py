"""Halves of characters in JSON that is read in a stream: escapes of surrogates that are no pair.

yajl, which ijson reads with, makes a question mark of such an escape. So each is marked in the text before, and is put
back as it was into what was read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

# A character that Unicode keeps for such uses, so that no text has it.
MARK = "\ufdd0"
MARK_ESCAPED = r"\ufdd0"
LONGEST_PAIR = len(r"\ud800\udc00")
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
FIRST_HALF = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\Z")
MARKED = re.compile(f"{MARK}([dD][0-9a-fA-F]{{3}})")


def marked(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a JSON text in pieces, in which each escape of half a character is a mark with the digits of its code."""
    rest = ""
    for piece in pieces:
        text = rest + piece
        end = _end(text)
        yield _marked(text[:end])
        rest = text[end:]
    yield _marked(rest)


def _marked(text: str) -> str:
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return ESCAPE.sub(lambda match: f"{MARK_ESCAPED}{match[1]}" if match[1] else match[0], text)


def _end(text: str) -> int:
    """Return where the last part of a text begins that may be a part of an escape, or of a pair of them."""
    first = text.find("\\", max(0, len(text) - LONGEST_PAIR + 1))
    if first < 0:
        return len(text)
    if FIRST_HALF.match(text, max(0, first - LONGEST_PAIR // 2), first):
        first -= LONGEST_PAIR // 2
    # The first of several backslashes escapes the others.
    return len(text[:first].rstrip("\\"))


def restored(value: Any, depth: int = 3) -> Any:
    """Return what was read of a marked text with the halves of characters that it had, as deep as records are."""
    if isinstance(value, str):
        return MARKED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, dict) and depth:
        return {restored(name): restored(inner, depth - 1) for name, inner in value.items()}
    return value
