"""Numbers whose digits are in groups, as text: a person has to say that it is one, as `1,234` may be a fraction."""

import re

from console.records.pasted.values.amounts import without_currency
from console.records.schemas.field_types import BOUNDS, WHOLE_NUMBER_TYPES
from console.records.schemas.fields import Field

SPACES_AND_QUOTES = " '\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{RIGHT SINGLE QUOTATION MARK}"
# The groups of one number have one separator.
GROUPED = f"[+-]?[0-9]{{1,3}}(?:(?P<separator>[{SPACES_AND_QUOTES},.])[0-9]{{3}})(?:(?P=separator)[0-9]{{3}})*"
WHOLE = re.compile(GROUPED)
# Commas or points alone separate thousands for certain where there are two of them.
MANY_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})")
WITH_FRACTION = re.compile(f"(?P<whole>{GROUPED})(?P<point>(?!(?P=separator))[.,])(?P<fraction>[0-9]+)")
IN_SPACES = re.compile(f"[+-]?[0-9]{{1,3}}(?:[{SPACES_AND_QUOTES}][0-9]{{3}})+")
DECIMAL_COMMA = re.compile("(?P<whole>[+-]?[0-9]+),(?P<fraction>[0-9]{1,2}|[0-9]{4,})")


def ungrouped(field: Field, text: str) -> str | None:
    """Return a number of a field as JSON writes it, of which a text has groups of digits or a comma before a fraction.

    None if the text has neither, if the field takes no numbers, and where it may be one number or another.
    """
    if "string" in field.types or not BOUNDS.keys() & set(field.types):
        return None
    text = without_currency(text)
    if set(field.types) & BOUNDS.keys() <= set(WHOLE_NUMBER_TYPES):
        return _digits(text) if WHOLE.fullmatch(text) else None
    if MANY_GROUPS.fullmatch(text) or IN_SPACES.fullmatch(text):
        return _digits(text)
    match = WITH_FRACTION.fullmatch(text) or DECIMAL_COMMA.fullmatch(text)
    return f"{_digits(match['whole'])}.{match['fraction']}" if match else None


def _digits(text: str) -> str:
    """Return a whole number without separators, and without the zeros and the plus that JSON does not have."""
    digits = re.sub("[^0-9]", "", text).lstrip("0") or "0"
    return f"-{digits}" if text.startswith("-") else digits
