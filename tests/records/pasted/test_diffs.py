"""Diffs: the new lines are records, and those that they remove are never."""

import pytest

from tests.records.pasted.tables.reading import read, users

CSV = "USER_ID,CITY\nu-1,Bern\nu-2,Rome\n"
PSQL = " user_id | city\n---------+------\n u-1     | Bern\n"
LINES = '{"USER_ID": "u-1", "CITY": "Bern"}\n{"USER_ID": "u-2", "CITY": "Rome"}\n'
COMMIT = "commit ab12cd\nAuthor: Ann <ann@shop.example>\n\n    drop\n\ndiff --git a/u b/u\n--- a/u\n+++ b/u\n@@ -1,2 +0,0 @@\n"


def marked(mark: str, text: str) -> str:
    """Return a text with a mark before each line."""
    return "".join(f"{mark}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (COMMIT + marked("-", LINES), "-"),
        (COMMIT + marked("-", CSV), "-"),
        (COMMIT + marked("-", LINES) + "+\n+# No users\n", "-"),
        ("--- a/u\n+++ b/u\n@@ -1,3 +1 @@\n USER_ID,CITY\n-u-1,Bern\n-u-2,Rome\n", "-"),
        ("@@ -1,3 +1,1 @@ users\n USER_ID,CITY\n-204,Bern\n-7,Rome\n", "-"),
        (" USER_ID,CITY\n-u-1,Bern\n-u-2,Rome\n", "-"),
        (marked("-", CSV), "-"),
        (marked("-", CSV.replace(",", "\t")), "-"),
        (marked("-", PSQL), "-"),
        ("-u-1,Bern\n-u-2,Rome\n", "-"),
        (f"1,3d0\n{marked('< ', CSV)}", "<"),
        (marked("< ", LINES), "<"),
        ('Dropped:\n-{"USER_ID": "u-1", "CITY": "Bern"}\nThanks\n', "-"),
    ],
)
def test_lines_that_a_diff_removes_are_no_records(text: str, mark: str) -> None:
    for line_break in ("\n", "\r\n"):
        assert (
            f"on lines that begin with “{mark}”, as those that a diff removes"
            in read(text.replace("\n", line_break)).refusal
        )


def test_a_removed_list_that_cannot_be_sent_is_no_records_either() -> None:
    rows = "".join(f"-u-{number},Bern\n" for number in range(12))
    assert "as those that a diff removes" in read(f"@@ -1,13 +1,1 @@\n USER_ID,CITY\n{rows}").refusal


@pytest.mark.parametrize(
    "text",
    [
        f"0a1,3\n{marked('> ', CSV)}",
        "1c1,3\n< USER_ID\n---\n" + marked("> ", CSV),
        "diff old new\n2,3c2,3\n< u-1,Bonn\n< u-3,Oslo\n---\n> u-1,Bern\n> u-2,Rome\n\\ No newline at end of file\n",
        "--- a/u\n+++ b/u\n@@ -1,2 +1,3 @@\n USER_ID,CITY\n-u-0,Oslo\n+u-1,Bern\n+u-2,Rome\n",
        "See this:\n--- a/u\n+++ b/u\n@@ -1,2 +1,3 @@\n USER_ID,CITY\n+u-1,Bern\n+u-2,Rome\n",
    ],
)
def test_the_new_lines_of_a_diff_are_records(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-[ RECORD 1 ]-\nUSER_ID | u-1\nCITY    | Bern\n", [("u-1", "Bern")]),
        ("-RECORD 0-----\n USER_ID | u-1  \n CITY    | Bern \n", [("u-1", "Bern")]),
        ("- USER_ID: u-1\n  CITY: Bern\n", [("u-1", "Bern")]),
        (PSQL, [("u-1", "Bern")]),
        ('Users:\n- {"USER_ID": "u-1", "CITY": "Bern"}\nThanks\n', [("u-1", "Bern")]),
        ("-- USER_ID,CITY\n-- u-1,Bern\n", [("u-1", "Bern")]),
    ],
)
def test_other_lines_with_a_dash_are_none_of_a_diff(text: str, found: list[tuple[str, str]]) -> None:
    assert users(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (marked("- ", CSV), "2 rows of CSV, in a list"),
        (marked("- ", PSQL), "1 row of a psql table, in a list"),
        (marked("* ", "USER_ID  CITY\nu-1      Bern\n"), "1 row of a table with aligned columns, in a list"),
        ("- user_id: u-1, city: Bern\n- user_id: u-2, city: Rome\n", "2 rows of names and values, in a list"),
        ("- [ ] user_id: u-1, city: Bern\n- [x] user_id: u-2, city: Rome\n", "2 rows of names and values, in a list"),
    ],
)
def test_rows_may_be_items_of_a_list(text: str, words: str) -> None:
    assert read(text).words == words
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")][: int(words[0])]


def test_a_list_of_fields_is_one_record() -> None:
    assert users("- USER_ID: u-1\n- CITY: Bern\n") == [("u-1", "Bern")]


def test_removed_lines_that_cannot_be_read_are_no_records_either() -> None:
    text = '@@ -1,3 +1,1 @@\n USER_ID,CITY\n-u-1,Bern,x\n-u-2,"Rome\n'
    assert "as those that a diff removes" in read(text).refusal


def test_a_line_that_looks_like_a_command_of_diff_is_a_title() -> None:
    assert users("1d0\nUSER_ID,CITY\nu-1,Bern\n") == [("u-1", "Bern")]
