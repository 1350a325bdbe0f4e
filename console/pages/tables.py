"""Tables: filter, sort and pages of rows, all kept in the URL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20

type Row = Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the URL, its heading, and what it sorts by: a row's value, or a field of a model."""

    key: str
    heading: str
    value: Callable[[Row], Any] | str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading as it is shown: the `sort` of the URL that it leads to, and how the column is sorted now."""

    text: str
    sort: str
    aria_sort: str


@dataclass(frozen=True, slots=True)
class Table:
    """A page of rows and what surrounds it."""

    headings: list[Heading]
    page: Page[Row]
    count: int
    filter: str

    @property
    def matches(self) -> int:
        """The number of rows that the filter leaves."""
        return self.page.paginator.count


def arrange(
    request: HttpRequest, rows: Sequence[Row], columns: Sequence[Column], *, filtered_by: Callable[[Row], str]
) -> Table:
    """Return rows as the request's `filter`, `sort` and `page` ask for.

    The filter is a part of what `filtered_by` returns, case ignored. `sort` is a column's key, with a hyphen before
    it for descending; rows keep their own order without one, and where values are equal.
    """
    sought, sort = _asked(request)
    found = [row for row in rows if sought.lower() in filtered_by(row).lower()]
    column = _sorted_column(columns, sort)
    if column and callable(column.value):
        found.sort(key=column.value, reverse=sort.startswith("-"))
    return _table(request, found, columns, len(rows))


def arrange_query(
    request: HttpRequest, rows: QuerySet[Any], columns: Sequence[Column], *, filtered_by: Callable[[str], Q]
) -> Table:
    """Return rows of the database as `arrange` returns those of a list; only one page of them is read."""
    sought, sort = _asked(request)
    found = rows.filter(filtered_by(sought)) if sought else rows
    column = _sorted_column(columns, sort)
    if column and isinstance(column.value, str):
        # Without a value is less than any value, in every database.
        value = F(column.value)
        in_order = value.desc(nulls_last=True) if sort.startswith("-") else value.asc(nulls_first=True)
        found = found.order_by(in_order, "-created_at")
    return _table(request, found, columns, rows.count())


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Return the filter and the sort of a request; a text cannot hold NUL in every database."""
    return request.GET.get("filter", "").replace("\0", "").strip(), request.GET.get("sort", "")


def _sorted_column(columns: Sequence[Column], sort: str) -> Column | None:
    return next((each for each in columns if each.key == sort.removeprefix("-")), None)


def _table(request: HttpRequest, found: Sequence[Row] | QuerySet[Any], columns: Sequence[Column], count: int) -> Table:
    sought, sort = _asked(request)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return Table([_heading(each, sort) for each in columns], page, count, sought)


def _heading(column: Column, sort: str) -> Heading:
    if sort == column.key:
        return Heading(column.heading, f"-{column.key}", "ascending")
    if sort == f"-{column.key}":
        return Heading(column.heading, column.key, "descending")
    return Heading(column.heading, column.key, "none")
