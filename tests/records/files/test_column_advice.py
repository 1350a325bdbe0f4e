"""What is said of the columns of a file as a whole."""

from console.records.files.column_advice import ColumnAdvice
from console.records.files.csv_file import EntityRecord
from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], TIER="categorical string", NAME="string")


def advised(rows: list[dict[str, object]], schema: Schema = SCHEMA) -> list[tuple[str, str, str]]:
    """Return field, kind and sentence of each piece of advice on rows, by their properties."""
    advice = ColumnAdvice(schema)
    for number, row in enumerate(rows):
        advice.look_at(EntityRecord(f"u-{number}", row))
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
    sentence = "It has more than 1000 categories. AWS's documents ask for at most 1000 in a column."
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
