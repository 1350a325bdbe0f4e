"""The users of a dataset as a person looks at them, which AWS has no call for: found by the beginning of their ids.

Pages begin after an id or end before one, so that they stay right while users come and go, and the last page is found
as fast as the first. All of it reads the index of a dataset's ids.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from console.local.models import Dataset, StoredUser
from console.records.prefixes import end_of_prefix


@dataclass(frozen=True, slots=True)
class UsersPage:
    """Some users in order of their ids, and whether there are others before and after them."""

    users: Sequence[StoredUser]
    has_previous: bool
    has_next: bool


def users_page(dataset_arn: str, prefix: str, after: str | None, before: str | None, size: int) -> UsersPage:
    """Return a page of the users whose ids begin with a prefix: the first, one after an id, or one before an id.

    Where nothing is left after the id, the last page is returned; where too little is left before it, the first one.
    """
    users = _users(dataset_arn, prefix, after or "", before or "").only("user_id", "created_at", "replaced_at")
    if after is not None:
        found = list(_from(users, prefix, after)[: size + 1])
        if found:
            return UsersPage(found[:size], _up_to(users, prefix, found[0].user_id).exists(), len(found) > size)
    if after is not None or before is not None:
        found = list(_up_to(users, prefix, before if after is None else None)[: size + 1])
        if len(found) > size or (after is not None and found):
            shown = found[:size][::-1]
            return UsersPage(shown, len(found) > size, _from(users, prefix, shown[-1].user_id).exists())
    found = list(_from(users, prefix, None)[: size + 1])
    return UsersPage(found[:size], False, len(found) > size)


def count_users(dataset_arn: str, prefix: str, most: int) -> int:
    """Return how many users' ids begin with a prefix, counting at most so many."""
    return _from(_users(dataset_arn, prefix), prefix, None).order_by()[:most].count()


def find_user(dataset_arn: str, user_id: str) -> StoredUser | None:
    """Return the user of an id, or None."""
    return _users(dataset_arn, user_id).filter(user_id=user_id).first()


def find_users(dataset_arn: str, user_ids: Collection[str]) -> dict[str, StoredUser]:
    """Return the users of some ids that are there, by their ids."""
    if not _can_hold(user_ids):
        return {}
    # One query, as this is asked while people type.
    found = StoredUser.objects.filter(dataset__arn=dataset_arn, user_id__in=user_ids).select_related("dataset")
    return {user.user_id: user for user in found if not user.dataset.is_gone}


def _users(dataset_arn: str, *texts: str) -> QuerySet[StoredUser]:
    """Return the users of a dataset; none where a text is asked for that the database cannot hold."""
    dataset = Dataset.objects.filter(arn=dataset_arn).first()
    if dataset is None or dataset.is_gone or not _can_hold(texts):
        return StoredUser.objects.none()
    return StoredUser.objects.filter(dataset=dataset)


def _can_hold(texts: Iterable[str]) -> bool:
    """Say whether the database can hold some texts."""
    holds_nul = not connection.features.prohibits_null_characters_in_text_exception
    return holds_nul or all("\0" not in text for text in texts)


# An index is entered at one end of a range: of two lower ends, or two upper ones, only the nearer is asked for.


def _from(users: QuerySet[StoredUser], prefix: str, after: str | None) -> QuerySet[StoredUser]:
    """Return the users whose ids begin with a prefix, those after an id, upwards."""
    end = end_of_prefix(prefix)
    users = users.filter(user_id__lt=end) if end else users
    if after is not None and after >= prefix:
        return users.filter(user_id__gt=after).order_by("user_id")
    return (users.filter(user_id__gte=prefix) if prefix else users).order_by("user_id")


def _up_to(users: QuerySet[StoredUser], prefix: str, before: str | None) -> QuerySet[StoredUser]:
    """Return the users whose ids begin with a prefix, those before an id, downwards."""
    ends = [end for end in (end_of_prefix(prefix), before) if end is not None]
    users = users.filter(user_id__lt=min(ends)) if ends else users
    return (users.filter(user_id__gte=prefix) if prefix else users).order_by("-user_id")
