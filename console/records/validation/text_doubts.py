"""Texts that are valid, and that are hardly meant as they are: what programs and spreadsheets leave in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from console.records.json.nodes import quoted, shortened
from console.records.missing import is_missing
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.fields import Field
from console.records.validation.rules import CATEGORY_SEPARATOR

MISSING = "Missing values as text"
UNSEEN_IN_ID = "Spaces and unseen characters in IDs"
SPOILED = "IDs that a spreadsheet has spoiled"
CATEGORIES = "Categories that are empty or not separated"
LISTS = "IDs of a list that are not separated"
QUOTES = "Quotes around texts"
ERRORS = "Errors of a spreadsheet's formulas"

# Spaces of all kinds, and characters that do not show.
UNSEEN = "\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
AROUND = re.compile(f"^[{UNSEEN}]+|[{UNSEEN}]+$")
# Zero-width characters within an id are left out when it is fixed; a no-break space there becomes a space.
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
WITH_FRACTION = re.compile(r"([0-9]+)[.,]0+")
IN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
# What a spreadsheet makes of 3-1, MAR1 and 1.2.26, in English and in the order of days or of months.
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
AS_DATE = re.compile(
    rf"{MONTH}-[0-9]{{2}}|[0-9]{{1,2}}-{MONTH}(?:-[0-9]{{2,4}})?|[0-9]{{1,2}}([./])[0-9]{{1,2}}\1[0-9]{{2,4}}"
)
FORMULA_ERROR = re.compile(r"#[A-ZÄÖÜ/0]+[!?]")
# By the opening one; in German they are the other way round.
CLOSING_QUOTES = {
    '"': '"',
    "'": "'",
    "`": "`",
    "\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}",
    "\N{LEFT SINGLE QUOTATION MARK}": "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
}
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
    if FORMULA_ERROR.fullmatch(text):
        yield Doubt(ERRORS, f"{quoted(text)} is an error of a spreadsheet's formula, and not its value.")
    if _is_in_quotes(text):
        where = f"The quotes around {shortened(text.strip())} are part of the text"
        yield Doubt(QUOTES, f"{where}: leave them out unless they are meant.")
    if field.is_id or (field.member and field.name.endswith("_ID")):
        yield from _doubts_on_id(text)
    elif field.member and field.member.is_list:
        yield from _doubts_on_list(text)
    elif field.categorical:
        yield from _doubts_on_categories(field, text, ways)


def _is_in_quotes(text: str) -> bool:
    bare = text.strip()
    return len(bare) > 2 and bare[-1] in CLOSING_QUOTES.get(bare[0], ())


def trimmed_id(text: str) -> str:
    """Return an id without spaces around it, and without characters that do not show."""
    return ZERO_WIDTH.sub("", AROUND.sub("", text)).replace("\N{NO-BREAK SPACE}", " ")


def restored_id(text: str) -> str:
    """Return the id that a spreadsheet or a program has written another way, or the text if it is none, or is lost."""
    for form in (FORMULA_OF_TEXT, APOSTROPHE, WITH_FRACTION):
        match = form.fullmatch(text)
        if match:
            return match[1]
    return text.replace(",", "") if IN_GROUPS.fullmatch(text) else text


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
    if AS_DATE.fullmatch(text):
        yield Doubt(
            SPOILED,
            f"{quoted(text)} looks like a date that a spreadsheet has made of an id: take the id from where the "
            "spreadsheet got it.",
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


def _doubts_on_categories(field: Field, text: str, ways: Ways) -> Iterator[Doubt]:
    if not text.strip():
        yield Doubt(CATEGORIES, f"The category is empty. {ways.no_value if field.nullable else 'Write one'}.")
    categories = text.split(CATEGORY_SEPARATOR)
    if len(categories) > 1 and not all(each.strip() for each in categories):
        yield Doubt(CATEGORIES, f"A category of {quoted(text)} is empty. {ways.no_empty}.")
    if len(categories) == 1 and SEVERAL.search(text):
        yield Doubt(CATEGORIES, f"{quoted(text)} is one category. If it is several, {ways.several}.")
