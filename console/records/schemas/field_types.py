"""The types of fields: the bounds of their values, and what messages call them."""

import math

# "Endpoints and quotas" of the developer guide, of users, items and actions alike: a string that is not categorical.
LONGEST_STRING = 1000
# The largest numbers that IEEE 754 rounds to finite ones of 32 and of 64 bits. Java writes its largest float as
# 3.4028235E38, which is a little more than that float itself.
LARGEST_FLOAT = math.nextafter((2 - 2**-24) * 2.0**127, 0)
LARGEST_DOUBLE = (2 - 2**-52) * 2.0**1023

BOUNDS: dict[str, tuple[int | float, int | float]] = {
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
    "float": (-LARGEST_FLOAT, LARGEST_FLOAT),
    "double": (-LARGEST_DOUBLE, LARGEST_DOUBLE),
}
WHOLE_NUMBER_TYPES = ("int", "long")
WHOLE_NUMBERS_IN_WORDS = {
    type_name: f"whole number from {BOUNDS[type_name][0]} to {BOUNDS[type_name][1]}"
    for type_name in WHOLE_NUMBER_TYPES
}
TYPES_IN_WORDS = {
    "string": f"{{text}}, at most {LONGEST_STRING} characters (string)",
    **{type_name: f"a {words} ({type_name})" for type_name, words in WHOLE_NUMBERS_IN_WORDS.items()},
    "float": "a number from -3.4028235e38 to 3.4028235e38 (float)",
    "double": "a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double)",
    "boolean": "true or false (boolean)",
}


def is_in_bounds(number: float, type_name: str) -> bool:
    """Return whether a number, which may be infinite, is within the bounds of a numeric type."""
    least, most = BOUNDS[type_name]
    return least <= number <= most
