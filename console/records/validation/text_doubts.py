"""Texts that are valid, and that are hardly meant as they are: what programs and spreadsheets leave in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from console.records.json.nodes import quoted
from console.records.missing import is_missing
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.fields import Field
from console.records.validation.rules import CATEGORY_SEPARATOR

MISSING = "Missing values as text"
UNSEEN_IN_ID = "Spaces and unseen characters in IDs"
SPOILED = "IDs that a spreadsheet has spoiled"
CATEGORIES = "Categories that are empty or not separated"
LISTS = "IDs of a list that are not separated"

# Spaces of all kinds, and characters that do not show.
UNSEEN = "\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
AROUND = re.compile(f"^[{UNSEEN}]+|[{UNSEEN}]+$")
# Zero-width characters within an id are left out when it is fixed; a no-break space there becomes a space.
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
ENDS_IN_ZEROS = re.compile(r"[1-9][0-9]{14}0+")
FORMULA_OF_TEXT = re.compile(r'="(.+)"', re.DOTALL)
# One text for what may be several.
SEVERAL = re.compile(r"\S[,;] ?\S")
APOSTROPHE = re.compile(r"'([0-9]+)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is hardly meant in a valid text: the kind of it, which many texts may have, and a sentence on this one."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How to give no value where the text stands, to write several categories, and to leave out an empty one."""

    no_value: str = "Write null"
    several: str = f"write {CATEGORY_SEPARATOR} between them"
    no_empty: str = f"Leave out the {CATEGORY_SEPARATOR} that is too many"


IN_JSON = Ways()
IN_FILE = Ways(no_value="Leave the cell empty")
IN_FORM = Ways("Choose No value (null)", "put each on a line of its own", "Remove the empty line")


def doubts_on_text(field: Field, text: str, ways: Ways = IN_JSON) -> Iterator[Doubt]:
    """Yield each thing in a valid text that is hardly meant, with what to do where the text stands."""
    if is_missing(text):
        advice = f"{ways.no_value} if there is no value." if field.nullable else "Check that it is meant as a text."
        yield Doubt(MISSING, f"{quoted(text)} is how programs write that there is no value. {advice}")
    if field.is_id or (field.member and field.name.endswith("_ID")):
        yield from _doubts_on_id(text)
    elif field.member and field.member.is_list:
        yield from _doubts_on_list(text)
    elif field.categorical:
        yield from _doubts_on_categories(text, ways)


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


def _doubts_on_list(text: str) -> Iterator[Doubt]:
    for each in text.split(LIST_SEPARATOR):
        if SEVERAL.search(each):
            yield Doubt(LISTS, f"{quoted(each)} is one id. If it is several, write {LIST_SEPARATOR} between them.")


def _doubts_on_categories(text: str, ways: Ways) -> Iterator[Doubt]:
    categories = text.split(CATEGORY_SEPARATOR)
    if len(categories) > 1 and not all(each.strip() for each in categories):
        yield Doubt(CATEGORIES, f"A category of {quoted(text)} is empty. {ways.no_empty}.")
    if len(categories) == 1 and SEVERAL.search(text):
        yield Doubt(CATEGORIES, f"{quoted(text)} is one category. If it is several, {ways.several}.")
