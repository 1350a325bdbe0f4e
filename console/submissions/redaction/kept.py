"""Redactions of people in a file of the data directory, so that restoring a backup does not undo them.

Each is a line of JSON, added once and never changed: the ID, the datasets, until when, and who asked for it. If the
database is restored to an earlier state, the worker repeats them when it starts.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from console.storage.disk import write_all

log = logging.getLogger(__name__)

FILE = "redactions"


@dataclass(frozen=True, slots=True)
class Order:
    """An order to redact a person: the ID, the datasets by `dataset_key`, who asked for it, and when."""

    record_id: str
    datasets: tuple[str, ...]
    person_name: str
    asked_at: datetime


def keep(order: Order) -> None:
    """Add an order to the file, and return once it is on disk; raise OSError if that fails."""
    line = json.dumps({**asdict(order), "asked_at": order.asked_at.isoformat()}) + "\n"
    file = os.open(_path(), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        end = os.fstat(file).st_size
        # A line cut off by a full disk does not count.
        if end and os.pread(file, 1, end - 1) != b"\n":
            line = f"\n{line}"
        write_all(file, line.encode(), end)
        os.fsync(file)
    finally:
        os.close(file)


def kept() -> Iterator[Order]:
    """Yield the orders in the file, earliest first; malformed lines are skipped and logged."""
    try:
        lines = _path().read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, 1):
        order = _order(line) if line else None
        if order:
            yield order
        elif line:
            # One that a full disk cut off is kept whole in the next line.
            log.warning("Line %d of %s is no redaction.", number, _path())


def _order(line: bytes) -> Order | None:
    try:
        found = json.loads(line)
        record_id, person_name, datasets = found["record_id"], found["person_name"], tuple(found["datasets"])
        # No database takes half a surrogate.
        "".join([record_id, person_name, *datasets]).encode()
        return Order(record_id, datasets, person_name, datetime.fromisoformat(found["asked_at"]))
    except (ValueError, KeyError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.CONSOLE_DATA_DIR, FILE)
