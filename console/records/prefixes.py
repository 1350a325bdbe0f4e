"""Texts that begin alike, as a range in the order of code points."""

HIGHEST = "\U0010ffff"
BEFORE_SURROGATES, AFTER_SURROGATES = "\ud7ff", "\ue000"


def end_of_prefix(prefix: str) -> str | None:
    """Return the least text that is greater than all texts which begin with a prefix; None if there is none."""
    rest = prefix.rstrip(HIGHEST)
    if not rest:
        return None
    last = rest[-1]
    return rest[:-1] + (AFTER_SURROGATES if last == BEFORE_SURROGATES else chr(ord(last) + 1))
