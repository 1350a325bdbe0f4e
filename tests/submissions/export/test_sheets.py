"""Workbooks: a sheet that is full is followed by another one, with the heading again."""

import io

import pytest
from openpyxl import load_workbook

from console.submissions.export.sheets import xlsx


@pytest.mark.parametrize(
    ("count", "sheets"),
    [
        (0, {"Rows": ["id"]}),
        (2, {"Rows": ["id", "0", "1"]}),
        (3, {"Rows": ["id", "0", "1"], "Rows 2": ["id", "2"]}),
        (5, {"Rows": ["id", "0", "1"], "Rows 2": ["id", "2", "3"], "Rows 3": ["id", "4"]}),
    ],
)
def test_full_sheets_are_followed_by_others(count: int, sheets: dict[str, list[str]]) -> None:
    rows = [["id"], *([str(number)] for number in range(count))]
    book = load_workbook(io.BytesIO(b"".join(xlsx(rows, most_rows=3))))
    assert {each.title: [row[0].value for row in each.rows] for each in book.worksheets} == sheets
