"""References to characters, as HTML has them: `&amp;`, `&#39;` and `&#x27;`."""

import html
import re

from console.records.json.strings import REPLACEMENT

# More digits than any character's number has: Python's html refuses numbers of some thousand digits with a ValueError.
TOO_LONG = re.compile(r"&#0*+[1-9][0-9]{7,}+;?")


def without_long_references(text: str) -> str:
    """Return a text with U+FFFD for the references that are too long to be a character's, as browsers show them."""
    return TOO_LONG.sub(REPLACEMENT, text) if "&#" in text else text


def without_references(text: str) -> str:
    """Return a text with the characters that its references stand for."""
    return html.unescape(without_long_references(text))
