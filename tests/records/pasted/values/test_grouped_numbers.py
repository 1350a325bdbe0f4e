"""Numbers whose digits are in groups: which number each is, by hand, and where it might be one or another."""

import pytest

from console.records.pasted.values.grouped_numbers import ungrouped
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(WHOLE=["null", "long"], FRACTION="double", NAME="string", IS_MEMBER="boolean")


@pytest.mark.parametrize(
    ("name", "text", "number"),
    [
        ("WHOLE", "1,234", "1234"),
        ("WHOLE", "1.234", "1234"),
        ("WHOLE", "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "1234567"),
        ("WHOLE", "-1'234", "-1234"),
        ("WHOLE", "+1\N{RIGHT SINGLE QUOTATION MARK}234", "1234"),
        ("WHOLE", " 001,234 ", "1234"),
        ("WHOLE", "0,000", "0"),
        ("WHOLE", "1,234.567", None),
        ("WHOLE", "1,234.5", None),
        ("WHOLE", "1,23", None),
        ("WHOLE", "1234,567", None),
        ("WHOLE", "1234", None),
        # A group has three digits in Europe and America; in India others have two, and nobody knows how many are missing.
        ("WHOLE", "1,23,456", None),
        ("FRACTION", "1,234", None),
        ("FRACTION", "1.234", None),
        ("FRACTION", "1,234,567", "1234567"),
        ("FRACTION", "1.234.567", "1234567"),
        ("FRACTION", "1 234", "1234"),
        ("FRACTION", "1 234,5", "1234.5"),
        ("FRACTION", "1,234.5", "1234.5"),
        ("FRACTION", "1.234,567", "1234.567"),
        ("FRACTION", "€ 1 234", "1234"),
        ("WHOLE", "1,234 CHF", "1234"),
        ("FRACTION", "-3,5", "-3.5"),
        ("FRACTION", "3,1416", "3.1416"),
        ("FRACTION", "0012,5", "12.5"),
        ("FRACTION", "1,2,3", None),
        ("NAME", "1,234", None),
        ("IS_MEMBER", "1,234", None),
    ],
)
def test_a_number_in_groups(name: str, text: str, number: str | None) -> None:
    field = SCHEMA.field(name)
    assert field is not None
    assert ungrouped(field, text) == number
