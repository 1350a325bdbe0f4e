"""Texts that are valid, and that are hardly meant as they are: what programs and spreadsheets leave in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from console.records.json.nodes import quoted
from console.records.missing import is_missing
from console.records.schemas.fields import Field
from console.records.validation.rules import CATEGORY_SEPARATOR

MISSING = "Missing values as text"
UNSEEN_IN_ID = "Spaces and unseen characters in IDs"
SPOILED = "IDs that a spreadsheet has spoiled"
CATEGORIES = "Categories that are empty or not separated"

# Spaces of all kinds, and characters that do not show.
UNSEEN = "\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
AROUND = re.compile(f"^[{UNSEEN}]+|[{UNSEEN}]+$")
WITHIN = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
# Zero-width characters within an id are left out when it is fixed; a no-break space there becomes a space.
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
ENDS_IN_ZEROS = re.compile(r"[1-9][0-9]{14}0+")
FORMULA_OF_TEXT = re.compile(r'="(.+)"', re.DOTALL)
APOSTROPHE = re.compile(r"'([0-9]+)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is hardly meant in a valid text: the kind of it, which many texts may have, and a sentence on this one."""

    kind: str
    sentence: str


def doubts_on_text(field: Field, text: str, *, no_value: str = "Write null") -> Iterator[Doubt]:
    """Yield each thing in a valid text that is hardly meant, with what to do; `no_value` is how to give no value."""
    if is_missing(text):
        advice = f"{no_value} if there is no value." if field.nullable else "Check that it is meant as a text."
        yield Doubt(MISSING, f"{quoted(text)} is how programs write that there is no value. {advice}")
    if field.is_id or (field.member and field.name.endswith("_ID")):
        yield from _doubts_on_id(text)
    elif field.categorical:
        yield from _doubts_on_categories(text)


def trimmed_id(text: str) -> str:
    """Return an id without spaces around it, and without characters that do not show."""
    return ZERO_WIDTH.sub("", AROUND.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def restored_id(text: str) -> str:
    """Return the id that a spreadsheet or a program has written another way, or the text if it is none, or is lost."""
    for form in (FORMULA_OF_TEXT, APOSTROPHE, WITH_FRACTION):
        match = form.fullmatch(text)
        if match:
            return match[1]
    return text


def _doubts_on_id(text: str) -> Iterator[Doubt]:
    fixed = trimmed_id(text)
    if fixed != text:
        where = "spaces around it" if AROUND.search(text) else "a character that does not show"
        yield Doubt(UNSEEN_IN_ID, f"The id has {where}, so that it is another id than {quoted(fixed)}.")
    if ROUNDED.fullmatch(text) or ENDS_IN_ZEROS.fullmatch(text):
        yield Doubt(
            SPOILED,
            f"{quoted(text)} looks like a number that a spreadsheet has rounded. The digits that it left out cannot "
            "be had back from here: take the id from where the spreadsheet got it.",
        )
    restored = restored_id(text)
    if restored != text:
        zeros = "; zeros before it may be lost" if WITH_FRACTION.fullmatch(text) else ""
        yield Doubt(
            SPOILED,
            f"{quoted(text)} looks like the id {quoted(restored)} as a spreadsheet or a data frame writes it{zeros}.",
        )


def _doubts_on_categories(text: str) -> Iterator[Doubt]:
    categories = text.split(CATEGORY_SEPARATOR)
    if len(categories) > 1 and not all(each.strip() for each in categories):
        leave_out = f"Leave out the {CATEGORY_SEPARATOR} that is too many."
        yield Doubt(CATEGORIES, f"A category of {quoted(text)} is empty. {leave_out}")
    if len(categories) == 1 and re.search(r"\S[,;] ?\S", text):
        separate = f"If it is several, write {CATEGORY_SEPARATOR} between them."
        yield Doubt(CATEGORIES, f"{quoted(text)} is one category. {separate}")
