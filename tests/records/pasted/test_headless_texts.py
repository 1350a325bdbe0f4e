"""Rows without a heading as the items of a list and below words, and ids alone."""

import pytest

from console.records.pasted.detection import detect
from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(AGE=["null", "int"], VIP="boolean", CITY="string")
ROWS = "u-1,3,true,Bern\nu-2,4,false,Rome"
READ = [("u-1", 3, True, "Bern"), ("u-2", 4, False, "Rome")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Please add:\n\n{ROWS}", "2 rows of CSV, among other text"),
        (f"Users of Bern, Rome and more:\n\n{ROWS}\n\nThanks, Nina", "2 rows of CSV, among other text"),
        ("1. u-1, 3, true, Bern\n2. u-2, 4, false, Rome", "2 rows of CSV, in a list"),
        ("- u-1, 3, true, Bern\n- u-2, 4, false, Rome\n", "2 rows of CSV, in a list"),
    ],
)
def test_rows_are_read_in_lists_and_below_words(text: str, words: str) -> None:
    assert values(text, SCHEMA) == READ
    assert read(text, SCHEMA).words == words


def test_words_around_rows_are_named() -> None:
    assert read(f"Please add:\n\n{ROWS}\n\nThanks, Nina", SCHEMA).changes[:2] == (
        "Left out above the table: “Please add:”.",
        "Left out below the table: “Thanks, Nina”.",
    )


def test_rows_in_two_paragraphs_among_words_are_left_alone() -> None:
    first, second = ROWS.split("\n")
    assert detect(SCHEMA, "", f"These are new:\n\n{first}\n\nand these:\n\n{second}") is None
    assert detect(SCHEMA, "", f"Hello.\n\n{first},x\n\nBye.") is None
    assert detect(SCHEMA, "", f"Hello.\n\none, two, three, four\n{second}\n\nBye.") is None
    assert detect(SCHEMA, "", "Hello.\n\nsome words, one, two, three\nmore words, one, two, three\n\nBye.") is None
    assert detect(SCHEMA, "", f"{'x' * 100_000}\n\n{ROWS}") is None
    assert detect(SCHEMA, "", "- u-1\n- to do") is None


@pytest.mark.parametrize(
    ("schema", "needed"),
    [(SCHEMA, "VIP and CITY"), (users_schema(CITY="string"), "CITY")],
)
def test_ids_alone_are_said_to_be_so(schema: Schema, needed: str) -> None:
    detected = read("sv-1\nsv-2\n\nsv-3\n", schema)
    assert detected.words == "3 ids"
    sentence = (
        f"These are ids alone. A record needs {needed} as well: write them behind each id, with a heading above."
    )
    assert detected.refusal == sentence


@pytest.mark.parametrize("text", ["Hello\nWorld", "sv-1", "sv-1\nand more", "http://a.b:80/1\nhttp://a.b:80/2"])
def test_words_are_no_ids(text: str) -> None:
    assert detect(SCHEMA, "", text) is None


def test_ids_that_need_nothing_else_are_left_alone() -> None:
    assert detect(users_schema(CITY=["null", "string"]), "", "sv-1\nsv-2") is None


# As awk prints them.
WORDS = "u-1 3 true Bern\nu-2 4 false Rome\n"


def test_rows_of_as_many_words_as_there_are_fields_are_taken_in_order() -> None:
    assert values(WORDS, SCHEMA) == READ
    assert read(WORDS, SCHEMA).words == "2 rows of words"


@pytest.mark.parametrize(
    "text",
    [
        WORDS.partition("\n")[0],
        WORDS.replace("Rome", "Old Rome"),
        WORDS.replace("u-1", "Ann"),
        WORDS.replace("Rome", "Rome."),
        WORDS.replace("Bern", "f(x)"),
    ],
)
def test_other_words_are_no_rows(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or "words" not in detected.words


def test_words_in_quotes_of_a_shell_are_cells() -> None:
    assert values("'u-1' 3 true 'Bern'\n'u-2' 4 false 'Rome'\n", SCHEMA) == READ
    assert values("'u-1' 3 true 'L'\\''Aquila'", SCHEMA) == [("u-1", 3, True, "L'Aquila")]
    assert values("'u-1' null true 'New York'", SCHEMA) == [("u-1", None, True, "New York")]
    assert read("'u-1' 3 true 'Bern'", SCHEMA).words == "1 row of words in quotes"


@pytest.mark.parametrize("text", ["'u-1' 3 true", "'u-1' 3 true 'Bern", "'u-1' 3 true \"Bern\"", "it's 3 true here"])
def test_other_words_in_quotes_are_left_alone(text: str) -> None:
    assert detect(SCHEMA, "", text) is None
