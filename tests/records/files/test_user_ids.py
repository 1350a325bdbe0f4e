"""Lists of user ids: what is read from them, and what is refused since it may mean somebody else."""

import pytest

from console.records.files.user_ids import UserIds, UserIdsError, read_user_ids, user_ids_csv


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ada", ("ada",)),
        ("  ada \r\n\r\ngrace\rlin\n", ("ada", "grace", "lin")),
        ("\N{ZERO WIDTH NO-BREAK SPACE}ada\n", ("ada",)),
        ("Ada\nada", ("Ada", "ada")),
        ("first name; last", ("first name; last",)),
        ("USER_ID\nada\n", ("ada",)),
        ("\N{ZERO WIDTH NO-BREAK SPACE}USER_ID\nada\n", ("ada",)),
        ("\n\nUSER_ID\n\nada\n", ("ada",)),
        ("userId\nada\n", ("ada",)),
        ('AGE, "USER_ID",CITY\n34,"a,""b""\tc",Bern\n35, lin ,"two\nlines"\n', ('a,"b"\tc', "lin")),
        ("x" * 256, ("x" * 256,)),
    ],
)
def test_reads_ids(text: str, ids: tuple[str, ...]) -> None:
    assert read_user_ids(text) == UserIds(ids, 0)


def test_counts_what_is_repeated() -> None:
    assert read_user_ids("ada\ngrace\nada\nada\n") == UserIds(("ada", "grace"), 2)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["Enter at least one user ID."]),
        (" \n\t\n", ["Enter at least one user ID."]),
        ("USER_ID\n", ["Enter at least one user ID."]),
        (
            "ada\ngrace, lin",
            ["Line 2 has a comma. Write one user ID on each line, or a CSV with the heading USER_ID."],
        ),
        ("ada\t34", ["Line 1 has a tab. Write one user ID on each line, or a CSV with the heading USER_ID."]),
        (
            '"ada"',
            ["Line 1 has a quotation mark. Write one user ID on each line, or a CSV with the heading USER_ID."],
        ),
        ("x" * 257, ["Line 1: expected a user ID of at most 256 characters; found 257."]),
        (
            "AGE,USER_ID\n34,ada\n35\n36,\n",
            [
                "Line 3: expected a user ID in the column USER_ID; found nothing.",
                "Line 4: expected a user ID in the column USER_ID; found nothing.",
            ],
        ),
        (
            "USER_ID;AGE\nada;34",
            ["The first line seems to be a heading. Separate its columns by commas, one of which is USER_ID."],
        ),
        # A heading that only looks as if it had the column.
        (
            '"USER_ID\nAGE"\nada',
            ["The first line seems to be a heading. Separate its columns by commas, one of which is USER_ID."],
        ),
        ('USER_ID\n"ada"x\n', ["Line 2 is no CSV: ',' expected after '\"'."]),
    ],
)
def test_refuses_what_is_no_list_of_ids(text: str, sentences: list[str]) -> None:
    with pytest.raises(UserIdsError) as raised:
        read_user_ids(text)
    assert raised.value.sentences == sentences


def test_names_the_first_ten_problems() -> None:
    with pytest.raises(UserIdsError) as raised:
        read_user_ids("USER_ID,AGE\n" + ",34\n" * 11)
    assert len(raised.value.sentences) == 11
    assert raised.value.sentences[9].startswith("Line 11: ")
    assert raised.value.sentences[10] == "There may be more: these are the first 10."


def test_writes_the_file_that_a_job_reads() -> None:
    assert user_ids_csv(("ada", 'a,"b"')) == 'USER_ID\nada\n"a,""b"""\n'
