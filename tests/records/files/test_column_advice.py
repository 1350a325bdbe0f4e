"""What is said of the columns of a file as a whole."""

from typing import cast

import pytest

from console.records.files.checking.cell_checks import CellRules
from console.records.files.checking.column_checks import ColumnCheck
from console.records.files.column_advice import ColumnAdvice
from console.records.files.source import Cell
from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], TIER="categorical string", NAME="string")


def advised(rows: list[dict[str, object]], schema: Schema = SCHEMA) -> list[tuple[str, str, str]]:
    """Return field, kind and sentence of each piece of advice on rows, by their properties."""
    advice = ColumnAdvice(schema)
    # Two files of one import.
    for part in (rows[:2], rows[2:]):
        checks = [ColumnCheck(each, CellRules(is_strict=True)) for each in schema.metadata_fields]
        advice.begin_file(checks)
        for check in checks:
            check.check([cast(Cell, row.get(check.field.property_name)) for row in part])
        advice.end_file(checks)
    return [(name, doubt.kind, doubt.sentence) for name, doubt in advice.doubts()]


def test_a_column_that_may_be_null_is_to_be_filled_in_seven_rows_of_ten() -> None:
    row: dict[str, object] = {"tier": "Gold", "name": "Ada"}
    assert advised([{**row, "age": 1}] * 70 + [row] * 30) == []
    sentence = "69 % of its rows have a value. AWS's documents ask for at least 70 % of a column."
    assert advised([{**row, "age": 1}] * 69 + [{**row, "age": None}] * 31) == [
        ("AGE", "Columns that are hardly filled", sentence)
    ]


def test_few_rows_say_nothing_of_how_full_a_column_is() -> None:
    row: dict[str, object] = {"tier": "Gold", "name": "Ada"}
    assert advised([row] * 24) == []
    assert [kind for _name, kind, _sentence in advised([row] * 25)] == ["Columns that are hardly filled"]
    assert advised([]) == []


def test_a_column_is_to_have_a_thousand_categories_at_most() -> None:
    rows: list[dict[str, object]] = [
        {"tier": f"a{number}|b{number}", "name": "Ada", "age": 1} for number in range(500)
    ]
    assert advised(rows) == []
    sentence = (
        "It has more than 1000 categories. AWS's documents ask for at most 1000 in a column. Spellings were compared "
        "among the first of them alone."
    )
    assert advised([*rows, {"tier": "c", "name": "Ada", "age": 1}]) == [
        ("TIER", "Columns of many categories", sentence)
    ]


def test_one_meaning_in_several_spellings_is_named() -> None:
    tiers = ("gold", "Gold|New Member", " GOLD", "new  member", "Silver")
    assert advised([{"tier": tier, "name": "Ada", "age": 1} for tier in tiers]) == [
        (
            "TIER",
            "Categories in several spellings",
            "One meaning may have several spellings: “ GOLD”, “Gold”, “gold”; “New Member”, “new  member”. Each "
            "spelling is a category of its own: write one for one meaning.",
        )
    ]
    many = [{"tier": f"{letter}|{letter.upper()}", "name": "Ada", "age": 1} for letter in "abcd"]
    ((_name, _kind, sentence),) = advised([*many])
    assert "“A”, “a”; “B”, “b”; “C”, “c”, and others. Each" in sentence


@pytest.mark.parametrize(
    ("tiers", "named"),
    [
        (("Z\u00fcrich", "Zu\u0308rich"), "“Zu\u0308rich” (U+0308), “Z\u00fcrich” (U+00FC)"),
        (("Gold", "\uff27\uff4f\uff4c\uff44"), "“Gold”, “\uff27\uff4f\uff4c\uff44”"),
        (("New Member", "New\u00a0Member"), "“New Member”, “New\u00a0Member” (U+00A0)"),
        (("Gold", "Go\u200bld"), "“Gold”, “Go\u200bld” (U+200B)"),
        (("sci fi", "Sci-Fi", "sci_fi", "sci \u2013 fi"), "“Sci-Fi”, “sci fi”, “sci \u2013 fi”, “sci_fi”"),
    ],
)
def test_spellings_that_look_alike_are_told_apart(tiers: tuple[str, ...], named: str) -> None:
    ((_name, _kind, sentence),) = advised([{"tier": tier, "name": "Ada", "age": 1} for tier in tiers])
    assert sentence.startswith(f"One meaning may have several spellings: {named}. Each spelling")


def test_what_is_beside_words_is_a_meaning_of_its_own() -> None:
    tiers = ("scifi", "sci fi", "5", "-5", "A", "A-", "A+", "Malmö", "Malmo")
    assert advised([{"tier": tier, "name": "Ada", "age": 1} for tier in tiers]) == []


def test_spellings_are_compared_among_the_first_of_too_many_categories() -> None:
    tiers = ("gold", "Gold", *(f"c{number}" for number in range(1100)), "silver", "Silver")
    found = advised([{"tier": tier, "name": "Ada", "age": 1} for tier in tiers])
    assert [kind for _name, kind, _sentence in found] == [
        "Columns of many categories",
        "Categories in several spellings",
    ]
    assert "“Gold”, “gold”. Each" in found[1][2]


def test_of_columns_that_were_checked_only_those_of_the_file_are_advised_on() -> None:
    schema = users_schema(AGE=["null", "int"], CITY=["null", "string"], KIND="categorical string")
    checks = [ColumnCheck(field, CellRules()) for field in schema.fields if field.name != "CITY"]
    columns: list[list[str | None]] = [["u"] * 30, [None] * 15 + ["34"] * 15, ["Gold", "gold"] * 15]
    for check, cells in zip(checks, columns, strict=True):
        check.check(cells)
    found = {name: doubt.sentence for name, doubt in ColumnAdvice.of_columns(schema, checks).doubts()}
    assert list(found) == ["AGE", "KIND"]
    assert found["AGE"].startswith("50 % of its rows have a value.")
    assert "“Gold”, “gold”" in found["KIND"]
