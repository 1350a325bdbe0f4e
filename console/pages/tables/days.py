"""Go to date: the day that an address names as a place in a table that grows without an end."""

from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpRequest

from console.submissions.lists.listing import Order

NO_DAY = "Go to date: expected a day as YYYY-MM-DD, such as 2026-03-31."


def asked_day(request: HttpRequest) -> tuple[date | None, str]:
    """Return the day that a request asks for, None if it is none, and what is wrong with it in a sentence, or ""."""
    text = request.GET.get("date", "")
    if not text:
        return None, ""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date(), ""
    except ValueError:
        return None, NO_DAY


def moment_before(day: date, by: Order) -> datetime:
    """Return the moment after which, in an order of the time, the rows of a day begin."""
    if not by.is_descending:
        return datetime.combine(day, time(), UTC)
    return datetime.combine(day, time.max, UTC) + timedelta(microseconds=0 if day == date.max else 1)
