"""Numbers as spreadsheets, databases and programs write them, as JSON has them where it is certain which they are."""

import re

from console.records.pasted.values.amounts import bare_amount, without_currency
from console.records.pasted.values.dialect import Dialect
from console.records.pasted.values.grouped_numbers import MANY_GROUPS, SPACES_AND_QUOTES

DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
# With both separators it is certain which is which.
GERMAN = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
ENGLISH = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
# With spaces or apostrophes between thousands, and a mark before a fraction.
SPACED = re.compile(
    rf"-?[0-9]{{1,3}}(?:(?P<space>[{SPACES_AND_QUOTES}])[0-9]{{3}})(?:(?P=space)[0-9]{{3}})*[.,][0-9]{{1,2}}"
)
# SQL*Plus and R omit the zero.
WITHOUT_ZERO = re.compile(r"-?\.[0-9]+")
NOT_OF_NUMBER = re.compile("[^-0-9.,]")
WITH_UNDERSCORES = re.compile(r"-?[0-9]{1,3}(?:_[0-9]{3})+")


def plain_number(text: str, dialect: Dialect) -> str:
    """Return a number without currency, separators and the like; another text, and what is not certain, as it is."""
    text = bare_amount(text) or text
    spaced = without_currency(text)
    if SPACED.fullmatch(spaced):
        return NOT_OF_NUMBER.sub("", spaced).replace(",", ".")
    if ENGLISH.fullmatch(text):
        return text.replace(",", "")
    if GERMAN.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if DECIMAL_COMMA.fullmatch(text) and _is_decimal_comma(text, dialect):
        return text.replace(",", ".")
    if MANY_GROUPS.fullmatch(text):
        return text.replace(",", "").replace(".", "")
    if WITHOUT_ZERO.fullmatch(text):
        return text.replace(".", "0.", 1)
    return text.replace("_", "") if WITH_UNDERSCORES.fullmatch(text) else text


def _is_decimal_comma(text: str, dialect: Dialect) -> bool:
    """Return whether a comma stands before a fraction: before three digits it may separate thousands."""
    if dialect.has_decimal_point:
        return False
    return dialect.has_decimal_comma or len(text.partition(",")[2]) != 3
