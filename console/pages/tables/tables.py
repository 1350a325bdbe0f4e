"""Tables: their filter, sort order and page, all kept in the URL, and the person's preferences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from console.pages.frame.table_kinds import Column, Kind, Row
from console.pages.frame.template_tags.labels import is_changing
from console.pages.tables.polling import Asks
from console.people.models import TablePreferences, table_preferences_of
from console.submissions.lists.counting import FEW
from console.submissions.lists.places import Listed

# The initial order of lists of AWS and of the console: newest first, by a column that all have.
DEFAULT_SORT = "-created"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: the `sort` of the URL that it links to, and how the column is sorted now.

    Both are "" for a column that cannot be sorted by.
    """

    key: str
    text: str
    sort: str
    aria_sort: str


@dataclass(frozen=True)
class Table:
    """A page of rows and its surroundings.

    `count` is the number in the page's heading; `counted` is how many of these match the filter.
    """

    kind: Kind
    preferences: TablePreferences
    page: Page[Row] | Listed
    count: int
    counted: int
    filter: str
    sort: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    # The position in the list, from the query string.
    position: Mapping[str, str] = field(default_factory=dict)
    # Most rows counted in a table that grows without limit.
    most_counted: int = FEW

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the rows are requested."""
        return bool(self.filter or self.conditions)

    @property
    def asks(self) -> Asks:
        """When the page polls next, while a status is changing."""
        return Asks()

    @property
    def headings(self) -> list[Heading]:
        """The headings of the visible columns."""
        return [
            heading_of(column, self.sort or DEFAULT_SORT) for column in self.kind.columns if self.shows[column.key]
        ]

    @cached_property
    def shows(self) -> dict[str, bool]:
        """Whether each column is visible, by its key; cached, since every cell looks it up."""
        return self.kind.shown(self.preferences)

    @property
    def matches(self) -> int:
        """The number of rows that match the filter."""
        return self.page.paginator.count if isinstance(self.page, Page) else self.counted

    @property
    def is_counted(self) -> bool:
        """Whether `matches` is exact."""
        return isinstance(self.page, Page) or self.counted <= self.most_counted

    @property
    def numbers(self) -> Mapping[str, str]:
        """The counts in words, by name; a table that grows without limit is counted up to a limit."""
        numbers = {
            "count": (self.count, FEW),
            "counted": (self.counted, self.most_counted),
            "matches": (self.matches, self.most_counted),
        }
        is_exact = isinstance(self.page, Page)
        return {
            name: str(number) if is_exact or number <= most else f"{most:,}+"
            for name, (number, most) in numbers.items()
        }

    @property
    def pages(self) -> Iterable[int | str]:
        """The page numbers to link, with an ellipsis for gaps; none without page numbers."""
        if not isinstance(self.page, Page):
            return []
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)

    @property
    def steps(self) -> Mapping[str, dict[str, str]]:
        """The query parameters of the neighbouring pages, by step, in a table without page numbers."""
        rows = self.page.object_list
        if isinstance(self.page, Page) or not rows:
            return {}
        back = {"first": {}, "previous": {"before": str(rows[0].pk)}} if self.page.has_previous else {}
        on = {"next": {"after": str(rows[-1].pk)}, "last": {"end": "last"}} if self.page.has_next else {}
        return {name: {**self.rows_query, **step} for name, step in {**back, **on}.items()}

    @property
    def query(self) -> dict[str, str]:
        """The query parameters of this page of the table that are not empty."""
        return {**self.rows_query, **self.position}

    @property
    def rows_query(self) -> dict[str, str]:
        """The query parameters shared by all pages of the table that are not empty."""
        parameters = {"filter": self.filter, **self.conditions, "sort": self.sort}
        return {name: value for name, value in parameters.items() if value}

    @property
    def is_changing(self) -> bool:
        """Whether a visible row has a transient status."""
        return any(is_changing(status) for _name, status in self._statuses)

    @property
    def fingerprint(self) -> str:
        """A digest of the visible rows and their statuses."""
        return sha256(repr((self.count, self.counted, self._statuses)).encode()).hexdigest()[:16]

    @property
    def _statuses(self) -> list[tuple[str, str]]:
        return [self.kind.status_of(row) for row in self.page.object_list] if self.kind.status_of else []


def named_status(row: Row) -> tuple[str, str]:
    """Return the name and status of a row that is AWS's summary of a resource."""
    return row["name"], row["status"]


def arrange(
    request: HttpRequest,
    kind: Kind,
    rows: Sequence[Row],
    *,
    filtered_by: Callable[[Row], str],
    counts: Callable[[Row], bool] = lambda row: True,
) -> Table:
    """Return the table of rows selected by the request's `filter`, `sort` and `page`.

    The filter matches any part of the result of `filtered_by`, ignoring case. `sort` is a column's key, prefixed by a
    hyphen for descending order; by default the newest come first, and equal rows keep their order. The page's heading
    counts the rows for which `counts` is true.
    """
    sought, sort = filter_and_sort(request, kind)
    matching = [row for row in rows if sought.lower() in filtered_by(row).lower()] if sought else list(rows)
    column = _column(kind, sort or DEFAULT_SORT)
    if callable(column.value):
        matching.sort(key=column.value, reverse=(sort or DEFAULT_SORT).startswith("-"))
    preferences = preferences_for(request, kind)
    page = Paginator(matching, preferences.page_size).get_page(request.GET.get("page"))
    position = {"page": str(page.number)} if page.number > 1 else {}
    count, counted = sum(map(counts, rows)), sum(map(counts, matching))
    return Table(kind, preferences, page, count, counted, sought, sort, position=position)


def preferences_for(request: HttpRequest, kind: Kind) -> TablePreferences:
    """Return the preferences for a table of the request's person."""
    assert request.user.pk is not None
    return table_preferences_of(request.user.pk, kind.name)


def sought_in(request: HttpRequest) -> str:
    """Return the filter of a request without NUL, which some databases cannot store."""
    return request.GET.get("filter", "").replace("\0", "").strip()


def filter_and_sort(request: HttpRequest, kind: Kind) -> tuple[str, str]:
    """Return the filter and the sort of a request.

    A default or unknown sort becomes "".
    """
    sort = request.GET.get("sort", "")
    sortable = [column.key for column in kind.columns if column.value is not None]
    is_known = sort.removeprefix("-") in sortable and sort != DEFAULT_SORT
    return sought_in(request), sort if is_known else ""


def _column(kind: Kind, sort: str) -> Column:
    return next(column for column in kind.columns if column.key == sort.removeprefix("-"))


def heading_of(column: Column, sort: str) -> Heading:
    """Return the heading of a column in a table sorted by a `sort` of the URL."""
    if column.value is None:
        return Heading(column.key, column.heading, "", "")
    if sort == column.key:
        return Heading(column.key, column.heading, f"-{column.key}", "ascending")
    aria_sort = "descending" if sort == f"-{column.key}" else "none"
    return Heading(column.key, column.heading, column.key, aria_sort)
