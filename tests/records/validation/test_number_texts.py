"""What is said of text where a number is expected."""

import pytest

from console.records.validation.number_texts import describe_text_of
from console.records.validation.validation import validate_properties
from tests.records.literal_schemas import users_schema

COMMAS = ("a number with commas", "Write it without separators, and with a point before a fraction.")
SPACES = ("a number with spaces", "Write it without spaces.")
PLUS = ("a number with a plus sign", "Leave out the plus sign.")
ZEROS = ("a number that begins with 0", "Leave out the zeros before it.")
POINT = ("a number that begins or ends with a point", "Write it as 7 or 0.7.")
SIGN = ("a number with the sign of a currency", "Write the number alone.")
PERCENT = (
    "a number with a percent sign",
    "Write the number alone: 12% is 12 or 0.12, as the other values of the field are.",
)
PARENTHESES = ("a number in parentheses", "If it is below zero, write it with a minus sign.")
BOUNDS = ("a number out of these bounds", "")
FRACTION = "a number with a fraction or an exponent"


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
        ("int", "5%", PERCENT),
        ("double", "-40.5 %", PERCENT),
        ("double", "(12.00)", PARENTHESES),
        ("int", "($1,234)", PARENTHESES),
        ("int", "2147483648", BOUNDS),
        ("float", "1e400", BOUNDS),
        ("int", "1e400", BOUNDS),
        (["null", "long"], "9" * 500, ("a number out of these bounds", "")),
        ("int", "30.0", (FRACTION, "Write 30.")),
        ("long", "1e3", (FRACTION, "Write 1000.")),
        ("int", "1.5", (FRACTION, "")),
        ("int", "many", ("text", "")),
        ("int", "1,2,x", ("text", "")),
        ("int", "2020-01-02", ("text", "")),
        ("int", "1,", ("text", "")),
        ("boolean", "1,234", ("text", "Write true or false.")),
        ("boolean", "1", ("a number", "Write true or false.")),
        ("boolean", "TRUE", ("text", "Write true.")),
        (["boolean", "int"], "1,234", COMMAS),
    ],
)
def test_says_why_a_text_is_none_of_the_numbers(type_: str | list[str], text: str, kind_and_advice: tuple[str, str]) -> None:  # fmt: skip
    field = users_schema(AGE=type_).fields[1]
    wrong = describe_text_of(field, text)
    assert (wrong.found.kind, wrong.advice) == kind_and_advice
    assert wrong.found.text.startswith(f"the text “{text[:40]}")


def test_seconds_with_a_fraction_are_told_without_it() -> None:
    schema = users_schema(SIGN_UP_TIMESTAMP="long")
    assert describe_text_of(schema.fields[1], "1746100800.123").advice == "In whole seconds it is 1746100800."
    assert describe_text_of(schema.fields[1], "-1.5").advice == ""


def test_a_field_of_text_has_text() -> None:
    wrong = describe_text_of(users_schema(CITY="string").fields[1], "1,234")
    assert (wrong.found.kind, wrong.found.told, wrong.advice) == ("text", "", "")


@pytest.mark.parametrize(
    ("type_", "value", "told"),
    [
        ("int", '"1,234"', "a number with commas. Write it without separators, and with a point before a fraction."),
        ("int", "34.0", "the number 34.0. Write 34."),
        ("int", '"34.0"', "the text “34.0”. Write 34."),
        ("int", "1e3", "the number 1e3. Write 1000."),
        ("int", "34.5", "the number 34.5."),
        ("int", "99999999999", "a number out of these bounds."),
        # What may be a telephone number, or that of a card, is not repeated, nor is what to write instead.
        ("long", "4111111111111111.0", "a number with a fraction or an exponent."),
        ("int", '"4915112345678"', "a number out of these bounds."),
        ("int", "true", "true."),
        ("int", '"NaN"', "the text “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable."),
        ("float", '"-inf"', "the text “-inf”. JSON has only finite numbers. Write null for no value, if the field is nullable."),
        ("int", '"thirty"', "text."),
        ("int", '"None"', "the text “None”."),
        ("boolean", "1", "the number 1. Write true or false."),
        ("boolean", '"True"', "the text “True”. Write true."),
        ("boolean", '"ill"', "text. Write true or false."),
        ("string", "34", "a number. Put it in double quotes."),
        ("string", "true", 'true. Write "true".'),
        (["null", "int"], "[1]", "an array. Fields hold single values."),
        ("int", "null", "null. This field is not nullable."),
    ],
)  # fmt: skip
def test_a_client_is_told_what_says_nothing_of_a_person(type_: str | list[str], value: str, told: str) -> None:
    validated = validate_properties(users_schema(AGE=type_), "u", f'{{"age": {value}}}')
    assert isinstance(validated, list)
    (fault,) = validated
    assert fault.field == "AGE"
    assert fault.sentence(reveal=False).partition("; found ")[2] == told


@pytest.mark.parametrize(
    ("properties", "field", "told"),
    [
        (
            '{"age": NaN}',
            "AGE",
            "Expected a JSON value; found “NaN”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        *(
            (
                f'{{"age": {word}}}',
                "AGE",
                f"Expected a JSON value; found “{word}”. JSON has only finite numbers. Write null for no value, if the field is nullable.",
            )
            for word in ("nan", "NAN", "inf", "-inf", "Infinity", "-infinity")
        ),
        ('{"age": None}', "AGE", "Expected a JSON value; found “None”. Write null."),
        ('{"age": True}', "AGE", "Expected a JSON value; found “True”. Write true."),
        ('{"age": undefined}', "AGE", "Expected a JSON value; found “undefined”. Write null."),
        ('{"age": 034}', "AGE", "Expected a JSON value; found a number that begins with 0. Leave out the zeros before it."),
        ('{"age": secret}', "AGE", "Expected a JSON value; found a word. Write text in double quotes."),
        ("{'age': 34}", None, "Expected a name in double quotes; found “'”. Write text in double quotes."),
        ("{age: 34}", None, "Expected a name in double quotes; found another character. Write names in double quotes."),
        (
            '{“age”: 34}',
            None,
            "Expected a name in double quotes; found left double quotation mark (U+201C). Write straight double quotes.",
        ),
        ('{"age": 34', None, "Expected a comma or “}”; found the end of the text."),
        ('{"age": 34; "b": 1}', None, "Expected a comma or “}”; found “;”."),
        ("secret", None, "Expected a JSON value; found a word. Write text in double quotes."),
    ],
)  # fmt: skip
def test_a_client_is_told_which_mark_or_word_is_no_json(properties: str, field: str | None, told: str) -> None:
    validated = validate_properties(users_schema(AGE="int"), "u", properties)
    assert isinstance(validated, list)
    assert [(fault.field, fault.sentence(reveal=False)) for fault in validated] == [(field, told)]
