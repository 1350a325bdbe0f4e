"""The rate of PutUsers, PutItems and PutActions: so many calls of each in any one second, for each dataset group.

"Amazon Personalize endpoints and quotas" (developer guide) has 10 of each.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from console.local.models import PutRate
from console.local.storage.record_writes import turn_to_write

WINDOW = timedelta(seconds=1).total_seconds()

# The type of the datasets that a call was for, and its moment in seconds since 1970.
type Call = tuple[str, float]


def allows(group: int, dataset_type: str, most: int) -> bool:
    """Count a call for datasets of a type in the dataset group of a key, and say whether a second may have it.

    `most` 0 allows any number. It is an exact sliding window over the calls of the last second, which every process of
    the server keeps together in the database. A call that is refused is not counted, and writes nothing.
    """
    if not most:
        return True
    stored = PutRate.objects.filter(group=group).values_list("calls", flat=True).first() or []
    if _number(_recent(stored), dataset_type) >= most:
        return False
    try:
        with turn_to_write(), transaction.atomic():
            rate, _is_new = PutRate.objects.select_for_update().get_or_create(group_id=group)
            recent = _recent(rate.calls)
            if _number(recent, dataset_type) >= most:
                return False
            rate.calls = [*recent, (dataset_type, timezone.now().timestamp())]
            rate.save(update_fields=["calls"])
    except IntegrityError:
        # The dataset group went in the meantime, which its dataset will tell.
        return True
    return True


def _recent(calls: list[Any]) -> list[Call]:
    """Return the stored calls of the last second; those of a version that counted PutUsers alone are long ago."""
    now = timezone.now().timestamp()
    return [(call[0], call[1]) for call in calls if isinstance(call, list) and 0 <= now - call[1] < WINDOW]


def _number(calls: list[Call], dataset_type: str) -> int:
    return sum(call_type == dataset_type for call_type, _moment in calls)
