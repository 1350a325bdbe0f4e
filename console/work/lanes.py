"""Lanes of the worker: in each, one thread looks for work while others are busy, up to a limit."""

import threading
from collections.abc import Callable
from threading import Event, Lock

from django.db import connection

from console.work.leases import Stopping

# The lane of a thread, and whether the thread has work.
_here = threading.local()


def let_another_look() -> None:
    """Let another thread of this lane look for work, within the limit, since this one has found some."""
    lane: Lane | None = getattr(_here, "lane", None)
    if lane is not None:
        lane.let_another_look()


class Lane:
    """A lane of the worker.

    `run_round` runs what is due, and returns for how many seconds nothing is. `begin` begins a thread with a function,
    and `most` is how many the lane may have. They end once `ending`.
    """

    def __init__(
        self,
        run_round: Callable[[Stopping], float],
        begin: Callable[[Callable[[], None]], object],
        ending: Stopping,
        most: int,
    ) -> None:
        self._run_round, self._begin, self._ending, self._most = run_round, begin, ending, most
        self._woken, self._lock = Event(), Lock()
        # How many there are, and how many of them look for work or wait for some.
        self._threads = self._looking = 0

    def begin(self) -> None:
        """Start its first thread."""
        with self._lock:
            self._begin_one()

    def wake(self) -> None:
        """Make it look for work at once."""
        self._woken.set()

    def let_another_look(self) -> None:
        """Count the calling thread as busy, and let another one look for work."""
        with self._lock:
            if _here.has_work:
                return
            _here.has_work = True
            self._looking -= 1
            if not self._looking and self._threads < self._most:
                self._begin_one()

    def _begin_one(self) -> None:
        self._threads += 1
        self._looking += 1
        self._begin(self._keep_running)

    def _keep_running(self) -> None:
        _here.lane, _here.has_work = self, False
        try:
            while not self._ending():
                seconds = self._run_round(self._ending)
                if not self._is_needed():
                    return
                if seconds > 0 and not self._ending():
                    self._woken.wait(seconds)
                    self._woken.clear()
        finally:
            _here.lane = None
            connection.close()

    def _is_needed(self) -> bool:
        """Return whether this thread is still needed; wake another that is already looking for work instead."""
        with self._lock:
            if _here.has_work:
                _here.has_work = False
                self._looking += 1
            if self._looking == 1:
                return True
            self._looking -= 1
            self._threads -= 1
        self._woken.set()
        return False
