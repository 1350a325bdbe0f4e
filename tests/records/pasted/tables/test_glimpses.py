"""Columns of a data frame on a line each, as `glimpse` of polars and of R shows them."""

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.tables.reading import TEXTS, read, users

GLIMPSE = "Rows: 2\nColumns: 2\n$ USER_ID <chr> {}\n$ CITY    <chr> {}\n"


def test_columns_on_a_line_each_become_rows() -> None:
    text = GLIMPSE.format('"u-1", "u-2"', '"St. Gallen, CH", "Rome"')
    assert users(text) == [("u-1", "St. Gallen, CH"), ("u-2", "Rome")]
    assert read(text).words == "2 rows of columns on a line each"


def test_columns_that_are_cut_are_refused() -> None:
    for cities in ('"Bern", …', '"Bern", "Ro…', '"Bern"', '"Bern", "Rome", "Paris"'):
        text = GLIMPSE.format('"u-1", "u-2"', cities)
        assert read(text).refusal == "The values of CITY are cut. Print the whole table."


def test_of_more_rows_than_can_be_sent_the_number_is_told() -> None:
    text = GLIMPSE.replace("Rows: 2", "Rows: 1,200").format('"u-1", "u-2", …', '"Bern", "Rome", …')
    assert read(text).refusal == (
        "It shows the first values of 1,200 rows. Paste the output of write_csv or write.csv, or import it."
    )


def test_a_number_that_r_may_have_rounded_is_named() -> None:
    # dplyr 1.0.10.
    text = 'Rows: 2\nColumns: 2\n$ USER_ID <chr> "u-1", "u-2"\n$ SCORE   <{}> {}\n'
    schema = users_schema(SCORE="double")
    for numbers in ("123, 1234567", "1.500000e+00, -1.234567e+11", "0.001, 123.4567"):
        detected = detect(schema, "", text.format("dbl", numbers))
        assert detected is not None
        number = numbers.split(", ")[1] if "e" not in numbers else "1.500000e+00"
        assert detected.changes[0] == (
            f"glimpse of R shows seven digits of a number, so {number} may be rounded. Check it, or paste the output of "
            "dput or write.csv."
        )
    for type_, numbers in (("dbl", "0.001, 9999.99"), ("int", "1, 1234567"), ("f64", "1.5, 123.4567")):
        detected = detect(schema, "", text.format(type_, numbers))
        assert detected is not None
        assert detected.changes == ()


def test_lines_of_other_names_are_no_columns() -> None:
    assert detect(TEXTS, "", 'Rows: 1\nColumns: 1\n$ COLOUR <chr> "red"\n') is None


def test_what_str_of_r_shows_is_refused() -> None:
    # R 4.2.2.
    text = '\'data.frame\':\t2 obs. of  2 variables:\n $ USER_ID: chr  "u-1" "u-2"\n $ CITY   : chr  "Bern" "Rome"\n'
    assert read(text).refusal == (
        "R's str rounds numbers and cuts what is long. Paste the output of print, dput or write.csv."
    )
