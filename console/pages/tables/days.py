"""The query of a table that grows without limit: its order, and Go to date, which makes a day a position in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest

from console.pages.frame.table_kinds import Kind
from console.pages.frame.zones import current_zone
from console.pages.tables.tables import DEFAULT_SORT, filter_and_sort
from console.people.zones import beginning, end
from console.submissions.lists.places import Order, order
from console.submissions.orders import TIME

NO_DAY = "Go to date: expected a day as YYYY-MM-DD, such as 2026-03-31."


@dataclass(frozen=True, slots=True)
class Asked:
    """The filter, sort and order of a request, and its day.

    `sort` is "" for the default. `problem` is what is wrong with the day; "" if nothing is.
    """

    text: str
    sort: str
    by: Order
    day: date | None
    problem: str


def asked_for(request: HttpRequest, kind: Kind) -> Asked:
    """Return the query of a request. A day is a position only if rows are ordered by time."""
    text, sort = filter_and_sort(request, kind)
    day, problem = _asked_day(request)
    if day is not None and sort.removeprefix("-") != TIME:
        sort = ""
    shown = sort or DEFAULT_SORT
    return Asked(text, sort, order(shown.removeprefix("-"), is_descending=shown.startswith("-")), day, problem)


def _asked_day(request: HttpRequest) -> tuple[date | None, str]:
    """Return the day in a request, or None, and a sentence on what is wrong with it, or ""."""
    text = request.GET.get("date", "")
    if not text:
        return None, ""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date(), ""
    except ValueError:
        return None, NO_DAY


def moment_before(day: date, by: Order) -> datetime:
    """Return the moment after which the rows of a day begin, in the person's time zone and an order by time."""
    zone = current_zone()
    if not by.is_descending:
        return beginning(day, zone)
    return end(day, zone) + timedelta(microseconds=0 if day == date.max else 1)
