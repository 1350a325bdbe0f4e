"""The range of texts that begin alike."""

import pytest

from console.records.prefixes import end_of_prefix


@pytest.mark.parametrize(
    ("prefix", "end"),
    [
        ("ab", "ac"),
        ("a", "b"),
        ("aÿ", "aĀ"),
        # No text of a database holds a surrogate.
        ("a\ud7ff", "a\ue000"),
        ("a\U0010ffff\U0010ffff", "b"),
        ("\U0010ffff", None),
        ("", None),
    ],
)
def test_the_end_is_the_least_text_after_all_that_begin_so(prefix: str, end: str | None) -> None:
    assert end_of_prefix(prefix) == end
