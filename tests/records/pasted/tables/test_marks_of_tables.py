"""Marks of tables that are no values: a dash for each column of Markdown, bytes in quotes, and spaces behind commas."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, users


@pytest.mark.parametrize(
    "text",
    [
        "|USER_ID|CITY|\n|-|-|\n|u-1|Bern|\n|u-2|-|\n",
        "| USER_ID | CITY |\n| :-: | -: |\n| u-1 | Bern |\n| u-2 | - |\n",
        "USER_ID | CITY\n- | -\nu-1 | Bern\nu-2 | -\n",
    ],
)
def test_a_dash_for_each_column_stands_below_a_heading(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "-")]


def test_bytes_in_the_quotes_of_tcl_are_characters() -> None:
    assert users('"USER_ID" "CITY"\n"u-1" "Z\\303\\274rich"\n"u-2" "a\\\\b"\n') == [("u-1", "Zürich"), ("u-2", "a\\b")]


def test_bytes_that_are_no_characters_are_refused() -> None:
    detected = detect(TEXTS, "", '"USER_ID" "CITY"\n"u-1" "Z\\303\\274\\303"\n')
    assert detected is not None
    assert detected.refusal


def test_spaces_behind_commas_are_left_out_beside_empty_cells() -> None:
    assert users("USER_ID, CITY\nu-1, Bern\nu-2, \n") == [("u-1", "Bern"), ("u-2", "")]
