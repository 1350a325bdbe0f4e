"""The rate limit of the operations that put records: calls per second, for each operation and dataset group.

"Amazon Personalize endpoints and quotas" (developer guide) has 10 of PutUsers, PutItems and PutActions each, and 1000
of PutEvents.

A low rate is counted in the database, for all machines. Counting a call there takes several times as long as storing
ten events, so that a high rate is counted in a file of the data directory, for each machine.
"""

import fcntl
import os
import struct
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from console.local.models import PutRate
from console.local.storage.record_writes import turn_to_write

WINDOW = timedelta(seconds=1).total_seconds()
# A rate above this is a high one.
MOST_IN_DATABASE = 50
# The file of a high rate: how many calls it has counted, then the moments of the last ones, each in its turn.
NUMBER, MOMENT = struct.Struct("<q"), struct.Struct("<d")
FOLDER = "event-rates"

# The type of the datasets that a call was for, and its moment in seconds since 1970.
type Call = tuple[str, float]


def allows(group: int, dataset_type: str, most: int) -> bool:
    """Count a call for a dataset type in a dataset group, and return whether it is within the rate.

    `most` 0 allows any number. It is an exact sliding window over the calls of the last second, which every process of
    the server keeps together. A call that is refused is not counted, and writes nothing.
    """
    if not most:
        return True
    count = _allows_in_file if most > MOST_IN_DATABASE else _allows_in_database
    return count(group, dataset_type, most)


def _allows_in_database(group: int, dataset_type: str, most: int) -> bool:
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


def _allows_in_file(group: int, dataset_type: str, most: int) -> bool:
    """Count a call if the one that was so many calls before it is a second ago; any call where there is no file."""
    now = timezone.now().timestamp()
    try:
        file = _file(Path(settings.CONSOLE_DATA_DIR, FOLDER, f"{group}-{dataset_type.lower()}"))
        # Threads have one lock of the file between them.
        with _counting:
            fcntl.flock(file.descriptor, fcntl.LOCK_EX)
            try:
                return _count(file.descriptor, now, most)
            finally:
                fcntl.flock(file.descriptor, fcntl.LOCK_UN)
    except OSError:
        # As on a full disk, which its events will tell.
        return True


_counting = Lock()


class _File:
    """A file that stays open as long as it is used."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        finalize(self, os.close, self.descriptor)


# Each process opens a file for itself: one that it inherited would be the same lock.
_file = lru_cache(maxsize=128)(_File)


def _count(file: int, now: float, most: int) -> bool:
    header = os.pread(file, NUMBER.size, 0)
    # A header cut short, as by a full disk, counts as zero.
    number: int = NUMBER.unpack(header)[0] if len(header) == NUMBER.size else 0
    place = NUMBER.size + number % most * MOMENT.size
    before = os.pread(file, MOMENT.size, place)
    if len(before) == MOMENT.size and 0 <= now - MOMENT.unpack(before)[0] < WINDOW:
        return False
    os.pwrite(file, MOMENT.pack(now), place)
    os.pwrite(file, NUMBER.pack(number + 1), 0)
    return True


def forget(group: int) -> None:
    """Remove the counts of a deleted dataset group."""
    for path in Path(settings.CONSOLE_DATA_DIR, FOLDER).glob(f"{group}-*"):
        path.unlink(missing_ok=True)
