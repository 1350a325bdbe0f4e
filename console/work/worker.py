"""The worker: a loop over the steps that other packages have registered."""

import logging
import time
from collections.abc import Callable

from django.db import Error, connection

from console.output.logs import defect_in_words
from console.work.leases import Stopping

# Requests wake the workers of their own machine, but not those of others: see waking.py.
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_FAILURE = 2.0

log = logging.getLogger(__name__)

# Does some of the work that is due, for about a second if it can be divided, and returns in how many seconds there is
# more: 0 for at once, infinity if nothing is scheduled. It may be called earlier than that.
type Step = Callable[[Stopping], float]

_steps: dict[str, Step] = {}


def register(name: str, step: Step) -> None:
    """Add a step to each round of the worker; the name is for the log."""
    _steps[name] = step


def registered() -> list[str]:
    """Return the names of the registered steps."""
    return list(_steps)


def every(seconds: float, run: Callable[[], object]) -> Step:
    """Return a step that runs a function when the worker starts, and then every so many seconds."""
    due_at = 0.0

    def step(_stopping: Stopping) -> float:
        nonlocal due_at
        if due_at <= time.monotonic():
            # Set before it runs, so that a failure is not retried earlier.
            due_at = time.monotonic() + seconds
            run()
        return due_at - time.monotonic()

    return step


def keep_running(stopping: Stopping, wait: Callable[[float], object] = time.sleep) -> None:
    """Run the registered steps as they become due, until the worker should stop.

    `wait` waits for a number of seconds, or less. A step that fails is logged, and does not keep others from running.
    """
    while not stopping():
        seconds = _run_round(stopping)
        if seconds > 0 and not stopping():
            wait(seconds)


def _run_round(stopping: Stopping) -> float:
    """Run each step once, and return for how many seconds nothing is due, as far as is known now."""
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
            log.error("The background work %r failed unexpectedly: %s", name, defect_in_words(error))
            has_failed = True
    return SECONDS_AFTER_FAILURE if has_failed else seconds
