"""Valid texts that are probably not intended: what programs and spreadsheets leave in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from console.records.json.nodes import quoted, shortened
from console.records.missing import is_missing
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.fields import Field
from console.records.validation.category_shapes import SEVERAL, on_separators
from console.records.validation.listed_texts import listed
from console.records.validation.rules import CATEGORY_SEPARATOR, LONGEST_CATEGORY, in_all
from console.records.validation.text_shapes import looked_like, on_id, on_text, on_value

LONG_CATEGORIES = "Long categories"
MISSING = "Missing values as text"
UNSEEN_IN_ID = "Spaces and unseen characters in IDs"
UNSEEN = "Spaces around categories, and unseen characters in texts"
SPOILED = "IDs that a spreadsheet has spoiled"
NO_ID = "IDs that are hardly IDs"
NO_TEXT = "Texts that a program has spoiled"
CATEGORIES = "Categories that are empty or not separated"
LISTS = "IDs of a list that are not separated"
LOOK_ALIKES = "Characters in IDs that look like others"
QUOTES = "Quotes around texts"
ERRORS = "Errors of a spreadsheet's formulas"

# Spaces of all kinds, and characters that do not show.
SPACE_OR_UNSEEN = "\\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff"
AROUND = re.compile(f"^[{SPACE_OR_UNSEEN}]+|[{SPACE_OR_UNSEEN}]+$")
# Zero-width characters within an id are left out when it is fixed; a no-break space there, or one of another width,
# becomes a space.
ZERO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
OTHER_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# Invisible characters that no script and no emoji needs; French has no-break spaces before some marks and within
# quotation marks.
UNSEEN_IN_TEXT = re.compile("[\u200b\u2060\ufeff]|(?<!\u00ab)\u00a0(?![;:!?%\u00bb\u20ac])")
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}")
WITH_FRACTION = re.compile(r"([0-9]+)[.,]0+")
IN_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\.[0-9]{3}){2,})")
# Spreadsheets' renderings of 3-1, MAR1 and 1.2.26, in English, with the day or the month first.
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
AS_DATE = re.compile(
    rf"{MONTH}-[0-9]{{2}}|[0-9]{{1,2}}-{MONTH}(?:-[0-9]{{2,4}})?|[0-9]{{1,2}}([./])[0-9]{{1,2}}\1[0-9]{{2,4}}"
)
FORMULA_ERROR = re.compile(r"#[A-ZÄÖÜ/0]+[!?]")
TOO_NARROW = re.compile(r"#{3,}")
NOT_DECODED = "\N{REPLACEMENT CHARACTER}"
OBJECT_AS_TEXT = "[object Object]"
# Placeholders of templates and documents; a text may contain several.
PLACEHOLDER = re.compile(r"\{\{[^{}]+\}\}|\$\{[^{}]+\}")
WHOLE_PLACEHOLDER = re.compile(r"<[A-Za-z][\w .-]*>|%\([A-Za-z_]\w*\)s|\{[A-Za-z_]\w*\}")
# Closing quotes by the opening one; German has them the other way round.
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
BYTES_OF_PYTHON = re.compile(r"b'([^'\\]+)'")
EMPTY_QUOTES = ("''", '""')
SEPARATORS = (",", ";")
WRITTEN_ESCAPES = ("\\n", "\\r", "\\t")
TOTALS = re.compile(r"(?:(?:grand ?|sub-?)?totals?|sum|summe|gesamt|average|mean):?", re.IGNORECASE)
COMMENT = re.compile(r"#\s+\S.*", re.DOTALL)
OF_DIFF = re.compile(r"\+[A-Za-z_]")
FORMULA_OF_TEXT = re.compile(r'="(.+)"', re.DOTALL)
# UTF-8 bytes of a character of a European language, decoded as Latin-1 or Windows-1252.
WRONGLY_DECODED = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac")
APOSTROPHE = re.compile(r"'([0-9]+)")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about a valid text: its kind, which many texts may share, and a sentence on this one."""

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
IN_FORM = Ways(no_value="Choose No value")


def doubts_on_text(field: Field, text: str, ways: Ways = IN_JSON) -> Iterator[Doubt]:
    """Yield each doubt about a valid text, with advice on the text."""
    if field.categorical and len(text) > LONGEST_CATEGORY:
        yield Doubt(LONG_CATEGORIES, in_all(text))
    advice = f"{ways.no_value} if there is no value." if field.nullable else "Check that it is meant as a text."
    if is_missing(text) or _is_missing_otherwise(text):
        yield Doubt(MISSING, f"{quoted(text)} is how programs write that there is no value. {advice}")
    if FORMULA_ERROR.fullmatch(text):
        yield Doubt(ERRORS, f"{quoted(text)} is an error of a spreadsheet's formula, and not its value.")
    yield from _doubts_on_what_spoiled(text)
    for sentence in on_text(text):
        yield Doubt(NO_TEXT, sentence)
    if not field.is_id and (sentence := on_value(text)) and not (field.has_several and listed(text)):
        yield Doubt(NO_TEXT, sentence)
    if text in EMPTY_QUOTES:
        yield Doubt(QUOTES, f"{text} are two quotes, and no empty text: leave them out unless they are meant.")
    if _is_in_quotes(text):
        where = f"The quotes around {shortened(text.strip())} are part of the text"
        yield Doubt(QUOTES, f"{where}: leave them out unless they are meant.")
    if field.is_id or (field.member and field.name.endswith("_ID")):
        yield from _doubts_on_id(text)
    elif field.member and field.member.is_list:
        yield from _doubts_on_list(text, ways)
    elif field.categorical:
        yield from _doubts_on_categories(field, text, ways)
    elif text and not text.strip():
        yield Doubt(MISSING, f"The text has spaces alone. {advice}")
    elif not text.isascii() and UNSEEN_IN_TEXT.search(text):
        yield Doubt(
            UNSEEN,
            f"{quoted(text)} has {_unseen(text)} in it: leave it out, or write a plain space, unless it is meant.",
        )


def _is_missing_otherwise(text: str) -> bool:
    """Return whether a text is a mark of a missing value in wide letters, or with the separator behind it."""
    if text.isascii() and not text.endswith(SEPARATORS):
        return False
    return is_missing(normalize("NFKC", text).rstrip(" ,;"))


def _doubts_on_what_spoiled(text: str) -> Iterator[Doubt]:
    if TOO_NARROW.fullmatch(text):
        yield Doubt(
            NO_TEXT, f"{quoted(text)} is what a spreadsheet shows in a column that is too narrow for the value."
        )
    if text == OBJECT_AS_TEXT:
        yield Doubt(NO_TEXT, f"{quoted(text)} is what JavaScript writes for an object, and not its value.")
    placeholder = PLACEHOLDER.search(text) or WHOLE_PLACEHOLDER.fullmatch(text)
    if placeholder and not is_missing(text):
        yield Doubt(NO_TEXT, f"{quoted(placeholder[0])} looks like a placeholder: write the value that it stands for.")
    if NOT_DECODED in text:
        yield Doubt(
            NO_TEXT,
            f"{quoted(text)} has {NOT_DECODED} for a character that a program could not decode: write the character.",
        )
    if not text.isascii() and WRONGLY_DECODED.search(text):
        yield Doubt(
            NO_TEXT,
            f"{quoted(text)} looks like UTF-8 that a program has read as another encoding: write what is meant.",
        )


def _unseen(text: str) -> str:
    """Return what a text has that does not show, in words."""
    if ZERO_WIDTH.search(text):
        return "a character that does not show"
    return "a no-break space" if "\N{NO-BREAK SPACE}" in text else "a space of another width"


def _is_in_quotes(text: str) -> bool:
    bare = text.strip()
    return len(bare) > 2 and bare[-1] in CLOSING_QUOTES.get(bare[0], ())


def trimmed_id(text: str) -> str:
    """Return an id without spaces around it, and without characters that do not show."""
    return OTHER_SPACE.sub(" ", ZERO_WIDTH.sub("", AROUND.sub("", text)))


def restored_id(text: str) -> str:
    """Return the id that a spreadsheet or a program has written another way, or the text if it is none, or is lost."""
    for form in (FORMULA_OF_TEXT, APOSTROPHE, WITH_FRACTION, BYTES_OF_PYTHON):
        match = form.fullmatch(text)
        if match:
            return match[1]
    return text.replace(",", "").replace(".", "") if IN_GROUPS.fullmatch(text) else text


def _doubts_on_id(text: str) -> Iterator[Doubt]:
    fixed = trimmed_id(text)
    if fixed != text:
        where = "spaces around it" if AROUND.search(text) else f"{_unseen(text)} in it"
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
    plain = looked_like(text) if fixed == text and not text.isascii() else text
    if plain != text:
        what = "has a character that looks like another one"
        yield Doubt(LOOK_ALIKES, f"{quoted(text)} {what}, so that it is another id than {quoted(plain)}.")
    yield from _doubts_on_what_is_no_id(text)
    looks = list(on_id(text))
    is_told = restored != text or is_missing(text) or _is_in_quotes(text) or any(_doubts_on_what_spoiled(text))
    if looks and not is_told:
        yield from (Doubt(NO_ID, sentence) for sentence in looks)


def _doubts_on_what_is_no_id(text: str) -> Iterator[Doubt]:
    if text.endswith(SEPARATORS):
        yield Doubt(NO_ID, f"{quoted(text)} ends with “{text[-1]}”: leave it out unless the id has it.")
    if len(text) > 2 and text.endswith(WRITTEN_ESCAPES):
        yield Doubt(
            NO_ID, f"{quoted(text)} ends with a written escape, {text[-2:]}: leave it out unless the id has it."
        )
    if OF_DIFF.match(text):
        yield Doubt(
            NO_ID, f"{quoted(text)} begins with “+”, as a line of a diff does: leave it out unless the id has it."
        )
    if TOTALS.fullmatch(text):
        yield Doubt(NO_ID, f"{quoted(text)} may be the total below a table. Remove the record unless it is an id.")
    if COMMENT.fullmatch(text):
        yield Doubt(NO_ID, f"{quoted(text)} may be a comment. Remove the record unless it is an id.")


def _listed(text: str, ways: Ways) -> str:
    """Return the sentence on a text that is a list as a program writes it."""
    advice = f"Leave out its brackets and quotes; if it has several values, {ways.several}."
    return f"{quoted(text)} is a list as a program writes it. {advice}"


def _doubts_on_list(text: str, ways: Ways) -> Iterator[Doubt]:
    if listed(text):
        yield Doubt(LISTS, _listed(text, ways))
        return
    for each in text.split(LIST_SEPARATOR):
        if SEVERAL.search(each):
            yield Doubt(LISTS, f"{quoted(each)} is one id. If it is several, write {LIST_SEPARATOR} between them.")


def _doubts_on_categories(field: Field, text: str, ways: Ways) -> Iterator[Doubt]:
    if not text.strip():
        yield Doubt(CATEGORIES, f"The category is empty. {ways.no_value if field.nullable else 'Write one'}.")
    if listed(text):
        yield Doubt(CATEGORIES, _listed(text, ways))
    else:
        yield from (Doubt(CATEGORIES, sentence) for sentence in on_separators(text, ways.several))
        yield from _doubts_on_single_categories(text.split(CATEGORY_SEPARATOR), text, ways)


def _doubts_on_single_categories(categories: list[str], text: str, ways: Ways) -> Iterator[Doubt]:
    if len(categories) > 1 and not all(each.strip() for each in categories):
        yield Doubt(CATEGORIES, f"A category of {quoted(text)} is empty. {ways.no_empty}.")
    spaced = next((each for each in categories if each.strip() and _trimmed_category(each) != each), None)
    if spaced is not None:
        what = "spaces around it" if AROUND.search(spaced) else f"{_unseen(spaced)} in it"
        other = quoted(_trimmed_category(spaced))
        yield Doubt(UNSEEN, f"The category {quoted(spaced)} has {what}, so that it is another one than {other}.")
    if any(each.endswith("\\") for each in categories[:-1]):
        yield Doubt(CATEGORIES, f"{quoted(text)} has a backslash before “|”, as Markdown has: leave it out.")
    missing = next((each for each in categories if len(categories) > 1 and each.strip() and is_missing(each)), None)
    if missing is not None:
        yield Doubt(
            MISSING, f"The category {quoted(missing)} is how programs write that there is no value. Leave it out."
        )
    if all(categories) and len(set(categories)) < len(categories):
        yield Doubt(CATEGORIES, f"{quoted(text)} has a category twice. Leave one out.")
    elif all(categories) and len({each.casefold() for each in categories}) < len(categories):
        yield Doubt(CATEGORIES, f"{quoted(text)} has a category twice, in small and capital letters. Leave one out.")


def _trimmed_category(text: str) -> str:
    """Return a category without spaces around it, and without what does not show and no script needs."""
    if text.isascii():
        return text.strip()
    return UNSEEN_IN_TEXT.sub(lambda match: " " if match[0].isspace() else "", AROUND.sub("", text))
