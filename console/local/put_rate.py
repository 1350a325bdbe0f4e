"""The rate of PutUsers calls: so many in any one second, for each dataset group."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from console.local.models import PutRate
from console.local.record_writes import turn_to_write

WINDOW = timedelta(seconds=1).total_seconds()


def allows(group: int, most: int) -> bool:
    """Count a call for the dataset group of a key, and say whether it is one of those that a second may have.

    `most` 0 allows any number. It is an exact sliding window over the calls of the last second, which every process of
    the server keeps together in the database. A call that is refused is not counted, and writes nothing.
    """
    if not most:
        return True
    stored = PutRate.objects.filter(group=group).values_list("calls", flat=True).first() or []
    if len(_recent(stored)) >= most:
        return False
    try:
        with turn_to_write(), transaction.atomic():
            rate, _is_new = PutRate.objects.select_for_update().get_or_create(group_id=group)
            recent = _recent(rate.calls)
            if len(recent) >= most:
                return False
            rate.calls = [*recent, timezone.now().timestamp()]
            rate.save(update_fields=["calls"])
    except IntegrityError:
        # The dataset group went in the meantime, which its dataset will tell.
        return True
    return True


def _recent(calls: list[float]) -> list[float]:
    now = timezone.now().timestamp()
    return [call for call in calls if 0 <= now - call < WINDOW]
