"""Numbers with one separator, where others of the same field say whether that stands between thousands."""

import pytest

from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read

SCHEMA = users_schema(SPEND=["null", "double"])
SAID = "in other numbers of its field, the same mark stands between thousands."


def spent(*texts: str) -> list[object]:
    """Return what a press makes of texts in a table of tabs, a text where it stays one."""
    rows = "".join(f"u-{number}\t{text}\n" for number, text in enumerate(texts))
    detected = read(f"USER_ID\tSPEND\n{rows}", SCHEMA)
    validation = validate_record_input(SCHEMA, detected.text)
    return (
        [each.properties.get("spend") for each in validation.records]
        if not validation.problems
        else [each.sentence.partition("found the text ")[2].partition(".")[0] for each in validation.problems]
    )


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("1,234", "1,234.50"), [1234, 1234.5]),
        (("-1,234", "12,345,678", ""), [-1234, 12345678, None]),
        (("$1,234", "$1,234.50"), [1234, 1234.5]),
        (("1.234", "1.234,50"), [1234, 1234.5]),
        (("1.234", "12.345.678"), [1234, 12345678]),
        (("1,234", "7"), ["“1,234”"]),
        # A comma before a fraction in one of them, and both in two.
        (("1,234", "1,234.50", "1,5"), ["“1,234”"]),
        (("1,234", "1,234.50", "1.234,50"), ["“1,234”"]),
    ],
)
def test_one_separator_is_that_of_the_others(texts: tuple[str, ...], numbers: list[object]) -> None:
    assert spent(*texts) == numbers


def test_the_reason_is_said() -> None:
    detected = read("USER_ID\tSPEND\nu-1\t1,234\nu-2\t1,234.50\n", SCHEMA)
    assert detected.changes == (f"1,234 becomes 1234: {SAID}", "1,234.50 becomes 1234.50.")


def test_a_number_of_json_stays() -> None:
    text = '[{"USER_ID": "u-1", "SPEND": 1.234}, {"USER_ID": "u-2", "SPEND": "1.234,50"}]'
    assert [each.properties["spend"] for each in validate_record_input(SCHEMA, read(text, SCHEMA).text).records] == [
        1.234,
        1234.5,
    ]
