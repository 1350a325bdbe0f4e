"""Marks for true and false in the tables of tickets and database clients."""

import pytest

from tests.records.pasted.pressing import SCHEMA, read, values


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("\u2705", "\u274c"),
        ("\u2713", "\u2717"),
        ("\u2714\ufe0f", "\u2718"),
        ("\u2611\ufe0f", "\u2610"),
        ("[v]", "[ ]"),
        ("[x]", "[ ]"),
    ],
)
def test_marks_become_true_and_false(yes: str, no: str) -> None:
    text = f"| USER_ID | SCORE | VIP | MEMBERSHIP_TYPE |\n|---|---|---|---|\n| u-1 | 1.5 | {yes} | Gold |\n"
    text += f"| u-2 | 2.5 | {no} | Basic |\n"
    assert values(text) == [("u-1", None, 1.5, True, "Gold"), ("u-2", None, 2.5, False, "Basic")]
    assert read(text, SCHEMA).changes == (f"{yes} becomes true.", f"{no} becomes false.")


def test_the_grid_of_dbeaver_is_read() -> None:
    text = (
        "user_id|age|score|vip  |membership_type|\n"
        "-------+---+-----+-----+---------------+\n"
        "u-1    | 34|  1.5|[v]  |Gold           |\n"
        "u-2    |   |    2|[ ]  |Basic          |\n"
    )
    assert values(text) == [("u-1", 34, 1.5, True, "Gold"), ("u-2", None, 2.0, False, "Basic")]
