"""The pace of calls: so many in any one second, fewer after one was throttled, and a pause while nothing arrives."""

import time
from collections import deque

SLOWER, FASTER, SLOWEST = 0.7, 0.02, 0.1
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# AWS counts when calls arrive, which is a little sooner or later than they begin.
WINDOW = 1.015


class Pace:
    """Says when the next call may begin; `calls_per_second` is what is asked for."""

    def __init__(self, calls_per_second: float) -> None:
        self.calls_per_second = calls_per_second
        self._factor = 1.0
        self._pause = 0.0
        self._begun: deque[float] = deque()

    def seconds_to_next(self) -> float:
        """Return in how many seconds the next call may begin, 0 for now."""
        now = time.monotonic()
        while self._begun and now - self._begun[0] >= WINDOW:
            self._begun.popleft()
        rate = self.calls_per_second * self._factor
        if rate < 1:
            return max(0.0, self._begun[-1] + 1 / rate - now) if self._begun else 0.0
        return 0.0 if len(self._begun) < int(rate) else self._begun[-int(rate)] + WINDOW - now

    def begin(self) -> None:
        """Count a call that begins now."""
        self._begun.append(time.monotonic())

    def arrived(self) -> None:
        """Count a call that was answered: the pace recovers."""
        self._factor = min(1.0, self._factor + FASTER)
        self._pause = 0.0

    def throttled(self) -> None:
        """Go slower, since AWS has throttled a call."""
        self._factor = max(SLOWEST, self._factor * SLOWER)

    def next_pause(self) -> float:
        """Return for how many seconds to wait after a call that did not arrive, longer each time."""
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self._pause * 2))
        return self._pause
