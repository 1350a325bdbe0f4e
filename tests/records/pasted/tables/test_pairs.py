"""Rows of names and values: where a comma or a semicolon belongs to a value."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users


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


# Go 1.26.8, log/slog.
SLOG = 'time=2026-11-30T10:00:00.123Z level=INFO msg="upsert user" {0}user_id=u-1 {0}city=O\'Fallon\n'
LEFT_OUT = "What the log has beside the values of each line is left out: time, level, msg."


def test_what_a_log_has_beside_values_is_left_out_and_named() -> None:
    assert users(SLOG.format("")) == [("u-1", "O'Fallon")]
    assert read(SLOG.format("")).changes == (LEFT_OUT,)


def test_the_name_of_a_group_is_left_out_and_named() -> None:
    assert users(SLOG.format("user.")) == [("u-1", "O'Fallon")]
    group = "The name of their group before the names is left out: “user.”."
    assert read(SLOG.format("user.")).changes == (LEFT_OUT, group)


def test_names_that_not_every_line_has_are_not_those_of_a_log() -> None:
    text = f"{SLOG.format('')}user_id=u-2 city=Rome\n"
    assert LEFT_OUT not in read(text).changes
    assert read(text).changes[-1] == "Left out, as the schema has no field for them: time, level and msg."


def test_one_line_of_names_and_values_is_a_record() -> None:
    assert users("USER_ID=u-1,CITY=St. Louis\n") == [("u-1", "St. Louis")]
    assert read("USER_ID=u-1,CITY=St. Louis\n").changes == ()
    assert users("- user_id: u-1, city: St. Louis\n") == [("u-1", "St. Louis")]
    # Of a comma in a value, more lines are needed to be certain.
    detected = detect(TEXTS, "", "USER_ID=u-1,CITY=St. Louis, MO\n")
    assert detected is None or detected.text == ""
