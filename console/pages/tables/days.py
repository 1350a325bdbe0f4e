"""What an address asks for of a table that grows without an end: its order, and Go to date, a day as a place in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest

from console.pages.frame.table_kinds import Kind
from console.pages.frame.zones import current_zone
from console.pages.tables.tables import DEFAULT_SORT, asked
from console.people.zones import beginning, end
from console.submissions.lists.places import Order, order
from console.submissions.orders import TIME

NO_DAY = "Go to date: expected a day as YYYY-MM-DD, such as 2026-03-31."


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, the sort and the order of a request, and its day.

    `sort` is "" for the table's own. `problem` says what is wrong with the day, "" if nothing is.
    """

    text: str
    sort: str
    by: Order
    day: date | None
    problem: str


def asked_for(request: HttpRequest, kind: Kind) -> Asked:
    """Return what a request asks for of a table. A day is a place in the order of time alone."""
    text, sort = asked(request, kind)
    day, problem = _asked_day(request)
    if day is not None and sort.removeprefix("-") != TIME:
        sort = ""
    shown = sort or DEFAULT_SORT
    return Asked(text, sort, order(shown.removeprefix("-"), is_descending=shown.startswith("-")), day, problem)


def _asked_day(request: HttpRequest) -> tuple[date | None, str]:
    """Return the day that a request asks for, None if it is none, and what is wrong with it in a sentence, or ""."""
    text = request.GET.get("date", "")
    if not text:
        return None, ""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date(), ""
    except ValueError:
        return None, NO_DAY


def moment_before(day: date, by: Order) -> datetime:
    """Return the moment after which, in an order of the time, the rows of a day in the person's time zone begin."""
    zone = current_zone()
    if not by.is_descending:
        return beginning(day, zone)
    return end(day, zone) + timedelta(microseconds=0 if day == date.max else 1)
