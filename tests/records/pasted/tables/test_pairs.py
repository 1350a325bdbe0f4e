"""Rows of names and values: where a comma or a semicolon belongs to a value."""

import pytest

from tests.records.pasted.tables.reading import read, users


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("USER_ID=u-1 CITY=Bern;\nUSER_ID=u-2 CITY=Rome\n", [("u-1", "Bern;"), ("u-2", "Rome")]),
        ("CITY=Bern USER_ID=u-1,\n", [("u-1,", "Bern")]),
        ("USER_ID=u-1; CITY=Bern;\nUSER_ID=u-2; CITY=Rome\n", [("u-1", "Bern"), ("u-2", "Rome")]),
        ('USER_ID=u-1, CITY="Bern",\n', [("u-1", "Bern")]),
    ],
)
def test_a_mark_that_is_no_separator_stays_in_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert users(text) == expected


@pytest.mark.parametrize(
    "line", ["USER_ID=u-2; CITY=Bern AGE=3", "USER_ID=u-2; CITY=Bern; AGE=3,", 'USER_ID=u-2 CITY=Bern AGE="3";']
)
def test_marks_between_some_of_the_pairs_alone_are_refused(line: str) -> None:
    assert read(f"USER_ID=u-1 CITY=Bern AGE=3\n{line}\n").refusal == (
        "Line 2: it is not certain whether a comma or semicolon belongs to a value. Put such values in double quotes."
    )
