"""Warnings about valid rows."""

import pytest

from console.records.entities import USERS
from console.records.files.csv_batches import CsvTable
from console.records.files.row_doubts import doubts_on_batch, doubts_on_heading, repeated
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(CITY=["null", "string"], NAME="string", TIER="categorical string", AGE="int")


def doubts(row: str) -> list[tuple[str, str, str]]:
    """Return field, kind and sentence of each doubt on a row."""
    plain = "u-1,Paris,Ada,Gold,1"
    table = CsvTable(SCHEMA, ["USER_ID,CITY,NAME,TIER,AGE\n", f"{plain}\n", f"{row}\n", f"{plain}\n"])
    ((batch, _done),) = table.batches()
    found = list(doubts_on_batch(table.check, batch))
    assert {place for place, _field, _doubt in found} <= {1}
    return [(field, doubt.kind, doubt.sentence) for _place, field, doubt in found]


@pytest.mark.parametrize(
    ("row", "field", "kind", "sentence"),
    [
        (
            "u-1,NULL,Ada,Gold,1",
            "CITY",
            "Missing values as text",
            "“NULL” is how programs write that there is no value. Leave the cell empty if there is no value.",
        ),
        (
            "u-1,Paris,nan,Gold,1",
            "NAME",
            "Missing values as text",
            "“nan” is how programs write that there is no value. Check that it is meant as a text.",
        ),
        (
            " u-1,Paris,Ada,Gold,1",
            "USER_ID",
            "Spaces and unseen characters in IDs",
            "The id has spaces around it, so that it is another id than “u-1”.",
        ),
        (
            "1001.0,Paris,Ada,Gold,1",
            "USER_ID",
            "IDs that a spreadsheet has spoiled",
            "“1001.0” looks like the id “1001” as a spreadsheet or a data frame writes it; zeros before it may be lost.",
        ),
        (
            "None,Paris,Ada,Gold,1",
            "USER_ID",
            "Missing values as text",
            "“None” is how programs write that there is no value. Check that it is meant as a text.",
        ),
        (
            "u-1,Paris,Ada,Gold|,1",
            "TIER",
            "Categories that are empty or not separated",
            "A category of “Gold|” is empty. Leave out the | that is too many.",
        ),
    ],
)
def test_says_what_is_hardly_meant(row: str, field: str, kind: str, sentence: str) -> None:
    assert doubts(row) == [(field, kind, sentence)]


@pytest.mark.parametrize(
    "row", ["u-1,Paris,Ada,Gold,1", "User_7,,Ada,Gold,1", "ada,Paris,Ada,Gold,1", "7,Paris,Ada,Gold,1"]
)
def test_plain_rows_raise_no_doubt(row: str) -> None:
    assert doubts(row) == []


def test_a_heading_is_to_have_no_quotes() -> None:
    (doubt,) = doubts_on_heading('"USER_ID","AGE"\n')
    assert (doubt.kind, doubt.sentence) == (
        "Headings in quotes",
        "The heading has quotes. AWS's documents ask for names without them: remove them before AWS reads it.",
    )
    assert list(doubts_on_heading("USER_ID,AGE\n")) == []


def test_of_rows_with_one_id_the_last_one_counts() -> None:
    assert repeated(USERS).sentence == "An earlier row has the same USER_ID. The last one of them counts."


def test_categories_that_are_longer_together_than_one_may_be_are_doubted() -> None:
    of_one = "a" * 500
    assert doubts(f"u-1,Bern,Ada,{of_one}|{'b' * 499},1") == []
    assert doubts(f"u-1,Bern,Ada,{of_one}|{'b' * 500},1") == [
        (
            "TIER",
            "Long categories",
            "The value has 1001 characters in all. AWS's documents do not say whether 1000 is the limit for each "
            "category, or for all of them together.",
        )
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("USER_ID, AGE\n", " AGE"),
        (" USER_ID,AGE", " USER_ID"),
        ("USER_ID,AGE \r\n", "AGE "),
        ("USER_ID ,AGE", "USER_ID "),
    ],
)
def test_spaces_around_names_of_a_heading_are_said(line: str, name: str) -> None:
    (doubt,) = doubts_on_heading(line)
    assert (doubt.kind, doubt.sentence) == (
        "Headings with spaces",
        f"The heading has spaces around “{name}”, which may become a part of the name: remove them.",
    )


@pytest.mark.parametrize("line", ["USER_ID,AGE\r\n", "USER ID,AGE", "USER_ID,,AGE", "USER_ID, ,AGE", ""])
def test_a_heading_without_such_spaces_raises_no_doubt(line: str) -> None:
    assert list(doubts_on_heading(line)) == []
