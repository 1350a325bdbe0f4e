"""Tables as consoles, tickets and reports have them: boxes before rows, cells on lines, headings of measures."""

import pytest

from console.records.pasted.table_records import found_in_table
from console.records.pasted.tables.cells_on_lines import read_cells_on_lines
from console.records.pasted.tables.headings import matched_columns
from console.records.pasted.tables.sql.conditions import read_conditions
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

NAMES = "USER_ID\nAGE\nSCORE\nVIP\nMEMBERSHIP_TYPE\n"
GOLD_CELLS, BASIC_CELLS = "u-1\n34\n1.5\ntrue\nGold\n", "u-2\nnull\n2\nfalse\nBasic\n"
WHERE_GOLD = "user_id = 'u-1' AND age = 34 AND score = 1.5 AND vip = true AND membership_type = 'Gold'"
WHERE_BASIC = "user_id = 'u-2' AND age IS NULL AND score = 2 AND vip = false AND membership_type = 'Basic'"


@pytest.mark.parametrize(
    "text",
    [
        # The console of BigQuery, and Snowsight, each cell on a line.
        f"Row\n{NAMES}1\n{GOLD_CELLS}2\n{BASIC_CELLS}",
        f"{NAMES}\n1\n{GOLD_CELLS}\n2\n{BASIC_CELLS}",
        # DataGrip 2026, extractor "WHERE Clause".
        f"{WHERE_GOLD}\n   OR {WHERE_BASIC}",
        f"WHERE ({WHERE_GOLD})\n   OR ({WHERE_BASIC});",
        WHERE_GOLD.replace("user_id", 't."user_id"').replace("age", "`age`").replace("score", "[score]")
        + f" OR {WHERE_BASIC}",
        # datapasta 3, tribble_paste().
        "tibble::tribble(\n  ~USER_ID, ~AGE, ~SCORE, ~VIP, ~`MEMBERSHIP_TYPE`,\n"
        '  "u-1", 34L, 1.5, TRUE, "Gold",\n  "u-2", NA, 2, FALSE, "Basic"\n  )\n',
        "| | USER_ID | AGE | SCORE | VIP | MEMBERSHIP_TYPE |\n|---|---|---|---|---|---|\n"
        "| [x] | u-1 | 34 | 1.5 | true | Gold |\n| [ ] | u-2 | | 2 | false | Basic |\n",
        "\tUSER_ID\tAGE\tSCORE\tVIP\tMEMBERSHIP_TYPE\n☐\tu-1\t34\t1.5\ttrue\tGold\n☑\tu-2\t\t2\tfalse\tBasic\n",
        # Looker, with the name of the view before each.
        "Users ID,Users Age,Users Score,Users VIP (Yes / No),Users Membership Type\n"
        "u-1,34,1.5,Yes,Gold\nu-2,,2,No,Basic\n",
        "App Users User ID,App Users Age,App Users Score,App Users VIP,App Users Membership Type\n"
        "u-1,34,1.5,Yes,Gold\nu-2,,2,No,Basic\n",
        # R 4.2.2, dput(), with a part of it between spaces that looks like names in quotes.
        'structure(list(USER_ID = c("u-1", \n"u-2"), AGE = c(34, NA), SCORE = c(1.5, 2), VIP = c(TRUE, FALSE), \n'
        '"MEMBERSHIP_TYPE" = c("Gold", "Basic")), class = "data.frame", row.names = c(NA, -2L))\n',
        # Tableau, Power BI.
        "User Id\tVip\tMembership Type\tSUM(Score)\tMax of Age\nu-1\ttrue\tGold\t1.5\t34\nu-2\tfalse\tBasic\t2\t\n",
    ],
)
def test_tables_of_pages_and_reports_are_read(text: str) -> None:
    assert values(text) == [GOLD, BASIC]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f"Row\n{NAMES}1\n{GOLD_CELLS}", "The numbers of the rows are left out."),
        ("SUM(Score),USER_ID,AGE\n1,u-1,3\n", "SUM(Score) is taken for SCORE."),
        ("\tUSER_ID\tAGE\n☐\tu-1\t34\n", "The unnamed first column of boxes is left out."),
    ],
)
def test_what_is_taken_or_left_out_is_said(text: str, note: str) -> None:
    assert note in read(text).changes


def test_rows_between_tabs_may_end_with_an_empty_cell() -> None:
    # jq 1.6, @tsv; "Not Taken" is one cell.
    schema = users_schema(CITY="string", AGE=["null", "int"])
    assert values("u-1\tNew York\t34\nu-2\tBern\t\n", schema) == [("u-1", "New York", 34), ("u-2", "Bern", None)]


def test_thousands_are_certain_where_there_are_two_separators() -> None:
    # csvkit 2, csvlook.
    schema = users_schema(AGE=["null", "int"], JOINED_TIMESTAMP="long")
    text = (
        "| user_id | age | joined_timestamp |\n| ------- | --- | ---------------- |\n| u-1 |  34 | 1,795,946,400 |\n"
    )
    assert values(text, schema) == [("u-1", 34, 1795946400)]
    assert "1,795,946,400 becomes 1795946400." in read(text, schema).changes


def test_a_row_of_tribble_that_is_not_full_is_refused() -> None:
    detected = read('tribble(~USER_ID, ~AGE, "u-1", 34, "u-2")')
    assert detected.refusal == "Each row needs a value for each of its 2 names; found 3 values in all."


@pytest.mark.parametrize(
    "text",
    [
        # A cell is missing, so that the second row does not begin with its number.
        f"Row\n{NAMES}1\nu-1\n1.5\ntrue\nGold\n2\n{BASIC_CELLS}",
        f"{NAMES}1\n{GOLD_CELLS}3\n{BASIC_CELLS}",
        f"{NAMES}{GOLD_CELLS}{BASIC_CELLS}",
        "a\nb\n1\nc\nd\n",
        "USER_ID\n1\nu\n",
        f"{NAMES}{GOLD_CELLS}",
        "USER_ID\tAGE\n1\n",
        "a\n" * 5001,
    ],
)
def test_cells_on_lines_are_not_guessed(text: str) -> None:
    assert found_in_table(read_cells_on_lines)(SCHEMA, "", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "user_id = 'u-1'",
        "user_id = 'u-1' AND age > 34",
        "user_id = 'u-1' AND age = now()",
        "user_id = 'u-1' AND age = 34 OR age = 34 AND user_id = 'u-1'",
        "(user_id = 'u-1' AND age = 34",
        "user_id = 'u-1' AND user_id = 'u-2'",
        "user_id = 'u-1' AND age = 34 GROUP BY age",
        "name = 'u-1' AND size = 34",
        "SELECT 1",
        "tribble(~USER_ID)",
    ],
)
def test_other_conditions_are_no_rows(text: str) -> None:
    assert read_conditions(SCHEMA, text) is None


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (["User ID", "User Age", "User Score"], ["USER_ID", "AGE", "SCORE"]),
        (["Users ID", "Users Age"], ["Users ID", "Users Age"]),
        (["Users A", "Users B", "Users C"], ["Users A", "Users B", "Users C"]),
        (["App Users ID", "App Users Age", "App Users Score"], ["ID", "AGE", "SCORE"]),
        (["Order ID", "Order Age", "Order Score"], ["ID", "AGE", "SCORE"]),
    ],
)
def test_the_word_of_a_view_is_left_out_where_fields_have_the_rest(heading: list[str], names: list[str]) -> None:
    assert matched_columns(SCHEMA, heading)[0] == names


def test_a_unit_behind_the_name_of_a_number_is_left_out() -> None:
    text = "User ID,Age (years),Score [pts],VIP,Membership type (old)\nu-1,34,1.5,true,Gold\n"
    detected = read(text)
    assert detected.changes[:3] == (
        "Age (years) is taken for AGE.",
        "Score [pts] is taken for SCORE.",
        "The heading has no MEMBERSHIP_TYPE: add the values that are missing afterwards.",
    )
