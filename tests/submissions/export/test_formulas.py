"""No cell of an export is a formula, whichever separator a spreadsheet reads the file with."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.submissions.export.formulas import without_formulas
from console.submissions.export.lines import csv_lines

FORMULA = re.compile("[ \u00a0\u3000\ufeff\u200b]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
HOSTILE = st.text(alphabet="=+-@\uff1d\uff20;,\t\n\r\u2028\"' \u00a0a1[]", max_size=12)


def cells(line_file: str, separator: str) -> list[str]:
    """Return the cells that a spreadsheet finds in a file: quotes enclose a cell only where they begin it."""
    return [cell for row in csv.reader(io.StringIO(line_file, newline=""), delimiter=separator) for cell in row]


def exported(*texts: str) -> str:
    columns = ["submission", *(f"text{number}" for number in range(len(texts)))]
    row = dict(zip(columns, ("00000000-0000-4000-8000-000000000000", *texts), strict=True))
    return "".join(csv_lines([row], columns))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ('"=1+1"', '\'"=1+1"'),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("\t1", "'\t1"),
        ("\0=1+1", "'\0=1+1"),
        ("a;\0=1+1", "a;'\0=1+1"),
        ("\n1", "'\n1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; =1+1", "a;' =1+1"),
        ('a;"=1+1";b', 'a;\'"=1+1";b'),
        ("a;;@b", "a;;'@b"),
        ("a\t-1", "a\t'-1"),
        ("a\n=1", "a\n'=1"),
        ("a\r\n=1", "a\r\n'=1"),
        ("a;\t=1", "a;'\t'=1"),
        ("a\u2028+1", "a\u2028'+1"),
        ("a;\uff0b1", "a;'\uff0b1"),
        ("a;", "a;'"),
        ("a;b; c\nd", "a;b; c\nd"),
        ("1, -2, a=b; c=d", "1, -2, a=b; c=d"),
        ('["a", "+49", "-1"]', '["a", "+49", "-1"]'),
        ("", ""),
    ],
)
def test_an_apostrophe_is_before_what_may_begin_a_formula_and_nowhere_else(text: str, written: str) -> None:
    assert without_formulas(text) == written


@given(st.lists(HOSTILE, min_size=1, max_size=4))
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_under_any_separator(separator: str, texts: list[str]) -> None:
    found = cells(exported(*texts), separator)
    assert [cell for cell in found if FORMULA.match(cell)] == []


def test_what_is_in_a_list_is_guarded_too() -> None:
    row = {"submission": "a", "record_ids": ["u;=cmd|' /C calc'!A0", "+49"]}
    written = "".join(csv_lines([row], list(row)))
    assert "u;'=cmd" in written
    assert [cell for separator in ",;\t" for cell in cells(written, separator) if FORMULA.match(cell)] == []
