"""Dates whose month has a name, as programs, logs and people write them."""

import pytest

from console.records.pasted.values.named_months import date_of_named_month


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # RFC 9110's own example, and its obsolete form of C.
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37"),
        # Mail; Java; JavaScript; Apache; SQL Server; Oracle.
        ("Sun, 6 Nov 1994 08:49:37 -0730", "1994-11-06T08:49:37-07:30"),
        ("Sun Nov 06 08:49:37 UTC 1994", "1994-11-06T08:49:37Z"),
        ("Sun Nov 06 1994 08:49:37 GMT+0100 (Central European Standard Time)", "1994-11-06T08:49:37+01:00"),
        ("06/Nov/1994:08:49:37 +0000", "1994-11-06T08:49:37+00:00"),
        ("Nov  6 1994  8:49PM", "1994-11-06T20:49:00"),
        ("06-NOV-94", "1994-11-06T00:00:00"),
        ("06-Nov-1994 08:49:37.123456", "1994-11-06T08:49:37.123456"),
        # People, and what shows dates to them.
        ("6 November 1994", "1994-11-06T00:00:00"),
        ("November 6, 1994 at 12:05 a.m.", "1994-11-06T00:05:00"),
        ("Sunday, Sept. 4, 1994, 8:49:37\u202fPM UTC", "1994-09-04T20:49:37Z"),
        # A zone that has a name alone, days and hours that are none, and other words.
        ("Sun Nov 06 08:49:37 CET 1994", None),
        ("31 Nov 1994", None),
        ("6 Nov 1994 13:00 PM", None),
        ("6 Nov 94", None),
        ("6 Novem 1994", None),
        ("Nov 6", None),
        ("1994-11-06", None),
    ],
)
def test_dates_whose_month_has_a_name(text: str, date: str | None) -> None:
    assert date_of_named_month(text) == date
