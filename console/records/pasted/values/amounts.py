"""Amounts of money, as spreadsheets and databases show numbers: with the sign of a currency, and without a value."""

import re
from collections.abc import Iterable, Iterator

from console.records.json.number_forms import SPACE as ONE_SPACE

SPACE = f"{ONE_SPACE}*+"
CODES = "EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|INR"
CURRENCY = rf"(?:(?:US|CA|AU|NZ|HK|S|R)?[$]|[€£¥₹]|(?:{CODES})\b)"
SEVERAL_CURRENCIES = "Amounts are in several currencies, and the numbers alone do not tell them apart: {}."
ANY_CURRENCY = re.compile(rf"\A{CURRENCY}{SPACE}|(?<!{ONE_SPACE}){SPACE}(?:[$€£¥₹]|(?:{CODES}))\Z")
SIGN = re.compile(r"[A-Z]*[$]|[€£¥₹]|[A-Z]{3}")
CODE_BEHIND = f"(?:[$€£¥₹]|{CODES})"
DIGITS = r"[0-9](?:[0-9.,']*[0-9])?"
# Below zero in parentheses, as the format for accounting has it; without a currency they may be something else.
BEFORE = re.compile(
    rf"(?P<minus>-?){SPACE}{CURRENCY}{SPACE}(?:(?P<sign>-?){SPACE}(?P<digits>{DIGITS})|\({SPACE}(?P<below>{DIGITS}){SPACE}\))"
)
BEHIND = re.compile(rf"(?P<minus>-?)(?P<digits>{DIGITS}){SPACE}{CODE_BEHIND}")
AROUND = re.compile(rf"\({SPACE}{CURRENCY}{SPACE}(?P<below>{DIGITS}){SPACE}\)")
ZERO = re.compile(rf"{CURRENCY}{SPACE}-|-{SPACE}{CODE_BEHIND}")
# A separator before three digits stands for thousands, or before a fraction: nobody knows which.
UNCERTAIN = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
SWISS = re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]+)?")


def bare_amount(text: str, *, has_thousands: bool = False) -> str | None:
    """Return the number of an amount without its currency, as it was written; None if a text is none.

    `has_thousands` says that its one separator may stand between thousands.
    A dash in the place of the number is 0, as the format for accounting has it.
    """
    text = text.strip()
    if ZERO.fullmatch(text):
        return "0"
    match = BEFORE.fullmatch(text) or BEHIND.fullmatch(text) or AROUND.fullmatch(text)
    if match is None:
        return None
    found = {"minus": "", "sign": "", "digits": None, "below": None, **match.groupdict()}
    if found["minus"] and (found["sign"] or found["below"]):
        return None
    digits = found["digits"] or found["below"] or ""
    is_below = found["below"] or found["minus"] or found["sign"]
    if SWISS.fullmatch(digits):
        digits = digits.replace("'", "")
    return None if UNCERTAIN.fullmatch(digits) and not has_thousands else f"{'-' if is_below else ''}{digits}"


def without_currency(text: str) -> str:
    """Return a text without the sign or code of a currency before or behind it."""
    return ANY_CURRENCY.sub("", text.strip())


def on_currencies(texts: Iterable[str]) -> Iterator[str]:
    """Yield a sentence if those of some texts that are amounts are in several currencies."""
    found = [sign for text in texts if bare_amount(text) is not None for sign in SIGN.findall(text)]
    if len(set(found)) > 1:
        yield SEVERAL_CURRENCIES.format(", ".join(dict.fromkeys(found)))
