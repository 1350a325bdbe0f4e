"""Characters and words that JSON does not have where they stand: how they are named, and advice on them."""

import unicodedata

from console.records.impersonal import is_impersonal_word, is_not_finite
from console.records.json.nodes import quoted
from console.records.json.number_forms import form_of
from console.records.json.scalars import KEYWORDS
from console.records.problems import Found

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ADVICE_ON_CHARACTER = {
    "'": "Write text in double quotes.",
    "\N{LEFT DOUBLE QUOTATION MARK}": "Write straight double quotes.",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "Write straight double quotes.",
    "/": "JSON has no comments: remove it.",
    "#": "JSON has no comments: remove it.",
    "\N{NO-BREAK SPACE}": "Replace it with an ordinary space.",
}


ADVICE_ON_NOT_FINITE = "JSON has only finite numbers. Write null for no value, if the field is nullable."


def advice_on_character(character: str) -> str:
    """Return how to write what a character that JSON does not have where it stands is for, if that is certain."""
    if character in ADVICE_ON_CHARACTER:
        return ADVICE_ON_CHARACTER[character]
    # The category of format characters includes byte order marks, zero width spaces and soft hyphens.
    return {"Cf": "Remove it: it is invisible.", "Zs": ADVICE_ON_CHARACTER["\N{NO-BREAK SPACE}"]}.get(
        unicodedata.category(character) if character else "", ""
    )


def advice_on_word(word: str) -> str:
    """Return how to fix a word that stands where a value should."""
    if is_not_finite(word):
        return ADVICE_ON_NOT_FINITE
    if word.lower() in KEYWORDS:
        return f"Write {word.lower()}."
    if word in ("None", "undefined", "nil"):
        return "Write null."
    form = form_of(word)
    if form:
        return form.advice
    if word[0] in "+-.0123456789":
        return "Write a number as 7, -7 or 7.5, and text in double quotes."
    return "Write text in double quotes."


def describe_word(word: str) -> Found:
    """Return a word that stands where a value should, for "found …"."""
    form = form_of(word)
    told = quoted(word) if is_impersonal_word(word) else form.name if form else ""
    return Found(quoted(word), "a word", told)


def describe_character(character: str) -> Found:
    """Return a character in words, for "found …"; no character is the end of the text."""
    if not character:
        return Found("the end of the text", "the end of the text")
    if character in "\r\n":
        return Found("the end of the line", "the end of the line")
    if character == '"':
        return Found("a double quote", "a double quote")
    if character.isascii() and character.isprintable() and character != " ":
        return Found(quoted(character), "another character", "" if character.isalnum() else quoted(character))
    name = unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    text = f"{name} ({code})" if name else f"the character {code}"
    # Letters and digits may be a person's; marks, spaces and what cannot be seen are not.
    return Found(text, "another character", "" if unicodedata.category(character)[0] in "LMN" else text)
