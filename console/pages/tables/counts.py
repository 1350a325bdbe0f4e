"""Counts of a dataset's contents, which may be large."""

MOST_COUNTED = 10_000


def count_in_words(count: int) -> str:
    """Return a count, which stops beyond MOST_COUNTED, in words: `1,234`, `10,000+`."""
    return f"{count:,}" if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"
