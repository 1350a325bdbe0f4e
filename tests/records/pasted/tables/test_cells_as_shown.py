"""Cells as programs show them: in quotes with escapes, with bars or blanks in them, and numbers of YAML in texts."""

import pytest

from tests.records.pasted.tables.reading import read, users

# Node 20 prints console.table so.
NODE = (
    "┌─────────┬─────────┬────────────────┐\n"
    "│ (index) │ USER_ID │ CITY           │\n"
    "├─────────┼─────────┼────────────────┤\n"
    "│ 0       │ 'u-1'   │ 'C:\\\\new\\tb'   │\n"
    "│ 1       │ 'u-2'   │ `it's \\\\ \"x\"`  │\n"
    "│ 2       │ 'u-3'   │ 'Bern'         │\n"
    "└─────────┴─────────┴────────────────┘\n"
)
# Go's text/tabwriter with AlignRight|Debug.
TABWRITER = " USER_ID|     CITY|\n     u-1|{}|\n     u-2|     Rome|\n"


def test_escapes_in_the_quotes_of_console_table_are_read() -> None:
    assert users(NODE) == [("u-1", "C:\\new\tb"), ("u-2", 'it\'s \\ "x"'), ("u-3", "Bern")]


def test_rows_that_end_with_their_separator_have_as_many_cells_as_the_heading() -> None:
    assert users(TABWRITER.format("     Bern")) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(TABWRITER.format("Bern|Thun")).refusal == (
        "Line 2: expected 3 cells, as the heading has; found 4. "
        "Put a cell in double quotes that has the separator in it, or paste JSON."
    )


def test_blanks_in_an_aligned_cell_are_told() -> None:
    text = "USER_ID  CITY\nu-1      Bern\nu-2      \"O'Fallon     MO\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "\"O'Fallon     MO")]
    assert read(text).changes == ("Line 3: “\"O'Fallon     MO” is taken for one cell, with the spaces in it.",)


def test_words_of_one_cell_stand_nearer_to_each_other_than_to_the_next_column() -> None:
    # tabulate 0.10.0 with tablefmt="plain".
    text = (
        "CITY                                       USER_ID\n"
        "Retail customers that are long and longer  u-1\n"
        "Ofall                                      u-2\n"
    )
    assert users(text) == [("u-1", "Retail customers that are long and longer"), ("u-2", "Ofall")]


@pytest.mark.parametrize("typed", ["0150", "09000", "+49", "1_000", "0x1F", "00", "1.10", "-2.50", "1e3"])
def test_a_number_of_yaml_is_in_a_text_as_it_was_typed(typed: str) -> None:
    text = f"- user_id: u-1\n  city: {typed}\n"
    assert users(text) == [("u-1", typed)]
    assert read(text).changes == (f"{typed} becomes “{typed}”.",)


def test_bars_of_which_some_have_spaces_all_keep_cells_apart() -> None:
    assert users("USER_ID |CITY\nu-1| Bern\n") == [("u-1", "Bern")]
    assert users("USER_ID| CITY | AGE\nu-1| Bern | 3\n".replace(" | AGE", "").replace(" | 3", "")) == [("u-1", "Bern")]


def test_a_rule_of_low_lines_is_no_row() -> None:
    # MATLAB R2024b, as its documentation shows tables.
    text = '    USER_ID     CITY \n    _______    ______\n\n    "u-1"      "Bern"\n    "u-2"      "Rome"\n'
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    "text",
    [
        # DuckDB, pandas to_string, and sqlite's mode `tcl`.
        "┌─────────┬────────┐\n│ USER_ID │  CITY  │\n├─────────┼────────┤\n│ u-1     │ a\\nb   │\n└─────────┴────────┘\n",
        "USER_ID CITY\n    u-1 a\\nb\n",
        '"USER_ID" "CITY"\n"u-1" "a\\nb"\n',
    ],
)
def test_backslashes_that_may_be_escapes_are_told(text: str) -> None:
    assert users(text) == [("u-1", "a\\nb")]
    assert read(text).changes == (
        "Backslashes stay as they are. If a database client wrote \\t for a tab or \\n for a line break, put those in.",
    )


@pytest.mark.parametrize(
    ("cells", "city", "note"),
    [
        ('35, "Lugano"', "Lugano", "The spaces beside cells in quotes are left out."),
        ('35,"Lugano" ', "Lugano", "The spaces beside cells in quotes are left out."),
        (
            "35, Lugano",
            " Lugano",
            "Not all cells begin with a space: where one does, such as “ Lugano”, a text keeps it.",
        ),
    ],
)
def test_spaces_in_one_row_alone_are_said(cells: str, city: str, note: str) -> None:
    text = f"USER_ID,AGE,CITY\nu-1,34,Bern\nu-2,{cells}\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", city)]
    assert read(text).changes[0] == note


def test_a_heading_without_spaces_stands_above_cells_that_all_begin_with_one() -> None:
    text = 'USER_ID,AGE,CITY\nu-1, 34, "Bern"\nu-2, 35, Lugano\n'
    assert users(text) == [("u-1", "Bern"), ("u-2", "Lugano")]
    assert read(text).changes[0] == "The space after each separator is left out."
