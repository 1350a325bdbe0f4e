"""Dates of files as seconds since 1970. The numbers are those of GNU date: `date -u -d … +%s`."""

from datetime import date, datetime, timedelta, timezone

import pytest

from console.records.files.dates import DateOrder, has_order, order_of, seconds_of_date, seconds_of_text

DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "order", "seconds"),
    [
        ("2024-05-30", None, 1717027200),
        ("2024-05-30T10:20", None, 1717064400),
        ("2024-05-30 10:20:30", None, 1717064430),
        ("2024-05-30 10:20:30.5", None, 1717064430.5),
        ("2024-05-30T10:20:30.000Z", None, 1717064430),
        ("2024-05-30T10:20:30+02:00", None, 1717057230),
        ("2024-05-30 10:20:30 -0730", None, 1717091430),
        ("2024-05-30 10:20:30+02", None, 1717057230),
        ("2024-05-30 10:20:30 UTC", None, 1717064430),
        ("2024/5/30", None, 1717027200),
        ("30.05.2024", None, 1717027200),
        ("30.5.2024 10:20", None, 1717064400),
        ("5/30/2024", MONTH, 1717027200),
        ("30/5/2024", DAY, 1717027200),
        ("30-05-2024", DAY, 1717027200),
        ("1969-12-31", None, -86400),
        ("5/30/2024", DAY, None),
        ("5/30/2024", None, None),
        ("5/30-2024", MONTH, None),
        ("2024-02-30", None, None),
        ("2024-05-30T25:00", None, None),
        ("30.05.24", None, 1717027200),
        ("30.05.68", None, 3105561600),
        ("30.05.69", None, -18662400),
        ("5/30/24 10:20", MONTH, 1717064400),
        ("5/30/24, 10:20 AM", MONTH, 1717064400),
        ("5/30/2024, 10:20:30\u202fPM", MONTH, 1717107630),
        ("30/5/2024 12:20 a.m.", DAY, 1717028400),
        ("5/30/2024 13:20 PM", MONTH, None),
        ("30-05-24", DAY, None),
        ("May 30, 2024", None, 1717027200),
        ("Thu, 30 May 2024 10:20:30 GMT", None, 1717064430),
        ("Thu May 30 2024 10:20:30 GMT+0200 (Central European Summer Time)", None, 1717057230),
        ("Thu May 30 10:20:30 UTC 2024", None, 1717064430),
        ("30/May/2024:10:20:30 +0000", None, 1717064430),
        ("Thu May 30 10:20:30 CEST 2024", None, None),
        ("31 June 2024", None, None),
        ("Maybe 30, 2024", None, None),
        ("", None, None),
    ],
)
def test_seconds_of_a_text(text: str, order: DateOrder | None, seconds: float | None) -> None:
    assert seconds_of_text(text, order) == seconds


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (date(2024, 5, 30), 1717027200),
        (datetime(2024, 5, 30, 10, 20), 1717064400),
        (datetime(2024, 5, 30, 10, 20, 30, 500_000), 1717064430.5),
        (datetime(2024, 5, 30, 10, 20, tzinfo=timezone(timedelta(hours=2))), 1717057200),
    ],
)
def test_seconds_of_a_date(moment: date, seconds: float) -> None:
    assert seconds_of_date(moment) == seconds


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["5/6/2024", "5/30/2024", None, 7], MONTH),
        (["5/6/2024", "30/5/2024"], DAY),
        (["5/6/2024"], None),
        (["5/30/2024", "30/5/2024"], None),
        (["2024-05-30", "x"], None),
    ],
)
def test_a_column_tells_the_order_of_its_dates(cells: list[object], order: DateOrder | None) -> None:
    assert order_of(cells) == order


def test_says_which_cells_are_dates_of_an_order() -> None:
    assert [has_order(cell) for cell in ("5/6/2024", " 5/6/2024 ", "5.6.2024", None)] == [True, True, False, False]
