"""The pace of calls: so many in any one second, fewer after one was throttled, and a pause while nothing arrives.

Calls are spread over the second: what is done for one of them, and an answer that takes its time, delays no other, and
calls of others find room between them. A delay lasts, as the call that is so many later may not come sooner than a
second after it.
"""

import time
from collections import deque

SLOWER, FASTER, SLOWEST = 0.7, 0.02, 0.1
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
WINDOW = 1.0
# A call begins this share of the time after the one before it that each would have if they were spread evenly, but is
# not put off for that by more than so many seconds, so that what was delayed is caught up with.
SPREAD, LONGEST_PUT_OFF = 0.5, 0.002
# AWS counts calls when they arrive, which is a little sooner or later than they begin: by how much is found out.
LEAST_MARGIN, MOST_MARGIN, MARGIN_MORE, MARGIN_LESS = 0.002, 0.25, 0.01, 0.0002


class Pace:
    """Says when the next call may begin; `calls_per_second` is what is asked for, and may change."""

    def __init__(self, calls_per_second: float = 1.0) -> None:
        self.calls_per_second = calls_per_second
        self._factor = 1.0
        self._margin = LEAST_MARGIN
        self._pause = 0.0
        self._begun: deque[float] = deque()

    def seconds_to_next(self) -> float:
        """Return in how many seconds the next call may begin, 0 for now."""
        now, rate = time.monotonic(), self.calls_per_second * self._factor
        if not self._begun:
            return 0.0
        if rate < 1:
            return max(0.0, self._begun[-1] + 1 / rate - now)
        spread = self._begun[-1] + SPREAD / rate - now
        if len(self._begun) < int(rate):
            return max(0.0, spread)
        allowed = self._begun[-int(rate)] + WINDOW + self._margin - now
        if allowed < -WINDOW:
            # It was not delayed, but goes on after a pause.
            return max(0.0, spread)
        return max(0.0, allowed, min(spread, allowed + LONGEST_PUT_OFF))

    def seconds_since_last(self) -> float:
        """Return how long ago the last call began that was counted; infinity if none was."""
        return time.monotonic() - self._begun[-1] if self._begun else float("inf")

    def begin(self, count: int = 1) -> None:
        """Count a call as of now, or several."""
        self._begun.extend([time.monotonic()] * count)
        while len(self._begun) > max(1, self.calls_per_second):
            self._begun.popleft()

    def arrived(self, *, at_once: bool) -> None:
        """Count a call that was answered, at its first attempt (`at_once`) or at a later one: the pace recovers."""
        self._factor = min(1.0, self._factor + FASTER)
        self._pause = 0.0
        change = -MARGIN_LESS if at_once else MARGIN_MORE
        self._margin = min(MOST_MARGIN, max(LEAST_MARGIN, self._margin + change))

    @property
    def is_interrupted(self) -> bool:
        """Whether nothing has arrived since the last pause."""
        return self._pause > 0

    def throttled(self) -> None:
        """Go slower, since AWS has throttled a call at each of its attempts."""
        self._factor = max(SLOWEST, self._factor * SLOWER)

    def next_pause(self) -> float:
        """Return for how many seconds to wait after a call that did not arrive, longer each time."""
        self._pause = min(LONGEST_PAUSE, max(FIRST_PAUSE, self._pause * 2))
        return self._pause
