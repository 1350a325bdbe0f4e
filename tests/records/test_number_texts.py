"""What is said of text where a number is expected."""

import pytest

from console.records.judging import judge_properties
from console.records.number_texts import describe_text_of
from tests.records.schemas import users_schema

COMMAS = ("a number with commas", "Write it without separators, and with a point before a fraction.")
SPACES = ("a number with spaces", "Write it without spaces.")
PLUS = ("a number with a plus sign", "Leave out the plus sign.")
ZEROS = ("a number that begins with 0", "Leave out the zeros before it.")
POINT = ("a number that begins or ends with a point", "Write it as 7 or 0.7.")
SIGN = ("a number with the sign of a currency or of percent", "Write the number alone.")
BOUNDS = ("a number out of these bounds", "")
FRACTION = ("a number with a fraction or an exponent", "")


@pytest.mark.parametrize(
    ("type_", "text", "kind_and_advice"),
    [
        ("int", "1,234", COMMAS),
        ("long", "-1,234,567", COMMAS),
        ("float", " 1,234.50 ", COMMAS),
        ("double", "12,34,567.5", COMMAS),
        ("double", "1.234.567,89", COMMAS),
        ("double", "1 234,5", COMMAS),
        ("float", "0,5", COMMAS),
        ("int", "1 234", SPACES),
        ("long", "1\u00a0234\u202f567", SPACES),
        ("float", "+1.5", PLUS),
        ("int", "007", ZEROS),
        ("float", "-00.5", ZEROS),
        ("float", ".5", POINT),
        ("float", "5.", POINT),
        ("float", "$1,234.50", SIGN),
        ("float", "12 €", SIGN),
        ("int", "5%", SIGN),
        ("int", "2147483648", BOUNDS),
        ("float", "1e400", BOUNDS),
        ("int", "1e400", BOUNDS),
        (["null", "long"], "9" * 500, ("a number out of these bounds", "")),
        ("int", "30.0", FRACTION),
        ("long", "1e3", FRACTION),
        ("int", "many", ("text", "")),
        ("int", "1,2,x", ("text", "")),
        ("int", "2020-01-02", ("text", "")),
        ("int", "1,", ("text", "")),
        ("boolean", "1,234", ("text", "")),
        (["boolean", "int"], "1,234", COMMAS),
    ],
)
def test_says_why_a_text_is_none_of_the_numbers(type_: str | list[str], text: str, kind_and_advice: tuple[str, str]) -> None:  # fmt: skip
    field = users_schema(AGE=type_).fields[1]
    found, advice = describe_text_of(field, text)
    assert (found.kind, advice) == kind_and_advice
    assert found.text.startswith(f"the text “{text[:40]}")


def test_a_field_of_text_has_text() -> None:
    found, advice = describe_text_of(users_schema(CITY="string").fields[1], "1,234")
    assert (found.kind, advice) == ("text", "")


def test_a_request_is_answered_without_the_value_and_a_page_says_how_to_mend_it() -> None:
    judged = judge_properties(users_schema(AGE="int"), "u", '{"age": "1,234"}')
    assert isinstance(judged, list)
    expected = "Expected a whole number from -2147483648 to 2147483647 (int)"
    assert [fault.sentence(reveal=False) for fault in judged] == [f"{expected}; found a number with commas."]
    assert [fault.sentence() for fault in judged] == [
        f"{expected}; found the text “1,234”. Write it without separators, and with a point before a fraction."
    ]
