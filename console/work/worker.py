"""The worker: a loop over the steps that other packages have registered."""

import logging
import time
from collections.abc import Callable

from django.db import Error, connection

from console.config.logs import defect_in_words
from console.work.leases import Stopping

# What makes work wakes the worker, but that of another machine: see waking.py.
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_FAILURE = 2.0

log = logging.getLogger(__name__)

# Does some of what is due, for about a second where it is not one piece, and returns in how many seconds there is more
# to do: 0 for at once, infinity where nothing is known of. It may be called before that.
type Step = Callable[[Stopping], float]

_steps: dict[str, Step] = {}


def register(name: str, step: Step) -> None:
    """Have the worker do something again and again; the name is for the log. Each step has its turn in each round."""
    _steps[name] = step


def registered() -> list[str]:
    """Return the names of what the worker does."""
    return list(_steps)


def every(seconds: float, run: Callable[[], object]) -> Step:
    """Return a step that runs something when the worker starts, and then so many seconds after it last began to."""
    due_at = 0.0

    def step(_stopping: Stopping) -> float:
        nonlocal due_at
        if due_at <= time.monotonic():
            # Before it runs: what fails is due again after its time, too.
            due_at = time.monotonic() + seconds
            run()
        return due_at - time.monotonic()

    return step


def keep_running(stopping: Stopping, wait: Callable[[float], object] = time.sleep) -> None:
    """Do what is registered as it becomes due, until the worker is to end.

    `wait` waits for a number of seconds, or less. A step that fails is logged, and holds up no other.
    """
    while not stopping():
        seconds = _run_round(stopping)
        if seconds > 0 and not stopping():
            wait(seconds)


def _run_round(stopping: Stopping) -> float:
    """Let each step have a turn, and return for how many seconds nothing is due, as far as it is known now."""
    seconds, has_failed = SECONDS_BETWEEN_LOOKS, False
    for name, step in list(_steps.items()):
        if stopping():
            break
        try:
            seconds = min(seconds, step(stopping))
        except Error as error:
            log.warning("The database cannot be used (%s). Background work waits until it can.", type(error).__name__)
            connection.close()
            has_failed = True
        except Exception as error:
            log.error("The background work %r met a defect: %s", name, defect_in_words(error))
            has_failed = True
    return SECONDS_AFTER_FAILURE if has_failed else seconds
