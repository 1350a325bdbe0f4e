"""Ways to write numbers that JSON does not have: how they are called, and how to write such a number."""

import re
from dataclasses import dataclass

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
        re.compile(f"{CURRENCY}[ ]?[0-9.,]*[0-9]|[0-9][0-9.,]*{SPACE}?{CURRENCY}"),
        "a number with the sign of a currency",
        "Write the number alone.",
    ),
    Form(
        re.compile(f"[(](?:{CURRENCY}{SPACE}?)?[0-9][0-9.,]*[)]"),
        "a number in parentheses",
        "If it is below zero, write it with a minus sign.",
    ),
    Form(
        re.compile(f"[+-]?[0-9][0-9.,]*{SPACE}?%"),
        "a number with a percent sign",
        "Write the number alone: 12% is 12 or 0.12, as the other values of the field are.",
    ),
)


def form_of(text: str) -> Form | None:
    """Return the form that a text is a number in, or None if JSON has it or it is no number."""
    return next((form for form in FORMS if form.pattern.fullmatch(text)), None)
