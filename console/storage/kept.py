"""Objects that a process keeps for a time.

There are three ways to keep what would take long to find again. What is pure, the same for the same arguments however
long the process lives, has `functools.lru_cache`. Plain data is in Django's cache, which ends each entry by itself and
bounds their number. What neither can have is here: objects that cannot be pickled, as sessions of boto3 and threads,
and secrets, which belong in no cache that a setting could move out of the process.
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


class Kept[Key, Value]:
    """Values by their keys, each for so many seconds, and no more than a number of them: those used last.

    Threads may share it.
    """

    def __init__(self, seconds: float = math.inf, most: float = math.inf) -> None:
        self._seconds = seconds
        self._most = most
        self._entries: OrderedDict[Key, _Entry[Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or None if it is not kept or its time is over."""
        with self._lock:
            entry = self._entry(key)
            return entry.value if entry and time.monotonic() < entry.until else None

    def get_or_make(self, key: Key, make: Callable[[Value | None], Value]) -> Value:
        """Return the value of a key; if none is kept or its time is over, what a function makes of the one before.

        Others go on with the one before while it is made anew. What the function raises is raised, and then it is
        called again the next time.
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
                # Another thread was quicker.
                return current.value
            self._put(key, value)
            return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value from now on."""
        with self._lock:
            self._put(key, value)

    def values(self) -> list[Value]:
        """Return all values, also those whose time is over, the one that was used last as the last."""
        with self._lock:
            return [entry.value for entry in self._entries.values()]

    def forget(self, key: Key) -> None:
        """Keep the value of a key no longer."""
        with self._lock:
            self._entries.pop(key, None)

    def clear(self) -> None:
        """Keep nothing."""
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
