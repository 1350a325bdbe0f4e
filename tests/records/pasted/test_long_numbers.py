"""Numbers of more digits than Python makes of a text are refused or left alone where they only count something."""

import pytest

from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], CITY=["null", "string"])
DIGITS = "9" * 5000
RECORD = "{USER_ID: 'u-1', AGE: 34}"


@pytest.mark.parametrize(
    "text",
    [
        f"(1) [{{…}}]\n0: {RECORD}\nlength: {DIGITS}",
        f"({DIGITS}) [{{…}}]\n0: {RECORD}\nlength: 1",
        f"{DIGITS},USER_ID,AGE\n{DIGITS},u-1,34\n",
        f"| # | USER_ID | AGE |\n|---|---|---|\n| {DIGITS} | u-1 | 34 |",
        f'[[users]]\nUSER_ID = "u-1"\nAGE = 0x{DIGITS}\n',
        f"array (size=1)\n  0 => \n    array (size=2)\n      'USER_ID' => string 'u-1' (length={DIGITS})\n"
        "      'AGE' => int 34\n",
        f'Rows: {DIGITS}\nColumns: 2\n$ USER_ID <chr> "u-1"\n$ AGE <int> 34\n',
        'Rows: ,\nColumns: 2\n$ USER_ID <chr> "u-1"\n$ AGE <int> 34\n',
        f"<table><tr><th>USER_ID</th><th>AGE</th></tr><tr><td>&#{DIGITS};</td><td>34</td></tr></table>",
        f'[{{"USER_ID": "u-1", "AGE": {DIGITS}}}]',
        f'[{{"USER_ID": "u-1", "CITY": "&#{DIGITS};"}}]',
    ],
    ids=lambda text: text[:20],
)
def test_a_number_of_thousands_of_digits_raises_nothing(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    validation = validate_record_input(SCHEMA, detected.text if detected and detected.text else text)
    assert all(record.properties.get("age") in (None, 34) for record in validation.records)


def test_the_columns_of_more_rows_than_are_shown_are_refused() -> None:
    text = 'Rows: 999,999,999\nColumns: 2\n$ USER_ID <chr> "u-1", …\n$ AGE <int> 34, …\n'
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert detected.refusal == (
        "It shows the first values of 999,999,999 rows. Paste the output of write_csv or write.csv, or import it."
    )


def test_a_whole_number_of_toml_keeps_its_digits() -> None:
    detected = detect(SCHEMA, "", "[[users]]\nUSER_ID = 12345678901234567890123456\nAGE = 34\n")
    assert detected is not None
    assert '"USER_ID": 12345678901234567890123456,' in detected.text
