"""The panel Users in this dataset, or items or actions: those that are stored, by the beginning of ids, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from console.local import api as local_api
from console.pages.datasets.counts import MOST_COUNTED, count_in_words
from console.pages.frame.table_kinds import Column, Kind
from console.people.models import TablePreferences, table_preferences_of

TABLE = Kind(
    "records",
    "records",
    (
        Column("id", "ID", "record_id"),
        Column("created", "Created", "created_at"),
        Column("replaced", "Last replaced", "replaced_at"),
    ),
)


@dataclass(frozen=True, slots=True)
class RecordsPanel:
    """A page of records, the beginning of ids that is searched for, and the numbers of all and of those found.

    `previous` is the id that the previous page ends before, `next` the one that the next page begins after.
    """

    kind: Kind
    preferences: TablePreferences
    records: Sequence[local_api.StoredRecord]
    prefix: str
    count: str
    matches: str
    previous: str | None
    next: str | None

    @property
    def shows(self) -> dict[str, bool]:
        """Whether each column is shown, by its key."""
        return self.kind.shown(self.preferences)


def records_panel(request: HttpRequest, dataset_arn: str) -> RecordsPanel:
    """Return the panel as the request's `filter`, `after` and `before` ask for."""
    assert request.user.pk is not None
    preferences = table_preferences_of(request.user.pk, TABLE.name)
    prefix = request.GET.get("filter", "")
    after, before = request.GET.get("after"), request.GET.get("before")
    page = local_api.records_page(dataset_arn, prefix, after, before, preferences.page_size)
    return RecordsPanel(
        kind=TABLE,
        preferences=preferences,
        records=page.records,
        prefix=prefix,
        count=count_in_words(local_api.count_records(dataset_arn, "", MOST_COUNTED + 1)),
        matches=count_in_words(local_api.count_records(dataset_arn, prefix, MOST_COUNTED + 1)) if prefix else "",
        previous=page.records[0].record_id if page.has_previous else None,
        next=page.records[-1].record_id if page.has_next else None,
    )
