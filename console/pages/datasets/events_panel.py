"""The panel Item interactions in this dataset, and that of action interactions: the stored events, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from console.local import api as local_api
from console.pages.datasets.counts import MOST_COUNTED, count_in_words
from console.pages.frame.requests import key_of
from console.pages.frame.table_kinds import Column, Kind
from console.people.models import TablePreferences, table_preferences_of
from console.records.entities import EVENT_TYPES, Entity

# The columns that do not tell what the event is.
OF_USER = ("user", "created")


def _kind(entity: Entity) -> Kind:
    return Kind(
        entity.slug,
        entity.nouns,
        (
            Column("user", "User ID", "user_id"),
            Column("object", entity.object_column, "object_id"),
            Column("type", "Event type", "event_type"),
            Column("timestamp", "Timestamp", "moment"),
            Column("created", "Created", "created_at"),
        ),
    )


TABLES: Mapping[str, Kind] = {each.dataset_type: _kind(each) for each in EVENT_TYPES.values()}


@dataclass(frozen=True, slots=True)
class EventsPanel:
    """A page of events, what is searched for, and the numbers of all and of those found.

    `previous` is the key of the event that the previous page ends before, `next` that of the one that the next page
    begins after.
    """

    kind: Kind
    preferences: TablePreferences
    events: Sequence[local_api.StoredEvent]
    search: local_api.EventSearch
    count: str
    matches: str
    previous: int | None
    next: int | None
    # Whether the person may see more of an event than whose it is.
    sees_all: bool

    @property
    def is_searched(self) -> bool:
        """Whether some events only are looked for."""
        return self.search != local_api.EventSearch()

    @property
    def shows(self) -> dict[str, bool]:
        """Whether each column is shown, by its key."""
        shown = self.kind.shown(self.preferences)
        return shown if self.sees_all else {key: is_shown and key in OF_USER for key, is_shown in shown.items()}


def events_panel(request: HttpRequest, entity: Entity, dataset_arn: str, *, sees_all: bool) -> EventsPanel:
    """Return the panel as the request's `user`, `object`, `type`, `after` and `before` ask for.

    Of who may not see all of an event, `object` and `type` are no searches: their results would tell it.
    """
    assert request.user.pk is not None
    kind = TABLES[entity.dataset_type]
    preferences = table_preferences_of(request.user.pk, kind.name)
    names = ("user", "object", "type") if sees_all else ("user",)
    search = local_api.EventSearch(*(request.GET.get(name, "") for name in names))
    after, before = _key(request, "after"), _key(request, "before")
    page = local_api.events_page(dataset_arn, search, after, before, preferences.page_size)
    every = local_api.EventSearch()
    is_searched = search != every
    return EventsPanel(
        kind=kind,
        preferences=preferences,
        events=page.events,
        search=search,
        count=count_in_words(local_api.count_events(dataset_arn, every, MOST_COUNTED + 1)),
        matches=count_in_words(local_api.count_events(dataset_arn, search, MOST_COUNTED + 1)) if is_searched else "",
        previous=page.events[0].pk if page.has_previous else None,
        next=page.events[-1].pk if page.has_next else None,
        sees_all=sees_all,
    )


def _key(request: HttpRequest, name: str) -> int | None:
    """Return the key of an event that an address has; None if it has none."""
    return key_of(request.GET.get(name, ""))
