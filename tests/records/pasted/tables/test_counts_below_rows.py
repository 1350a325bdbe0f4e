"""Counts of rows that notebooks and pages write below a table: they say nothing that its rows do not."""

import pytest

from tests.records.pasted.tables.reading import read, users


@pytest.mark.parametrize("count", ["Showing all 2 rows.", "Showing 1 to 2 of 2 entries", "Showing the first 2 rows."])
@pytest.mark.parametrize("separator", ["\t", ","])
def test_a_count_below_rows_is_left_out(count: str, separator: str) -> None:
    rows = "\n".join(separator.join(row) for row in (("user_id", "city"), ("u-1", "Bern"), ("u-2", "Rome")))
    text = f"{rows}\n{count}\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).changes == ()
