"""Cells of HTML tables: what a page shows of them, and what is left out."""

import pytest

from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read as read_for
from tests.records.pasted.tables.reading import read, users

CATEGORIES = users_schema(PLAN="categorical string")


def table(*rows: str, second: str = "CITY") -> str:
    """Return a table of users with a second column."""
    return f"<table><tr><th>USER_ID</th><th>{second}</th></tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@pytest.mark.parametrize(
    ("row", "user", "changes"),
    [
        ("<td>\n  u-1\n </td><td>Old\n   <b>\tRome</b></td>", ("u-1", "Old Rome"), ()),
        ("<td>u-1<td>Bern", ("u-1", "Bern"), ()),
        (
            "<td>u-1<sup>1<a>b</a></sup></td><td>Bern<sup>1</sup></td>",
            ("u-1", "Bern"),
            ("Raised text is left out of cells, as a footnote: “1”, “b”.",),
        ),
        (
            "<td>u-1<span style='color: red; display:none'>z<span>y</span>x<br></span></td><td><i hidden>q</i>Bern<i> </i></td>",
            ("u-1", "Bern"),
            ("Hidden text is left out of cells: “z”, “y”, “x”, “q”.",),
        ),
        (
            "<td><style>a {}</style>u-1</td><td>Be<wbr>rn</td>",
            ("u-1", "Bern"),
            ("Hidden text is left out of cells: “a {}”.",),
        ),
        (
            "<td><span class='x sr-only'>ID</span>u-1<i aria-hidden='true'>link</i></td>"
            "<td>Bern<button>Copy</button><svg><title>Flag</title></svg></td>",
            ("u-1", "Bern"),
            ("Hidden text is left out of cells: “ID”, “link”, “Copy”, “Flag”.",),
        ),
        (
            "<td><del>u-0</del> <s>u-9</s><ins>u-1</ins></td><td>Bern</td>",
            ("u-1", "Bern"),
            ("Text that is struck out is left out of cells: “u-0”, “u-9”.",),
        ),
        (
            "<td><p>u-1</p></td><td><p>Old&nbsp;Rome</p><p>&nbsp;</p></td>",
            ("u-1", "Old Rome"),
            ("No-break spaces in cells are read as spaces.",),
        ),
        ("<td>&nbsp;u-1&nbsp;</td><td>&nbsp;</td>", ("u-1", ""), ()),
        (
            "<td><div><span>u-1</span></div></td><td><ul><li>Old</li> <li>Rome</li></ul></td>",
            ("u-1", "Old\nRome"),
            ("A <br> or a paragraph in a cell is read as a line break.",),
        ),
        (
            '<td>u-1</td><td><ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Green</ac:parameter>'
            '<ac:parameter ac:name="title">Bern</ac:parameter></ac:structured-macro></td>',
            ("u-1", "Bern"),
            ("Hidden text is left out of cells: “Green”.",),
        ),
        ("<td>u-1<sup> </td><td>Bern</td>", ("u-1", "Bern"), ()),
        (
            "<td>u-1</td><td>Old <br>\n Rome<br></td>",
            ("u-1", "Old\nRome"),
            ("A <br> or a paragraph in a cell is read as a line break.",),
        ),
    ],
)
def test_a_cell_is_read_as_a_page_shows_it(row: str, user: tuple[str, str], changes: tuple[str, ...]) -> None:
    text = table(row)
    assert users(text) == [user]
    assert read(text).changes == changes


def test_a_heading_may_have_line_breaks_and_footnotes() -> None:
    text = "<table><tr><th>USER<br>ID<sup>*</sup></th><th>CITY</th></tr><tr><td>u-1</td><td>Bern</td></tr></table>"
    assert users(text) == [("u-1", "Bern")]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("<td>u<br>1</td><td>a</td>", "USER_ID"),
        ("<td>u-1</td><td>a<br>b</td>", "PLAN"),
        ("<td>u-1</td><td><p>a</p>b</td>", "PLAN"),
    ],
)
def test_a_line_break_in_an_id_or_a_category_is_refused(row: str, name: str) -> None:
    text = table("\n<td>u-0</td><td>a</td>", "\n<td>u-2</td>", f"\n{row}", second="PLAN")
    assert read_for(text, CATEGORIES).refusal == (
        f"Line 3: a cell of {name} has a line break, which is no part of such a value. "
        "Put | between categories, or leave the line break out."
    )


@pytest.mark.parametrize(
    ("second", "row", "changes"),
    [
        (
            "<td>str</td><td>str</td>",
            '<td>"u-1"</td><td>"Old "Rome""</td>',
            ("The line of types below the heading is left out.", "Quotes are left out: 2 cells stand in them."),
        ),
        (
            "<td>varchar</td><td>text</td>",
            '<td>u-1</td><td>Old "Rome"</td>',
            ("The line of types below the heading is left out.",),
        ),
        (
            "<td>&lt;chr&gt;</td><td>&lt;chr&gt;</td>",
            '<td>u-1</td><td>Old "Rome"</td>',
            ("The line of types below the heading is left out.",),
        ),
        (
            "<td>String</td><td>String31?</td>",
            '<td>u-1</td><td>Old "Rome"</td>',
            ("The line of types below the heading is left out.",),
        ),
    ],
)
def test_the_line_of_types_of_a_data_frame_is_no_record(second: str, row: str, changes: tuple[str, ...]) -> None:
    text = table(second, row)
    assert users(text) == [("u-1", 'Old "Rome"')]
    assert read(text).changes == changes


def test_quotes_stay_that_may_be_escaped_or_that_not_all_cells_have() -> None:
    text = table('<td>"u-1"</td><td>"Old ""Rome"""</td>', "<td>u-2</td><td>Bern</td>")
    assert users(text) == [('"u-1"', '"Old ""Rome"""'), ("u-2", "Bern")]


def test_the_name_of_an_index_stands_below_the_other_names() -> None:
    text = "<table><tr><th></th><th>CITY</th></tr><tr><th>USER_ID</th><th></th></tr><tr><th>u-1</th><td>Bern</td></tr></table>"
    assert users(text) == [("u-1", "Bern")]
