"""What the worker does again and again beside its jobs: packages register it, and the worker imports none of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Task:
    run: Callable[[], object]
    seconds: float
    due_at: float = 0.0


_tasks: dict[str, _Task] = {}


def register(name: str, run: Callable[[], object], *, seconds: float) -> None:
    """Have the worker run something when it starts, and then so many seconds after it last did."""
    _tasks[name] = _Task(run, seconds)


def registered() -> list[str]:
    """Return the names of what the worker does."""
    return list(_tasks)


def run_what_is_due() -> None:
    """Run what is due; errors of the database come out, and what has raised one is due again after its time."""
    for task in list(_tasks.values()):
        if task.due_at <= time.monotonic():
            task.due_at = time.monotonic() + task.seconds
            task.run()


def seconds_until_due() -> float:
    """Return how long nothing is due, in seconds; infinity where nothing is registered."""
    soonest = min((task.due_at for task in _tasks.values()), default=float("inf"))
    return max(0.0, soonest - time.monotonic())
