"""The rate of PutUsers calls: so many in any one second, for each dataset group."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock

SECOND = 1.0


class Rate:
    """An exact sliding window over the calls of the last second, for each of any number of keys.

    It is kept in memory under a lock: the server is one process with many threads. A restart forgets a second of
    calls, and several processes would each allow the rate. A call that is refused is not counted.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._calls: defaultdict[int, deque[float]] = defaultdict(deque)

    def allows(self, key: int, most: int) -> bool:
        """Count a call and say whether it is one of the calls that a second may have; `most` 0 allows any number."""
        if not most:
            return True
        with self._lock:
            now, calls = self._now(), self._calls[key]
            while calls and now - calls[0] >= SECOND:
                calls.popleft()
            if len(calls) >= most:
                return False
            calls.append(now)
            return True


put_rate = Rate()
