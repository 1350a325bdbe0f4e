"""The rate of the operations that put records: so many calls of each in any one second, for each dataset group.

"Amazon Personalize endpoints and quotas" (developer guide) has 10 of PutUsers, PutItems and PutActions each, and 1000
of PutEvents.
"""

import math
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from console.local.models import PutRate
from console.local.storage.record_writes import turn_to_write

WINDOW = timedelta(seconds=1).total_seconds()
# Of a rate above this, calls are kept together by the fiftieth of a second that they fall into.
GRAINS = 50
GRAIN = WINDOW / GRAINS

# The type of the datasets that calls were for, their moment in seconds since 1970, and how many they were.
type Calls = tuple[str, float, int]


def allows(group: int, dataset_type: str, most: int) -> bool:
    """Count a call for datasets of a type in the dataset group of a key, and say whether a second may have it.

    `most` 0 allows any number. It is an exact sliding window over the calls of the last second, and of a high rate
    over those of a fiftieth more, which every process of the server keeps together in the database. A call that is
    refused is not counted, and writes nothing.
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
            rate.calls = list(_with_another(recent, dataset_type, is_high=most > GRAINS))
            rate.save(update_fields=["calls"])
    except IntegrityError:
        # The dataset group went in the meantime, which its dataset will tell.
        return True
    return True


def _recent(calls: list[Any]) -> list[Calls]:
    """Return the stored calls of the last second; those that versions before have counted are long ago."""
    now = timezone.now().timestamp()
    return [
        (call[0], call[1], call[2])
        for call in calls
        if isinstance(call, list) and len(call) == 3 and -GRAIN <= now - call[1] < WINDOW
    ]


def _with_another(recent: list[Calls], dataset_type: str, *, is_high: bool) -> Iterable[Calls]:
    """Yield some calls and one more, at this moment; of a high rate, at the end of its fiftieth of a second."""
    now = timezone.now().timestamp()
    moment = math.ceil(now / GRAIN) * GRAIN if is_high else now
    number = 1
    for call in recent:
        if is_high and call[:2] == (dataset_type, moment):
            number += call[2]
        else:
            yield call
    yield dataset_type, moment, number


def _number(calls: list[Calls], dataset_type: str) -> int:
    return sum(number for call_type, _moment, number in calls if call_type == dataset_type)
