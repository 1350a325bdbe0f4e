"""Amounts of money in cells, as Excel 365 and Google Sheets show them: the number of each, by hand."""

import pytest

from console.records.pasted.values.amounts import bare_amount
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(SPEND="double")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" $ 240.50 ", "240.50"),
        ("$1,234.50", "1,234.50"),
        (" $ (12.00)", "-12.00"),
        ("($12.00)", "-12.00"),
        ("-$12.00", "-12.00"),
        ("$-12.00", "-12.00"),
        (" $ -   ", "0"),
        ("- €", "0"),
        ("240,50 €", "240,50"),
        ("1.234,50\N{NO-BREAK SPACE}€", "1.234,50"),
        ("CHF 1'234.50", "1234.50"),
        ("12 EUR", "12"),
        ("US$5", "5"),
        # A fraction, or thousands.
        ("$1,234", None),
        ("1.234 €", None),
        ("-$-1", None),
        ("-$(1)", None),
        ("(12.00)", None),
        ("-", None),
        ("$", None),
        ("12%", None),
        ("USDA 5", None),
        ("12.00", None),
    ],
)
def test_an_amount_has_a_number(text: str, number: str | None) -> None:
    assert bare_amount(text) == number


def test_amounts_of_a_spreadsheet_are_numbers_and_the_change_is_said() -> None:
    text = "User ID\tSpend\nu-1\t $ 1,240.50 \nu-2\t $ -   \nu-3\t $ (12.00)\n"
    assert values(text, SCHEMA) == [("u-1", 1240.5), ("u-2", 0), ("u-3", -12.0)]
    assert read(text, SCHEMA).changes == (
        " $ 1,240.50  becomes 1240.50.",
        " $ -    becomes 0.",
        " $ (12.00) becomes -12.00.",
    )


def test_spaces_between_thousands_of_a_number_with_a_fraction_are_certain() -> None:
    text = "User ID\tSpend\nu-1\t1\u202f249,90\u00a0€\nu-2\t1 249 000.5\nu-3\t-1'249,00\n"
    assert values(text, SCHEMA) == [("u-1", 1249.9), ("u-2", 1249000.5), ("u-3", -1249.0)]


def test_several_currencies_are_named() -> None:
    text = "User ID\tSpend\nu-1\t$5\nu-2\t7.50 €\n"
    assert read(text, SCHEMA).changes[0] == (
        "Amounts are in several currencies, and the numbers alone do not tell them apart: $, €."
    )
