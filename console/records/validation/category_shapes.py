"""What a categorical text has that separates no categories, and may be meant as what does."""

import re
from collections.abc import Iterator

from console.records.json.nodes import quoted, shortened
from console.records.validation.rules import CATEGORY_SEPARATOR

# One text for what may be several.
SEVERAL = re.compile(r"\S(?: ?[,;] ?| / )\S")
# Breaks of lines and columns, which no name has, and bars that look like the one that separates.
BREAK = re.compile("[\n\r\t\x0b\x0c\x85\u2028\u2029]")
OTHER_BAR = re.compile("[\u00a6\u01c0\u2016\u2223\u2502\u2503\uff5c]")
IN_BRACKETS = re.compile(r"\([^()]*\|[^()]*\)|\[[^\[\]]*\|[^\[\]]*\]|\{[^{}]*\|[^{}]*\}")


def on_separators(text: str, several: str) -> Iterator[str]:
    """Yield a sentence on each such thing; `several` says how to write several categories."""
    if CATEGORY_SEPARATOR not in text and SEVERAL.search(text):
        yield f"{quoted(text)} is one category. If it is several, {several}."
    if match := BREAK.search(text.strip()):
        what = "a tab" if match[0] == "\t" else "a line break"
        yield f"{quoted(text)} has {what} within a category. If it is several, {several}."
    if match := OTHER_BAR.search(text):
        yield f"{quoted(text)} has {quoted(match[0])}, which separates no categories: if it is several, {several}."
    if IN_BRACKETS.fullmatch(text):
        yield f"The brackets around {shortened(text)} are part of its first and its last category: leave them out."
