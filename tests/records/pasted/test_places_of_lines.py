"""What grep, nl and YAML put before each line of CSV is no part of an id."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

LINES = ("USER_ID,CITY", "u-1,Bern", "u-2,Rome")
BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
PLACES = "What stands before each line is left out: “{}” and so on."
SPACES = "The spaces that all rows begin with are left out."
NO_HEADING = "These are rows without a heading. Put the names of the fields in the first line."
IN_ORDER = "The columns are taken in the schema's order: USER_ID, CITY."


@pytest.mark.parametrize(
    ("prefixes", "first"),
    [
        (("1:", "2:", "13:"), "1:"),
        (("users-1.csv:",) * 3, "users-1.csv:"),
        (("a/users.csv:1:", "a/users.csv:2:", "a/users.csv:3:"), "a/users.csv:1:"),
        (("1-", "2:", "3-"), "1-"),
        (("HEAD:users.csv:1:", "HEAD:users.csv:2:", "HEAD:users.csv:3:"), "HEAD:users.csv:1:"),
        (("^4409770 1) ", "b49742bd 2) ", "^4409770 3) "), "^4409770 1)"),
        (
            tuple(
                f"b49742b{number} a/users.csv (Ann Old 2026-11-30 05:12:44 +0100 {number}) " for number in (1, 2, 3)
            ),
            "b49742b1 a/users.csv (Ann Old 2026-11-30…",
        ),
        (("     1\t", "     2\t", "     3\t"), "1"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_places_of_lines_are_left_out(prefixes: tuple[str, ...], first: str, end: str) -> None:
    text = "".join(f"{prefix}{line}{end}" for prefix, line in zip(prefixes, LINES, strict=True))
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (PLACES.format(first),)
    assert read(text).words == "2 rows of CSV, behind the places of its lines"


def test_places_are_left_out_of_rows_without_a_heading() -> None:
    text = "2:u-1,Bern\n3:u-2,Rome\n"
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (PLACES.format("2:"), NO_HEADING, IN_ORDER)


@pytest.mark.parametrize(
    "text",
    [
        "users.csv:u-1,Bern",
        "2:u-1,Bern",
        "a.csv:u-1,Bern\nb.csv:u-2,Rome\n",
        "3:u-1,Bern\n2:u-2,Rome\n",
        "a.csv:1:u-1,Bern\na.csv:u-2,Rome\n",
        "10:00,Bern\n11:00,Rome\n",
    ],
)
def test_places_that_not_all_lines_have_are_no_ids_without_a_heading(text: str) -> None:
    assert detect(TEXTS, "", text) is None


def test_years_are_no_places() -> None:
    assert users("2025-1,Bern\n2026-1,Rome\n") == [("2025-1", "Bern"), ("2026-1", "Rome")]


@pytest.mark.parametrize(
    ("above", "around"),
    [
        ("", ()),
        ("users.csv:\n", ("Left out above the table: “users.csv:”.",)),
        ("data:\n  users.csv:\n", ("Left out above the table: “data:” and 1 more line.",)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_all_rows_are_indented_by_is_left_out(above: str, around: tuple[str, ...], end: str) -> None:
    text = (above + "".join(f"    {line}\n" for line in LINES)).replace("\n", end)
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (SPACES, *around)


def test_lines_of_a_cell_keep_their_spaces() -> None:
    text = 'USER_ID,CITY\nu-1,"Bern\n  East"\n'
    assert users(text) == [("u-1", "Bern\n  East")]
    assert read(text).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "users.csv\n1:USER_ID,CITY\n2:u-1,Bern\n3:u-2,Rome\n",
        "ef003f15\t(       Ann\t2026-11-30 08:10:24 +0000\t1)USER_ID,CITY\n"
        "fd2216e6\t(       Ann\t2026-11-30 08:10:25 +0000\t2)u-1,Bern\n"
        "fd2216e6\t(       Ann\t2026-11-30 08:10:25 +0000\t10)u-2,Rome\n",
    ],
)
def test_places_of_git_are_left_out(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_the_name_of_a_file_above_rows_without_places_is_a_title() -> None:
    assert users("users.csv\nUSER_ID,CITY\nu-1,Bern\n") == [("u-1", "Bern")]
    assert "users.csv" in read("users.csv\nUSER_ID,CITY\nu-1,Bern\n").changes[0]


@pytest.mark.parametrize("place", ["%d:", "users.json:%d:", "main:users.json:%d:"])
def test_places_before_lines_with_spaces_of_their_own_are_left_out(place: str) -> None:
    texts = (
        '[\n  {\n    "USER_ID": "u-1",\n\n    "CITY": "Bern"\n  }\n]',
        " user_id | city\n---------+------\n u-1     | Bern",
    )
    for text in texts:
        numbered = "\n".join(place % number + line for number, line in enumerate(text.split("\n"), 1))
        assert users(numbered) == [("u-1", "Bern")]


def test_keys_with_a_space_behind_their_colon_are_no_places() -> None:
    text = '1: {"USER_ID": "u-1", "CITY": "Bern"}\n2: {"USER_ID": "u-2", "CITY": "Rome"}\n'
    assert "places" not in read(text).words
