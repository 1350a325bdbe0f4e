"""The stages of resources that take time to be created or deleted: CREATE PENDING, CREATE IN_PROGRESS and so on.

Nothing is done in the background for them but the removal of what is gone; jobs keep stages of their own. A row keeps
the status that it settles on, when its last change began and when that settles; what the status is now follows from
the time of day, and so outlives a restart.
"""

from datetime import datetime, timedelta

CREATE_PENDING = "CREATE PENDING"
CREATE_IN_PROGRESS = "CREATE IN_PROGRESS"
ACTIVE = "ACTIVE"
CREATE_FAILED = "CREATE FAILED"
# The status that a deleted row settles on. No response shows it.
DELETED = "DELETED"
LASTING = (ACTIVE, CREATE_FAILED)


def times(began_at: datetime, seconds: float) -> dict[str, datetime]:
    """Return the times of a row whose change began at a moment and takes so many seconds."""
    return {"changing_since": began_at, "settles_at": began_at + timedelta(seconds=seconds)}


def status_at(now: datetime, settled_status: str, began_at: datetime | None, settles_at: datetime | None) -> str:
    """Return the status of a change: PENDING in the first half of its time, then IN_PROGRESS, then the settled one.

    A change without times has settled. One that ends in DELETED is in progress until its row is removed.
    """
    is_removal = settled_status == DELETED
    verb = "DELETE" if is_removal else "CREATE"
    if began_at is None or settles_at is None or now >= settles_at:
        return f"{verb} IN_PROGRESS" if is_removal else settled_status
    return f"{verb} PENDING" if now < _half_of(began_at, settles_at) else f"{verb} IN_PROGRESS"


def is_gone_at(now: datetime, settled_status: str, settles_at: datetime | None) -> bool:
    """Return whether a row's deletion is complete: requests no longer show it, though it is still stored."""
    return settled_status == DELETED and (settles_at is None or settles_at <= now)


def last_moved(now: datetime, moved_at: datetime, began_at: datetime | None, settles_at: datetime | None) -> datetime:
    """Return when a row or its status last changed, whichever is later; `moved_at` is when the row changed."""
    if began_at is None or settles_at is None:
        return moved_at
    steps = (began_at, _half_of(began_at, settles_at), settles_at)
    return max([moved_at, *(step for step in steps if step <= now)])


def _half_of(began_at: datetime, settles_at: datetime) -> datetime:
    return began_at + (settles_at - began_at) / 2
