"""Statements of SQL in a mail, and above what a client has answered."""

import pytest

from tests.records.pasted.tables.reading import read, users

INSERT = "INSERT INTO users (user_id, city)\nVALUES ('u-1', 'Bern'),\n  ('u-2', 'Rome')"
BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
ABOVE, BELOW = "Left out above the statements: “{}”.", "Left out below the statements: “{}”."


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (f"{INSERT};\n\nThanks, it's Nina", (BELOW.format("Thanks, it's Nina"),)),
        (f"{INSERT};\nQuery OK, 2 rows affected (0.01 sec)\n", ()),
        (f"{INSERT};\n2 rows\n", ()),
        (f"Please load:\n\n{INSERT};", (ABOVE.format("Please load:"),)),
        (f"Please load:\n{INSERT}\n\nThanks", (ABOVE.format("Please load:"), BELOW.format("Thanks"))),
    ],
)
def test_words_around_statements_are_named(text: str, notes: tuple[str, ...]) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == notes


@pytest.mark.parametrize(
    ("behind", "refusal"),
    [
        ("UPDATE users SET city = 'x';", "Line 4: UPDATE changes rows of users. Paste them as they are now."),
        ("DELETE FROM users", "Line 4: DELETE changes rows of users. Paste them as they are now."),
        ("Rollback it", "Line 4: expected an INSERT statement with values alone."),
        ("Then (maybe) more", "Line 4: expected an INSERT statement with values alone."),
        ("Some words\n" * 11, "Line 4: expected an INSERT statement with values alone."),
    ],
)
def test_what_may_be_a_statement_is_no_words(behind: str, refusal: str) -> None:
    assert read(f"{INSERT};\n{behind}").refusal == refusal


def test_statements_that_cannot_be_read_are_refused_with_words_around_them_too() -> None:
    assert read(f"{INSERT.replace(chr(39) + 'Rome' + chr(39), 'now()')};\n\nThanks").refusal == (
        "Line 3: expected a value that is a text or a number; found “now()”."
    )
