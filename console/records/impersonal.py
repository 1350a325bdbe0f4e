"""What of a record's values may leave the page that it was typed on: words and numbers that say nothing of a person.

The values of properties are sensitive, and messages of the local service come into logs. A word of a programming
language in the place of a value, as NaN, is no value; and a number that is written in a form which its field does not
take, as 34.0, is told where it is short. A longer one might be a telephone number or that of a card.
"""

import re

# How programs write numbers that JSON does not have.
NOT_FINITE = frozenset(("nan", "inf", "infinity"))
WORDS = frozenset(("true", "false", "null", "none", "nil", "undefined", "nan", "inf", "infinity", "na", "n/a"))
LONGEST_NUMBER = 9
DIGIT = re.compile("[0-9]")


def is_impersonal_word(text: str) -> bool:
    """Return whether a text is a word that stands for no value, or for true or false, in some language or program."""
    return text.strip().lstrip("+-").lower() in WORDS


def is_short_number(literal: str) -> bool:
    """Return whether a number's text is short enough to be no number of a person."""
    return 0 < len(DIGIT.findall(literal)) <= LONGEST_NUMBER and len(literal) <= 2 * LONGEST_NUMBER


def is_not_finite(text: str) -> bool:
    """Return whether a text is what some program writes for a number that is none, or has no bounds."""
    return text.lstrip("+-").lower() in NOT_FINITE
