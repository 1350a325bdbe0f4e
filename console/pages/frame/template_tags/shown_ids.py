"""Ids as pages show them: no two that differ look alike because of what cannot be seen."""

import json
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

# Emoji that are joined to one, which shows each of their characters, as extended grapheme clusters have them (rule
# GB11 of Unicode Standard Annex 29), and the three flags that tags are recommended for (Unicode Technical Standard
# 51).
MODIFIERS = r"[\p{Emoji_Modifier}\N{VARIATION SELECTOR-16}]*"
JOINED = rf"\p{{Extended_Pictographic}}{MODIFIERS}(?:\N{{ZERO WIDTH JOINER}}\p{{Extended_Pictographic}}{MODIFIERS})+"
FLAGS = "|".join(
    "\N{WAVING BLACK FLAG}" + "".join(chr(0xE0000 + ord(letter)) for letter in place) + "\N{CANCEL TAG}"
    for place in ("gbeng", "gbsct", "gbwls")
)
# Controls, formats such as those that turn the order around, unassigned characters, separators but the space, and what
# is to be ignored where it cannot be shown. Selectors of a variant change the character before them.
UNSEEN = r"(?P<unseen>[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]--[\p{Variation_Selector}]--[ ]])"


@cache
def _emoji_or_unseen() -> "regex.Pattern[str]":
    # Commands show no ids: the module and the pattern take them a while.
    import regex

    return regex.compile(f"{JOINED}|{FLAGS}|{UNSEEN}", regex.VERSION1)


def shown_id(entity_id: str) -> str:
    """Return an id as it is, or as JSON with escapes if it has what could not be seen or told apart."""
    if entity_id == entity_id.strip() and "  " not in entity_id and not _has_unseen(entity_id):
        return entity_id
    return _emoji_or_unseen().sub(_escaped, json.dumps(entity_id, ensure_ascii=False))


def _has_unseen(entity_id: str) -> bool:
    # Nearly all ids are of ASCII, where this is much faster.
    if entity_id.isascii():
        return not entity_id.isprintable()
    return any(match["unseen"] for match in _emoji_or_unseen().finditer(entity_id))


def _escaped(match: "regex.Match[str]") -> str:
    return json.dumps(match[0])[1:-1] if match["unseen"] else match[0]
