"""The pace of calls: so many in any one second, fewer after one was throttled, and a pause while nothing arrives."""

import time
from collections import deque

SLOWER, FASTER, SLOWEST = 0.7, 0.02, 0.1
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
WINDOW = 1.0
# AWS counts calls when they arrive, which is a little sooner or later than they begin: by how much is found out.
LEAST_MARGIN, MOST_MARGIN, MARGIN_MORE, MARGIN_LESS = 0.002, 0.25, 0.01, 0.0002


class Pace:
    """Says when the next call may begin; `calls_per_second` is what is asked for."""

    def __init__(self, calls_per_second: float) -> None:
        self.calls_per_second = calls_per_second
        self._factor = 1.0
        self._margin = LEAST_MARGIN
        self._pause = 0.0
        self._begun: deque[float] = deque()

    def seconds_to_next(self) -> float:
        """Return in how many seconds the next call may begin, 0 for now."""
        now, window = time.monotonic(), WINDOW + self._margin
        while self._begun and now - self._begun[0] >= window:
            self._begun.popleft()
        rate = self.calls_per_second * self._factor
        if rate < 1:
            return max(0.0, self._begun[-1] + 1 / rate - now) if self._begun else 0.0
        return 0.0 if len(self._begun) < int(rate) else self._begun[-int(rate)] + window - now

    def begin(self) -> None:
        """Count a call as of now."""
        self._begun.append(time.monotonic())

    def arrived(self, *, at_once: bool) -> None:
        """Count a call that was answered, at its first attempt (`at_once`) or at a later one: the pace recovers."""
        self._factor = min(1.0, self._factor + FASTER)
        self._pause = 0.0
        change = -MARGIN_LESS if at_once else MARGIN_MORE
        self._margin = min(MOST_MARGIN, max(LEAST_MARGIN, self._margin + change))

    def throttled(self) -> None:
        """Go slower, since AWS has throttled a call at each of its attempts."""
        self._factor = max(SLOWEST, self._factor * SLOWER)

    def next_pause(self) -> float:
        """Return for how many seconds to wait after a call that did not arrive, longer each time."""
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self._pause * 2))
        return self._pause
