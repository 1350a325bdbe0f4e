"""Rows that are no records, cells that are no values of their own, and tables within others."""

import pytest

from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import BASIC, GOLD, values
from tests.records.pasted.tables.reading import read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
# As version 1 of the AWS CLI prints {"Users": […]} with --output table.
OF_AWS_CLI = """\
------------------------------------------------------------
|                        list-users                        |
+----------------------------------------------------------+
||                          Users                         ||
|+------+-------------------+--------+----------+---------+|
||  AGE |  MEMBERSHIP_TYPE  | SCORE  | USER_ID  |   VIP   ||
|+------+-------------------+--------+----------+---------+|
||  34  |  Gold             |  1.5   |  u-1     |  True   ||
||  None|  Basic            |  2.0   |  u-2     |  False  ||
|+------+-------------------+--------+----------+---------+|
"""
# The same for {"a": {"Users": […]}}.
DEEPER = """\
------------------------------------------------------------
|                           query                          |
+----------------------------------------------------------+
||                            a                           ||
|+--------------------------------------------------------+|
|||                         Users                        |||
||+------+-------------------+-------+---------+---------+||
|||  AGE |  MEMBERSHIP_TYPE  | SCORE | USER_ID |   VIP   |||
||+------+-------------------+-------+---------+---------+||
|||  34  |  Gold             |  1.5  |  u-1    |  True   |||
|||  None|  Basic            |  2.0  |  u-2    |  False  |||
||+------+-------------------+-------+---------+---------+||
"""
TYPES_BELOW = """\
┏━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━━━━━━━┓
┃ USER_ID ┃ AGE     ┃ SCORE   ┃ VIP     ┃ MEMBERSHIP_TYPE ┃
┡━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━━━━━━━┩
│ string  │ float64 │ float64 │ boolean │ string          │
├─────────┼─────────┼─────────┼─────────┼─────────────────┤
│ u-1     │    34.0 │    1.50 │ True    │ Gold            │
│ u-2     │    NULL │    2.00 │ False   │ Basic           │
└─────────┴─────────┴─────────┴─────────┴─────────────────┘
"""


@pytest.mark.parametrize("text", [OF_AWS_CLI, DEEPER, TYPES_BELOW])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_within_others_and_above_types_are_read(text: str, end: str) -> None:
    assert values(text.replace("\n", end)) == [GOLD, BASIC]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("USER_ID,CITY\nu-1,Bern\n# the others\nu-2,Rome\n", ("Line 3 is left out: a comment.",)),
        (
            "| USER_ID | CITY |\n|---|---|\n| string | varchar(20) |\n| u-1 | Bern |\n| u-2 | Rome |\n",
            ("The line of types below the heading is left out.",),
        ),
        (
            "+---------+------+\n| USER_ID | CITY |\n+---------+------+\n| u-1 | Bern |\n| USER_ID | CITY |\n| u-2 | Rome |\n",
            ("Line 5 is left out: the heading again.",),
        ),
    ],
)
def test_rows_that_are_no_records_are_left_out(text: str, changes: tuple[str, ...]) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == changes


def test_words_between_rules_are_no_types() -> None:
    rule = "+---------+------+\n"
    text = f"{rule}| USER_ID | CITY |\n{rule}| ann | bern |\n{rule}| bob | rome |\n{rule}"
    assert users(text) == [("ann", "bern"), ("bob", "rome")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("USER_ID,CITY\nu-1,Bern\n\nNAME,PRICE\nfilm-3,3\n", "NAME, PRICE"),
        ("user_id,city\nu-1,Bern\n\nitem_name,price\nfilm-3,3\n", "item_name, price"),
        ("USER_ID,CITY\nu-1,Bern\n\nname,price\nfilm-3,3\n", "name, price"),
    ],
)
def test_what_may_be_another_heading_is_named(text: str, names: str) -> None:
    assert read(text).changes == (
        f"Line 4 is taken for a record, and may be the heading of another table: “{names}”.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID,CITY\nu-1,Bern\nNAME,PRICE\n",
        'USER_ID,CITY\nu-1,"Bern\n\nEast"\nNAME,PRICE\n',
        "USER_ID,CITY\nann,bern\n\nbob,rome\n",
        "USER_ID,CITY\nu-1,Bern\n\nu-2,Rome\n",
        "USER_ID,CITY\nu-1,Bern\n\nX,X\n",
    ],
)
def test_other_rows_are_no_heading(text: str) -> None:
    assert read(text).changes == ()


WRAPPED = "its cells go on with those of the line above, and may be parts of words. Print the table wider, or paste CSV or JSON."
RULE = "├─────────┼──────┼───┤\n"
HEAD = f"┌─────────┬──────┬───┐\n│ USER_ID │ CITY │ X │\n{RULE}"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ("│ u-1     │ New  │ x │\n│         │ York │   │\n", 5),
        (f"│ u-1     │ New  │ x │\n│         │ York │ y │\n{RULE}│ u-2     │ Rome │ y │\n", 5),
        (f"│ u-2     │ Rome │ y │\n{RULE}│ u-10    │ Bern │ x │\n│ 01      │      │   │\n", 7),
    ],
)
def test_cells_that_are_wrapped_are_refused(rows: str, line: int) -> None:
    detected = read(f"{HEAD}{rows}└─────────┴──────┴───┘\n")
    assert (detected.words, detected.refusal) == ("a table", f"Line {line}: {WRAPPED}")


def test_sparse_rows_are_no_wrapped_ones() -> None:
    rows = f"│ u-1     │ Bern │   │\n│ u-2     │      │   │\n{RULE}│ u-3     │      │   │\n"
    assert read(f"{HEAD}{rows.replace(RULE, '')}└─────────┴──────┴───┘\n").refusal == ""
    assert read("+-----+------+\n| A   | CITY |\n+-----+------+\n| USER_ID | 1 |\n").refusal != ""


@pytest.mark.parametrize("rule", ["-------------", "============="])
def test_one_rule_below_all_columns_is_none_of_them(rule: str) -> None:
    assert users(f"USER_ID  CITY\n{rule}\nu-1      Bern\nu-2      Rome\n") == BERN_AND_ROME


@pytest.mark.parametrize(
    "text",
    [
        "(index)\tUSER_ID\tCITY\n0\t'u-1'\t'Bern'\n1\t'u-2'\t'Rome'\n",
        "(index),USER_ID,CITY\n0,u-1,Bern\n1,u-2,Rome\n",
        "#\tUSER_ID\tCITY\n1\tu-1\tBern\n2\tu-2\tRome\n",
    ],
)
def test_headings_that_begin_with_a_mark_are_read(text: str) -> None:
    assert users(text) == BERN_AND_ROME


@pytest.mark.parametrize(
    "text",
    [
        '"=""USER_ID""","=""CITY"""\n"=""u-1""","=""Bern"""\n"=""u-2""",Rome\n',
        '="USER_ID"\t="CITY"\n="u-1"\t="Bern"\nu-2\tRome\n',
    ],
)
def test_texts_of_formulas_are_read_in_headings_and_cells(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert '="Bern" becomes Bern.' in read(text).changes


def test_a_separator_in_a_cell_is_told() -> None:
    assert read("USER_ID|CITY\nu-1|Bern|East\n").refusal == (
        "Line 2: expected 2 cells, as the heading has; found 3. "
        "Put a cell in double quotes that has the separator in it, or paste JSON."
    )


def test_one_row_below_a_rule_is_no_word_below_the_table() -> None:
    # As Format-Table of PowerShell writes it: the row has no gap where its heading has one.
    text = "USER_ID   CITY\n-------   ----\n  u-1 Bern\n"
    assert users(text.replace("  u-1 ", "u-1       ")) == [("u-1", "Bern")]
    assert users("USER_ID  CITY\n-------  ----\nu-10000 Berne\n") == [("u-10000", "Berne")]


def test_a_blank_in_all_cells_of_the_last_column_begins_no_other() -> None:
    text = "USER_ID  AGE   VIP CITY\n-------  ---   --- ----\nu-1       34 False Bern CH\nu-2     -134  True Rome IT\n"
    schema = users_schema(AGE=["null", "int"], VIP="boolean", CITY="string")
    assert values(text, schema) == [("u-1", 34, False, "Bern CH"), ("u-2", -134, True, "Rome IT")]
