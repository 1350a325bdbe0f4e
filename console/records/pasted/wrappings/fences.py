"""Blocks of code in a text: the fences of Markdown, and what wikis, trackers and forums have for them."""

import re

from console.records.pasted.detected import Refusal
from console.records.pasted.wrappings.unwrapped import MOST_STARTS, Unwrapped

# The name of a language may follow the fence; a chat has the first line of the code there.
FENCE = re.compile(
    r"^[ \t]*+(`{3,20}+|~{3,20}+)"
    r"(?:(?:[ \t]*+(?:\{[^\n`:\"}]*+\}|[a-z][a-z0-9+#.-]*+(?:[ \t][^\n`,;\t|]*+)?|[\w+#.-]*+))?[ \t\r]*+\n)?+",
    re.MULTILINE,
)
# Blocks of wikis, trackers and forums; some end with the mark they begin with.
BLOCK = re.compile(r"\{(?P<wiki>noformat|code|panel)(?:[:|][^{}\n]*+)?\}|\[(?P<forum>code|pre)(?:=[^\]\n]{0,200}+)?\]")


def fenced(text: str) -> Unwrapped | None:
    """Return what is in a code fence, whatever is written above and below it, or None if there is none; raise Refusal.

    A text with two fences is refused: nobody knows which of them is meant.
    """
    fences = _in_fences(text) if "```" in text or "~~~" in text else []
    blocks = _in_blocks(text)
    if len(fences) + len(blocks) > 1:
        raise Refusal("It has more than one block of code. Paste the one that you mean.")
    if blocks:
        return Unwrapped(blocks[0], "in a block of code")
    return Unwrapped(fences[0], "in a code fence") if fences else None


def _in_blocks(text: str) -> list[str]:
    """Return what is in each block of a wiki's or a forum's code."""
    found: list[str] = []
    position = 0
    while len(found) < MOST_STARTS and (opening := BLOCK.search(text, position)):
        closing = f"{{{opening['wiki']}}}" if opening["wiki"] else f"[/{opening['forum']}]"
        end = text.find(closing, opening.end())
        if end < 0:
            break
        found.append(text[opening.end() : end].strip("\r\n"))
        position = end + len(closing)
    return found


def _in_fences(text: str) -> list[str]:
    """Return what is in each code fence, whose end may stand behind the last line of the code, as in a chat."""
    found: list[str] = []
    position = 0
    for _start in range(MOST_STARTS):
        opening = FENCE.search(text, position)
        if opening is None:
            break
        end = re.compile(rf"(?<![`~]){opening[1]}[`~]*+[ \t\r]*+$", re.MULTILINE).search(text, opening.end())
        if end:
            found.append(text[opening.end() : end.start()].rstrip(" \t").removesuffix("\n").removesuffix("\r"))
        position = (end or opening).end()
    return found
