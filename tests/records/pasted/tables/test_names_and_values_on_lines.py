"""Names and their values in turn, files of variables with comments, and pairs with commas in values."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

REDIS = '1) "USER_ID"\n2) "u-1"\n3) "CITY"\n4) "Z\\xc3\\xbcrich"\n'


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID\nu-1\nCITY\nBern\n",
        "city\r\nBern\r\nuser_id\r\nu-1\r\n",
        '1) "USER_ID"\n2) "u-1"\n3) "CITY"\n4) "Bern"\n',
    ],
)
def test_names_and_values_in_turn_are_a_record(text: str) -> None:
    assert users(text) == [("u-1", "Bern")]
    assert read(text).words == "1 record with names and values in turn"


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID\nCITY\nu-1\nBern\n",
        "USER_ID\nu-1\nCITY\n",
        "CITY\nBern\nAGE\n34\n",
        "USER_ID\nu-1\nand\nmore\n",
        "USER_ID\nu-1\nCITY\ncity\n",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "in turn" not in detected.words


def test_bytes_of_redis_are_characters() -> None:
    assert users(REDIS) == [("u-1", "Z\u00fcrich")]
    assert users(REDIS.replace("Z\\xc3\\xbcrich", '\\a\\"\\\\x\\n\\x01')) == [("u-1", '\a"\\x\n\x01')]
    assert users('1# "USER_ID" => "u-1"\n2# "CITY" => "Z\\xc3\\xbcrich"\n') == [("u-1", "Z\u00fcrich")]


def test_bytes_that_are_no_text_are_told() -> None:
    assert read(REDIS.replace("\\xbc", "")).refusal == (
        "The bytes of CITY are no text in UTF-8. Paste the records as JSON."
    )


def test_comments_of_a_file_of_variables_are_left_out_and_named() -> None:
    text = '# the user\nUSER_ID="u-1"\n\n# where\nCITY=Bern  # a town\n'
    assert users(text) == [("u-1", "Bern")]
    assert read(text).changes[0] == "3 comments are left out: “# the user”, “# where”, “# a town”."
    assert users("USER_ID=u-1 # one\nCITY='a # b'\n") == [("u-1", "a # b")]
    assert read("USER_ID=u-1 # one\nCITY=Bern\n").changes == ("1 comment is left out: “# one”.",)


def test_a_number_sign_without_a_space_is_part_of_its_value() -> None:
    assert users("USER_ID=u#1\nCITY=a#b\n") == [("u#1", "a#b")]


def test_variables_that_come_again_are_of_another_record() -> None:
    assert users("# one\nUSER_ID=u-1\nCITY=Bern\n\n# two\nUSER_ID=u-2\nCITY=Rome\n") == [
        ("u-1", "Bern"),
        ("u-2", "Rome"),
    ]


def test_a_comma_in_a_value_of_pairs_is_certain_before_no_name() -> None:
    text = "USER_ID=u-1,CITY=St. Louis, MO\nUSER_ID=u-2,CITY=Rome\n"
    assert users(text) == [("u-1", "St. Louis, MO"), ("u-2", "Rome")]
    assert read(text).changes == ("Taken for one value each, as there are no quotes: “St. Louis, MO”.",)


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID=u-1,CITY=St. Louis, MO\n",
        "USER_ID=u-1,CITY=a b, c\nCITY=Rome,USER_ID=u-2\n",
        "USER_ID=u-1,CITY=a b, f(c)\nUSER_ID=u-2,CITY=Rome\n",
        "USER_ID=u-1,CITY=a b, c\nwords\n",
        "USER_ID=u-1,town=a b, c\nUSER_ID=u-2,town=Rome\n",
    ],
)
def test_other_pairs_with_commas_are_not_read(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or not detected.text
