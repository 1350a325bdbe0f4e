"""Ids as pages show them: invisible characters never make two different ids look alike."""

import json
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

# Emoji joined into one, which shows each of their characters, as in extended grapheme clusters (rule GB11 of Unicode
# Standard Annex 29), and the three flags recommended as tag sequences (Unicode Technical Standard 51).
MODIFIERS = r"[\p{Emoji_Modifier}\N{VARIATION SELECTOR-16}]*"
JOINED = rf"\p{{Extended_Pictographic}}{MODIFIERS}(?:\N{{ZERO WIDTH JOINER}}\p{{Extended_Pictographic}}{MODIFIERS})+"
FLAGS = "|".join(
    "\N{WAVING BLACK FLAG}" + "".join(chr(0xE0000 + ord(letter)) for letter in place) + "\N{CANCEL TAG}"
    for place in ("gbeng", "gbsct", "gbwls")
)
# Control, format (such as bidirectional) and unassigned characters, separators except the space, and default-ignorable
# characters. Not variation selectors: they change the character before them.
UNSEEN = r"(?P<unseen>[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]--[\p{Variation_Selector}]--[ ]])"


@cache
def _emoji_or_unseen() -> "regex.Pattern[str]":
    # Imported here because commands show no ids, and the module and the pattern are slow to load.
    import regex

    return regex.compile(f"{JOINED}|{FLAGS}|{UNSEEN}", regex.VERSION1)


def shown_id(entity_id: str) -> str:
    """Return an id unchanged, or as JSON with escapes if it has invisible or indistinguishable characters."""
    if entity_id == entity_id.strip() and "  " not in entity_id and not _has_unseen(entity_id):
        return entity_id
    return _emoji_or_unseen().sub(_escaped, json.dumps(entity_id, ensure_ascii=False))


def _has_unseen(entity_id: str) -> bool:
    # Nearly all ids are ASCII, for which this is much faster.
    if entity_id.isascii():
        return not entity_id.isprintable()
    return any(match["unseen"] for match in _emoji_or_unseen().finditer(entity_id))


def _escaped(match: "regex.Match[str]") -> str:
    return json.dumps(match[0])[1:-1] if match["unseen"] else match[0]
