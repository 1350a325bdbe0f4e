"""Text where a number is expected: what keeps it from being one, where a person would read a number."""

import math
import re
from dataclasses import dataclass, replace

from console.records.nodes import describe_text
from console.records.problems import Found
from console.records.rules import BOUNDS, WHOLE_NUMBER_TYPES
from console.records.scalars import number_value
from console.records.schema import Field

SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
CURRENCY = "[$€£¥₹]"
FRACTION = "(?:[.][0-9]+)?"
# Digits in groups of three, or of two as in India, of which the separator is to be filled in.
GROUPS = f"[+-]?[0-9]{{1,3}}(?:%s[0-9]{{2,3}})+{FRACTION}"
DECIMAL_COMMA = f"[+-]?[0-9]+(?:(?:[.]|{SPACE})[0-9]{{3}})*,[0-9]+"


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write numbers that JSON does not have: its pattern, its name, and how to write such a number."""

    pattern: re.Pattern[str]
    name: str
    advice: str


FORMS = (
    Form(
        re.compile(f"{GROUPS % ','}|{DECIMAL_COMMA}"),
        "a number with commas",
        "Write it without separators, and with a point before a fraction.",
    ),
    Form(re.compile(GROUPS % SPACE), "a number with spaces", "Write it without spaces."),
    Form(re.compile(f"[+][0-9]+{FRACTION}"), "a number with a plus sign", "Leave out the plus sign."),
    Form(re.compile(f"-?0[0-9]+{FRACTION}"), "a number that begins with 0", "Leave out the zeros before it."),
    Form(
        re.compile("-?(?:[.][0-9]+|[0-9]+[.])"), "a number that begins or ends with a point", "Write it as 7 or 0.7."
    ),
    Form(
        re.compile(f"{CURRENCY}[ ]?[0-9.,]*[0-9]|[0-9][0-9.,]*{SPACE}?(?:{CURRENCY}|%)"),
        "a number with the sign of a currency or of percent",
        "Write the number alone.",
    ),
)


def describe_text_of(field: Field, text: str) -> tuple[Found, str]:
    """Return a text that a field does not take in words, for "found …", and how to mend it where that is certain.

    For a field of numbers the kind of what was found says why the text is none of them, and nothing of its value.
    """
    found = describe_text(text)
    if "string" in field.types or not BOUNDS.keys() & set(field.types):
        return found, ""
    kind, advice = _kind_and_advice(field, text.strip())
    return (replace(found, kind=kind) if kind else found), advice


def _kind_and_advice(field: Field, text: str) -> tuple[str, str]:
    number = number_value(text)
    if number is None:
        return next(((form.name, form.advice) for form in FORMS if form.pattern.fullmatch(text)), ("", ""))
    if isinstance(number, float) and math.isfinite(number) and set(WHOLE_NUMBER_TYPES) & set(field.types):
        return "a number with a fraction or an exponent", ""
    return "a number out of these bounds", ""
