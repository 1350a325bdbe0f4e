"""A cache of objects in the memory of one process.

The console caches in three ways. Pure results have `functools.lru_cache`: they never change. Plain data is in Django's
cache, which expires each entry and limits their number. This module is for the rest: objects that cannot be pickled,
such as boto3 sessions and threads, and secrets, which must not reach a cache that a setting could move out of the
process.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(slots=True, eq=False)
class _Entry[Value]:
    value: Value
    until: float


class ProcessCache[Key, Value]:
    """Values by key, each valid for `seconds`; at most the `most` recently used are kept. It is thread-safe."""

    def __init__(self, seconds: float = math.inf, most: float = math.inf) -> None:
        self._seconds = seconds
        self._most = most
        self._entries: OrderedDict[Key, _Entry[Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or None if there is none or it has expired."""
        with self._lock:
            entry = self._entry(key)
            return entry.value if entry and time.monotonic() < entry.until else None

    def get_or_make(self, key: Key, make: Callable[[Value | None], Value]) -> Value:
        """Return the value of a key; if there is none or it has expired, call `make` with the old value, or None.

        While one thread makes a new value, others get the old one. What `make` raises is raised, and the next call
        tries again.
        """
        now = time.monotonic()
        with self._lock:
            before = self._entry(key)
            if before and now < before.until:
                return before.value
            if before:
                before.until = now + self._seconds
        try:
            value = make(before.value if before else None)
        except BaseException:
            if before:
                before.until = now
            raise
        with self._lock:
            current = self._entries.get(key)
            if current is not None and current is not before:
                # Another thread has made one meanwhile.
                return current.value
            self._put(key, value)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Store a value, valid from now."""
        with self._lock:
            self._put(key, value)

    def values(self) -> list[Value]:
        """Return all values, expired ones too, the most recently used last."""
        with self._lock:
            return [entry.value for entry in self._entries.values()]

    def forget(self, key: Key) -> None:
        """Remove the value of a key."""
        with self._lock:
            self._entries.pop(key, None)

    def clear(self) -> None:
        """Remove all values."""
        with self._lock:
            self._entries.clear()

    def _entry(self, key: Key) -> _Entry[Value] | None:
        entry = self._entries.get(key)
        if entry:
            self._entries.move_to_end(key)
        return entry

    def _put(self, key: Key, value: Value) -> None:
        self._entries[key] = _Entry(value, time.monotonic() + self._seconds)
        self._entries.move_to_end(key)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)
