"""Words and numbers that stand for values in the literals of programming languages."""

import re

from console.records.json.nodes import Bare, Scalar
from console.records.json.scalars import number_value

# Words for no value, by their last part: np.nan, math.nan, pd.NA, float.nan.
NO_VALUE = frozenset(
    (
        "None",
        "nil",
        "undefined",
        "NULL",
        "Null",
        "undef",
        "nothing",
        "Nothing",
        "missing",
        "nan",
        "NaN",
        "NA",
        "NaT",
        "NA_character_",
        "NA_integer_",
        "NA_real_",
    )
)
WORDS = {"null": None, "true": True, "false": False, "True": True, "False": False, "TRUE": True, "FALSE": False}
WORDS |= {"True_": True, "False_": False, "T": True, "F": False}
# With more digits it is the address in a pointer.
HEXADECIMAL = re.compile(r"[-+]?0[xX][0-9A-Fa-f]{1,8}")
VARIABLES_OF_POWERSHELL = frozenset(("$null", "$true", "$false"))


def last_part(name: str) -> str:
    """Return the last part of a name with dots, or with colons as C++, Ruby and PHP have them."""
    return re.split(r"[.]|::", name)[-1]


def word_value(start: int, name: str) -> Scalar | None:
    """Return the value that a word stands for, or None if it is none: a variable's name."""
    last = last_part(name.removeprefix("$")) if name in VARIABLES_OF_POWERSHELL else last_part(name)
    if last in WORDS:
        return Scalar(start, WORDS[last])
    if last in ("utc", "UTC"):
        return Scalar(start, "UTC")
    return Bare(start, name) if last in NO_VALUE else None


def number_of(start: int, text: str) -> Scalar:
    """Return the number of a token; one that JSON writes another way, such as `007`, is text without quotes."""
    if HEXADECIMAL.fullmatch(text):
        whole = int(text, 16)
        return Scalar(start, whole, str(whole))
    bare = text.rstrip("LlnNfFdDmMG").replace("_", "").removeprefix("+")
    if bare.startswith(".") or bare.startswith("-."):
        bare = bare.replace(".", "0.", 1)
    if bare.endswith("."):
        bare += "0"
    number = number_value(bare)
    return Bare(start, text) if number is None else Scalar(start, number, bare)
