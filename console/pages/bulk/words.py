"""Numbers of imports in words."""

import math
from collections.abc import Sequence

MINUTE, HOUR, DAY = 60, 3600, 86_400
# Rates from here on are shown without decimals.
FEW = 10
MOST_ROWS_NAMED = 10


def duration_words(seconds: float) -> str:
    """Return a duration, rounded up: `a second`, `5 minutes`, `2 hours 47 minutes`."""
    whole = max(1, math.ceil(seconds))
    if whole < 2 * MINUTE:
        return counted(whole, "second")
    if whole < HOUR:
        return counted(math.ceil(whole / MINUTE), "minute")
    if whole < 2 * DAY:
        return _two(math.ceil(whole / MINUTE), HOUR // MINUTE, "hour", "minute")
    return _two(math.ceil(whole / HOUR), DAY // HOUR, "day", "hour")


def _two(number: int, in_larger: int, larger: str, smaller: str) -> str:
    large, small = divmod(number, in_larger)
    words = counted(large, larger)
    return f"{words} {counted(small, smaller)}" if small else words


def counted(number: int, noun: str) -> str:
    """Return a number of things in words: `1 row`, `2,113 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def rate_words(per_second: float) -> str:
    """Return a rate without meaningless digits: `98 a second`, `7.5 a second`."""
    return f"{per_second:,.0f} a second" if per_second >= FEW else f"{per_second:.2g} a second"


def row_numbers(numbers: Sequence[int]) -> str:
    """Return row numbers in words: `row 3`, `rows 3, 7 and 12`, `rows 3, 7, …, 40 and 5 more`; "" for none."""
    if not numbers:
        return ""
    named = [f"{number:,}" for number in numbers[:MOST_ROWS_NAMED]]
    if len(numbers) > MOST_ROWS_NAMED:
        named.append(f"{len(numbers) - MOST_ROWS_NAMED:,} more")
    if len(named) == 1:
        return f"row {named[0]}"
    return f"rows {', '.join(named[:-1])} and {named[-1]}"
