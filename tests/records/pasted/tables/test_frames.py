"""What stands around tables with aligned columns: titles, frames and numbers of rows; and numbers that are rounded."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, values
from tests.records.pasted.tables.reading import read, users

ROWS = "u-1       34    1.5  true   Gold\nu-2               2  false  Basic\n"
HEADING = "USER_ID  AGE  SCORE  VIP    MEMBERSHIP_TYPE\n"


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("               Users\n", "Left out above the table: “Users”."),
        ("df.head()\n", "Left out above the table: “df.head()”."),
        ("Users\n────────────────────────────\n", "Left out above the table: “Users”."),
        ("Users of today\nas of 10:00\n", "Left out above the table: “Users of today” and 1 more line."),
    ],
)
def test_a_title_right_above_aligned_columns_is_left_out_and_named(above: str, said: str) -> None:
    text = above + HEADING + ROWS
    assert values(text) == [GOLD, BASIC]
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert detected.changes[0] == said


def test_the_frame_that_narwhals_draws_is_left_out() -> None:
    # Narwhals around a data frame of pandas.
    text = (
        "┌──────────────────────────────────────────────┐\n"
        "|              Narwhals DataFrame              |\n"
        "|----------------------------------------------|\n"
        "|  USER_ID   AGE  SCORE    VIP  MEMBERSHIP_TYPE|\n"
        "|0     u-1  34.0    1.5   True             Gold|\n"
        "|1     u-2   NaN    2.0  False            Basic|\n"
        "└──────────────────────────────────────────────┘\n"
    )
    assert values(text) == [GOLD, BASIC]


def test_a_listing_of_sas_has_a_title_and_blank_lines_around_its_heading() -> None:
    text = (
        "                     The SAS System          10:21 Tuesday, December 1, 2026   1\n\n"
        "               Obs    USER_ID    AGE    CITY\n\n"
        "                 1     u-1        34    Bern\n"
        "                 2     u-2         .    New York\n"
    )
    schema = users_schema(AGE=["null", "int"], CITY="string")
    assert values(text, schema) == [("u-1", 34, "Bern"), ("u-2", None, "New York")]


@pytest.mark.parametrize("above", ["Users  of  today\n", "one\ntwo\nthree\n"])
def test_lines_with_columns_or_many_are_no_titles(above: str) -> None:
    detected = detect(SCHEMA, "", above + HEADING + ROWS)
    assert detected is None or not detected.text


def test_the_frame_that_stata_draws_is_left_out() -> None:
    text = (
        (
            "\n     +-----------------------------------------+\n"
            "     | user_id   age   score     vip   membe~e |\n"
            "     |-----------------------------------------|\n"
            "  1. |     u-1    34     1.5    true      Gold |\n"
            "  2. |     u-2     .       2   false     Basic |\n"
            "     +-----------------------------------------+\n"
        )
        .replace("membe~e", "MEMBERSHIP_TYPE")
        .replace("      Gold", "              Gold")
        .replace("     Basic", "             Basic")
    )
    assert values(text) == [GOLD, BASIC]


def test_other_frames_stay() -> None:
    assert users("+----+\n| USER_ID | CITY |\n| u-1 | Bern |\n+----+\n") == [("u-1", "Bern")]


def test_a_row_of_types_in_a_box_without_lines_between_columns_is_left_out() -> None:
    text = (
        "┌───────────────────┐\n│ USER_ID   CITY    │\n│ str       str     │\n╞═══════════════════╡\n"
        "│ u-1       Bern    │\n└───────────────────┘\n"
    )
    assert users(text) == [("u-1", "Bern")]


def test_bars_of_prettytable_are_those_of_a_box() -> None:
    text = "|─────────┬──────|\n| USER_ID │ CITY |\n|─────────┼──────|\n|   u-1   │ a|b  |\n|─────────┴──────|\n"
    assert users(text) == [("u-1", "a|b")]


def test_lines_in_a_cell_of_a_table_with_bars_are_its_own() -> None:
    assert users("| USER_ID | CITY |\n|---|---|\n| u-1 | a─│b |\n") == [("u-1", "a─│b")]


def test_lists_in_a_table_of_node_are_in_the_order_of_the_schema() -> None:
    text = (
        "┌─────────┬───────┬────────┐\n│ (index) │   0   │   1    │\n├─────────┼───────┼────────┤\n"
        "│    0    │ 'u-1' │ 'Bern' │\n│    1    │ 'u-2' │ 'Rome' │\n└─────────┴───────┴────────┘\n"
    )
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert "The columns are taken in the schema's order: USER_ID, CITY." in read(text).changes


def test_keywords_of_clojure_are_names() -> None:
    assert users("| :user-id | :city |\n|----------+-------|\n|      u-1 |  Bern |\n") == [("u-1", "Bern")]


def test_names_and_values_of_a_hashtable_are_a_record() -> None:
    assert users("Name      Value\n----      -----\nUserId    u-1\nCity      Bern\n") == [("u-1", "Bern")]


def test_a_matrix_of_r_that_is_turned_has_a_record_in_each_column() -> None:
    text = '        [,1]   [,2]  \nUSER_ID "u-1"  "u-2" \nCITY    "Bern" "Rome"\n'
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_a_struct_of_ruby_on_each_line_is_no_comment() -> None:
    text = '#<struct User USER_ID="u-1", CITY="Bern">\n#<struct User USER_ID="u-2", CITY="Rome">\n'
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


TIBBLE = "# A tibble: 1 \u00d7 2\n  USER_ID  SCORE\n  <chr>    <dbl>\n1 u-1     {:>6}\n"


def test_a_number_that_a_tibble_has_rounded_is_refused() -> None:
    detected = detect(users_schema(SCORE="double"), "", TIBBLE.format("1204."))
    assert detected is not None
    assert detected.refusal == (
        "Line 4: a tibble has rounded 1204., of which it shows no fraction. Paste the output of as.data.frame or write.csv."
    )


def test_a_number_that_a_tibble_may_have_rounded_is_named() -> None:
    detected = detect(users_schema(SCORE="double"), "", TIBBLE.format("88.2"))
    assert detected is not None
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "SCORE": 88.2}]
    assert detected.changes[0] == (
        "A tibble shows three digits of a number, so 88.2 may be rounded. Check it, or paste the output of as.data.frame "
        "or write.csv."
    )


@pytest.mark.parametrize("number", ["8.2", "120", "0.75"])
def test_a_number_with_fewer_digits_is_whole(number: str) -> None:
    detected = detect(users_schema(SCORE="double"), "", TIBBLE.format(number))
    assert detected is not None
    assert not any("tibble" in each for each in detected.changes)


def test_a_point_alone_is_no_value_in_a_field_of_numbers() -> None:
    assert values("USER_ID  AGE\nu-1      .\n", users_schema(AGE=["null", "int"])) == [("u-1", None)]


def test_words_in_columns_that_are_aligned_to_the_right_belong_to_the_name_above_their_end() -> None:
    schema = users_schema(CITY="string", AGE=["null", "int"])
    # R 4.2.2, print(d).
    text = "  USER_ID              CITY AGE\n1     u-1 La Chaux-de-Fonds  34\n2     u-2              Rome  NA\n"
    assert values(text, schema) == [("u-1", "La Chaux-de-Fonds", 34), ("u-2", "Rome", None)]


def test_a_cell_of_two_words_beside_an_empty_one_stays_in_its_column() -> None:
    schema = users_schema(CITY=["null", "string"], PLAN="string", TOWN="string")
    text = "USER_ID  CITY  PLAN  TOWN\nu-1      Bern  Gold  Rome\nu-2            Free  St. Gallen\n"
    assert values(text, schema) == [("u-1", "Bern", "Gold", "Rome"), ("u-2", None, "Free", "St. Gallen")]


@pytest.mark.parametrize(
    ("name", "city", "note"),
    [("CIT", "Bern", "CIT is taken for CITY."), ("CIT", None, ""), ("XIT", "Bern", "")],
)
def test_a_name_that_sqlplus_cuts_above_a_narrow_column_is_that_of_its_field(
    name: str, city: str | None, note: str
) -> None:
    others = ["CITY_OF_BIRTH"] if city is None else []
    schema = users_schema(AGE="int", CITY="string", **dict.fromkeys(others, "string"))
    text = f"USER_ID    {name}         AGE\n---------- --- ----------\nu-1        Bern         3\nu-2        Rom          4\n"
    text = text.replace("Bern ", "Ber  ")
    detected = detect(schema, "", text)
    assert detected is not None
    assert (note in detected.changes) is bool(note)
