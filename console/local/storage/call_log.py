"""A log of the latest calls, without their contents: the operation, the caller and the outcome.

They are in a file of the data directory, which all processes of a machine share: a call takes some microseconds there,
and would take as long as ten events in the database. Each has a place of a fixed size, and the oldest is written over.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import Lock
from typing import Any
from weakref import finalize

from django.conf import settings
from django.utils import timezone

FILE = "calls"
MOST_CALLS = 2000
# In bytes; the longest names of an operation and an error leave some of it. The first place has the number of calls.
PLACE = 320

_writing = Lock()


def note(account: str, operation: str, status: int | None, error_code: str, request_id: str) -> None:
    """Log a call; `status` is None if it was not answered, and unknown values are ""."""
    call = {
        "time": timezone.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "account": account or None,
        "operation": operation or None,
        "status": status,
        "errorCode": error_code or None,
        "requestId": request_id,
    }
    # As on a full disk, which other calls will tell.
    with suppress(OSError), _file() as file:
        number = _number(file)
        os.pwrite(file, _place(json.dumps(call)), PLACE * (1 + number % MOST_CALLS))
        os.pwrite(file, _place(str(number + 1)), 0)


def calls(account: str | None = None) -> list[dict[str, Any]]:
    """Return the latest calls of an account, or of all accounts if it is None, in order. Raise OSError."""
    with _file() as file:
        return [each for each in _calls(file) if account in (None, each["account"])]


def forget(account: str | None = None) -> None:
    """Remove the calls of an account, or all if it is None. Raise OSError."""
    with _file() as file:
        kept = [] if account is None else [each for each in _calls(file) if each["account"] != account]
        os.ftruncate(file, 0)
        os.pwrite(file, b"".join([_place(str(len(kept))), *(_place(json.dumps(each)) for each in kept)]), 0)


def _calls(file: int) -> Iterator[dict[str, Any]]:
    number, content = _number(file), os.pread(file, PLACE * (1 + MOST_CALLS), 0)
    for each in range(max(0, number - MOST_CALLS), number):
        start = PLACE * (1 + each % MOST_CALLS)
        # Skip a line cut short, as by a full disk.
        with suppress(ValueError):
            yield json.loads(content[start : start + PLACE])


def _number(file: int) -> int:
    header = os.pread(file, PLACE, 0).strip()
    return int(header) if header.isdigit() else 0


def _place(text: str) -> bytes:
    return text.encode().ljust(PLACE - 1) + b"\n"


@contextmanager
def _file() -> Iterator[int]:
    """Open and lock the file for the block."""
    # A path of pathlib would take as long as all the rest.
    file = _opened(f"{settings.CONSOLE_DATA_DIR}/{FILE}").descriptor
    # Threads have one lock of the file between them.
    with _writing:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield file
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


class _File:
    """A file that stays open as long as it is used."""

    def __init__(self, path: str) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        finalize(self, os.close, self.descriptor)


# Each process opens the file for itself: one that it inherited would be the same lock.
_opened = lru_cache(maxsize=2)(_File)
