"""The IDs that an import has seen: up to a million in memory, and any number on disk."""

import sqlite3
import tempfile
from collections.abc import Sequence
from json import dumps

from django.conf import settings

# They take some 75 MB.
MOST_IN_MEMORY = 1_000_000
KIBIBYTES_OF_CACHE = 16_000
SETTING_UP = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    f"PRAGMA cache_size = -{KIBIBYTES_OF_CACHE}",
    "CREATE TABLE seen (number INTEGER PRIMARY KEY)",
    "BEGIN",
)
FIND = "SELECT number FROM seen WHERE number IN (SELECT value FROM json_each(?))"


class SeenIds:
    """Keeps a number for each id: one of ten million is mistaken for another in one of 300,000 imports.

    Its methods raise sqlite3.Error and OSError where the disk does not bear it.
    """

    def __init__(self) -> None:
        # A set has four times as many places as it needs when it grows, and takes twice the memory.
        self._in_memory: dict[int, None] = {}
        self._database: sqlite3.Connection | None = None

    def repeated(self, ids: Sequence[str]) -> list[int]:
        """Add IDs, and return the positions of those that were seen before, in this call or an earlier one."""
        numbers = list(map(hash, ids))
        seen = self._seen_of(numbers)
        places = []
        if seen or len(set(numbers)) < len(numbers):
            for place, number in enumerate(numbers):
                if number in seen:
                    places.append(place)
                seen.add(number)
        self._see(numbers)
        return places

    def close(self) -> None:
        """Forget all IDs, and remove those on disk."""
        self._in_memory = {}
        if self._database:
            self._database.close()

    def _seen_of(self, numbers: list[int]) -> set[int]:
        found = self._in_memory.keys() & numbers
        if self._database:
            found.update(number for (number,) in self._database.execute(FIND, [dumps(numbers)]))
        return found

    def _see(self, numbers: list[int]) -> None:
        if len(self._in_memory) < MOST_IN_MEMORY:
            self._in_memory.update(dict.fromkeys(numbers))
            return
        if not self._database:
            self._database = _database()
        self._database.executemany("INSERT OR IGNORE INTO seen VALUES (?)", zip(numbers, strict=True))


def _database() -> sqlite3.Connection:
    """Return a database of numbers in an unnamed file."""
    with tempfile.NamedTemporaryFile(dir=settings.CONSOLE_DATA_DIR) as file:
        numbers = sqlite3.connect(file.name, isolation_level=None)
        for statement in SETTING_UP:
            numbers.execute(statement)
        return numbers
