"""The panel Users in this dataset: what the local service holds, by the beginning of the ids, in pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from console.local import api as local_api
from console.pages.tables.tables import Column, Kind
from console.people.models import TablePreferences, table_preferences_of

TABLE = Kind(
    "users",
    "users",
    (
        Column("id", "User ID", "user_id"),
        Column("created", "Created", "created_at"),
        Column("replaced", "Last replaced", "replaced_at"),
    ),
)

# A dataset may hold any number.
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class UsersPanel:
    """A page of users, the beginning of ids that is searched for, and the numbers of all and of those found.

    `previous` is the id that the previous page ends before, `next` the one that the next page begins after.
    """

    kind: Kind
    preferences: TablePreferences
    users: Sequence[local_api.StoredUser]
    prefix: str
    count: str
    matches: str
    previous: str | None
    next: str | None

    @property
    def shows(self) -> dict[str, bool]:
        """Whether each column is shown, by its key."""
        return self.kind.shown(self.preferences)


def users_panel(request: HttpRequest, dataset_arn: str) -> UsersPanel:
    """Return the panel as the request's `filter`, `after` and `before` ask for."""
    assert request.user.pk is not None
    preferences = table_preferences_of(request.user.pk, TABLE.name)
    prefix = request.GET.get("filter", "")
    after, before = request.GET.get("after"), request.GET.get("before")
    page = local_api.users_page(dataset_arn, prefix, after, before, preferences.page_size)
    return UsersPanel(
        kind=TABLE,
        preferences=preferences,
        users=page.users,
        prefix=prefix,
        count=_in_words(local_api.count_users(dataset_arn, "", MOST_COUNTED + 1)),
        matches=_in_words(local_api.count_users(dataset_arn, prefix, MOST_COUNTED + 1)) if prefix else "",
        previous=page.users[0].user_id if page.has_previous else None,
        next=page.users[-1].user_id if page.has_next else None,
    )


def _in_words(count: int) -> str:
    return f"{count:,}" if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"
