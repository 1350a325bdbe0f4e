"""The panels Users in this dataset, Item interactions in this dataset and so on: rows in the local service."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from console.local import api as local_api
from console.pages.frame.requests import key_of
from console.pages.frame.table_kinds import Column, Kind
from console.pages.frame.template_tags.labels import aws_date, seconds_date
from console.pages.frame.template_tags.shown_ids import shown_id
from console.pages.stored_records.asked_rows import Asked, asked_rows, kind_of
from console.pages.tables.counts import MOST_COUNTED, count_in_words
from console.pages.tables.tables import Heading, heading_of, preferences_for
from console.people.models import TablePreferences
from console.personalize.datasets import DescribedDataset
from console.records.schemas.schema import Schema

# Most characters of a value shown here; the record's page shows all of it.
LONGEST_SHOWN = 200

type Stored = local_api.StoredRecord | local_api.StoredEvent


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, the number of matches in words, and the query parameters of other pages, None if missing.

    `seen` is what was read to find the rows if no index helps.
    """

    rows: Sequence[Stored]
    matches: str
    steps: Mapping[str, dict[str, str] | None]
    seen: local_api.Seen | None = None

    @property
    def has_other_pages(self) -> bool:
        """Whether this is not the only page."""
        return any(step is not None for step in self.steps.values())


@dataclass(frozen=True, slots=True)
class StoredPanel:
    """A page of stored rows, the request for them, and the number of all rows in words.

    A row comes with its cells after the first, made without templates, which would take an eighth of the page's time.
    `sees_properties` is whether the person may see more of a row than its id and its times.
    """

    kind: Kind
    preferences: TablePreferences
    asked: Asked
    count: str
    page: Page
    rows: Sequence[tuple[Stored, SafeString]]
    sees_properties: bool

    @property
    def headings(self) -> list[Heading]:
        """The headings of the visible columns."""
        shown = self.kind.shown(self.preferences)
        return [heading_of(column, self.asked.sort_shown) for column in self.kind.columns if shown[column.key]]

    @property
    def element(self) -> str:
        """The id of its section on the page."""
        return "events" if self.asked.is_of_events else "records"

    @property
    def within(self) -> str:
        """The heading of the column in which a text is searched for; "" for all."""
        return self.asked.heading(self.asked.within)


def stored_panel(request: HttpRequest, dataset: DescribedDataset, *, sees_properties: bool) -> StoredPanel:
    """Return the panel of a dataset that a request asks for."""
    kind = kind_of(dataset.entity, dataset.schema, sees_properties=sees_properties)
    preferences = preferences_for(request, kind)
    asked = asked_rows(request, dataset.entity, kind, sees_properties=sees_properties)
    page = _page(request, dataset.arn, asked, preferences.page_size)
    shown = kind.shown(preferences)
    columns = [column for column in kind.columns[1:] if shown[column.key]]
    return StoredPanel(
        kind=kind,
        preferences=preferences,
        asked=asked,
        count=_count(dataset.arn, Asked(kind, asked.is_of_events)),
        page=page,
        rows=[(row, _cells(row, columns, dataset.schema)) for row in page.rows],
        sees_properties=sees_properties,
    )


def _page(request: HttpRequest, arn: str, asked: Asked, size: int) -> Page:
    look = asked.look
    if look is None:
        return _page_of_index(request, arn, asked, size)
    if asked.is_of_events:
        seen = local_api.look_into_events(arn, asked.search, look)
    else:
        seen = local_api.look_into_records(arn, asked.prefix, look)
    page = Paginator(seen.keys, size).get_page(request.GET.get("page"))
    keys = list(page.object_list)
    rows = local_api.events_of(keys) if asked.is_of_events else local_api.records_of(keys)
    steps = {
        "First page": asked.query if page.has_previous() else None,
        "Previous page": asked.query | {"page": str(page.number - 1)} if page.has_previous() else None,
        "Next page": asked.query | {"page": str(page.number + 1)} if page.has_next() else None,
    }
    return Page(list(rows), f"{len(seen.keys):,}" if asked.is_searched else "", steps, seen)


def _page_of_index(request: HttpRequest, arn: str, asked: Asked, size: int) -> Page:
    after, before = request.GET.get("after"), request.GET.get("before")
    page: local_api.RecordsPage | local_api.EventsPage
    if asked.is_of_events:
        keys = (key_of(after or ""), key_of(before or ""))
        page = local_api.events_page(arn, asked.search, *keys, size)
        ends = [str(page.events[at].pk) for at in (0, -1)] if page.events else []
    else:
        page = local_api.records_page(arn, asked.prefix, after, before, size)
        ends = [page.records[at].record_id for at in (0, -1)] if page.records else []
    steps = {
        "First page": asked.query if page.has_previous else None,
        "Previous page": asked.query | {"before": ends[0]} if page.has_previous else None,
        "Next page": asked.query | {"after": ends[1]} if page.has_next else None,
    }
    rows = page.events if isinstance(page, local_api.EventsPage) else page.records
    return Page(rows, _count(arn, asked) if asked.is_searched else "", steps)


def _count(arn: str, asked: Asked) -> str:
    if asked.is_of_events:
        return count_in_words(local_api.count_events(arn, asked.search, MOST_COUNTED + 1))
    return count_in_words(local_api.count_records(arn, asked.prefix, MOST_COUNTED + 1))


def _cells(row: Stored, columns: Sequence[Column], schema: Schema | None) -> SafeString:
    """Return the cells of the given columns of a row."""
    fields = any(column.is_of_field for column in columns)
    properties = json.loads(row.properties) if fields else {}
    return mark_safe("".join(_cell(row, column, properties, schema) for column in columns))


def _cell(row: Stored, column: Column, properties: Mapping[str, Any], schema: Schema | None) -> SafeString:
    if column.is_of_field:
        return _cell_of_field(str(column.value), properties, schema)
    if column.key == "created":
        return _cell_of_date(aws_date(row.created_at))
    if isinstance(row, local_api.StoredRecord):
        return _cell_of_date(aws_date(row.replaced_at)) if row.replaced_at != row.created_at else _cell_of_text("")
    if column.key == "timestamp":
        return _cell_of_date(seconds_date(row.moment))
    return _cell_of_text(row.object_id if column.key == "object" else row.event_type)


def _cell_of_field(name: str, properties: Mapping[str, Any], schema: Schema | None) -> SafeString:
    value = properties.get(name)
    field = schema.field(name) if schema else None
    if field is not None and field.is_timestamp and isinstance(value, int | float):
        return _cell_of_date(seconds_date(value))
    text = local_api.value_text(value)
    return _cell_of_text(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _cell_of_text(text: str) -> SafeString:
    return format_html("<td><bdi>{}</bdi></td>", shown_id(text) or "-")


def _cell_of_date(date: SafeString) -> SafeString:
    return format_html('<td class="date">{}</td>', date)
