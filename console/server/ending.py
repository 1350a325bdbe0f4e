"""Ends a process gracefully: requests in progress are finished, but stalled clients are not waited for.

Granian waits for each connection, also for one that has sent a part of a request and then nothing: for half a minute.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

# The server sends it to its processes beside SIGTERM, which is Granian's, when they are to end.
ENDING = signal.SIGUSR2
# A request that has arrived a moment ago is with its thread after that.
SECONDS_WITHOUT_REQUESTS = 1.0
# Clients have so long to send the rest of a request, or to take an answer that is made.
SECONDS_FOR_CLIENTS = 8.0
SECONDS_BETWEEN_LOOKS = 0.1


@dataclass(slots=True)
class UnderWay:
    """A process's requests: how many are open, how many are being answered, and when the last response was made.

    The event loop alone changes it; `answered_at` is in seconds of the monotonic clock.
    """

    requests: int = 0
    answering: int = 0
    answered_at: float = 0.0

    def can_be_left(self, since: float, now: float) -> bool:
        """Return whether a process asked to end at `since` can end now; it waits for unanswered requests."""
        waits = SECONDS_FOR_CLIENTS if self.requests else SECONDS_WITHOUT_REQUESTS
        return not self.answering and now - max(since, self.answered_at) >= waits


def end_when_told(under_way: UnderWay, before_end: Callable[[], object]) -> None:
    """End this process when the server says so and no request is being answered; do nothing without a server.

    `before_end` is called then, and takes some seconds at most. To be called by the main thread.
    """
    if multiprocessing.parent_process() is not None:
        end = Thread(target=_end, args=(under_way, before_end), daemon=True, name="ending")
        signal.signal(ENDING, lambda _number, _frame: None if end.is_alive() else end.start())


def _end(under_way: UnderWay, before_end: Callable[[], object]) -> None:
    since = time.monotonic()
    while not under_way.can_be_left(since, time.monotonic()):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    try:
        before_end()
    finally:
        os._exit(0)
