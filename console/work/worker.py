"""The worker: loops over the steps that other packages have registered, one for each lane, in threads of their own."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from functools import partial
from threading import Event

from django.db import Error, connection

from console.output.logs import defect_in_words
from console.work.frames import with_room
from console.work.lanes import Lane
from console.work.leases import Stopping

# Requests wake the workers of their own machine, but not those of others: see waking.py.
SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_FAILURE = 2.0

log = logging.getLogger(__name__)

# Does some of the work that is due, for about a second if it can be divided, and returns in how many seconds there is
# more: 0 for at once, infinity if nothing is scheduled. It may be called earlier than that.
type Step = Callable[[Stopping], float]

# The lane of all steps that are short, or may wait for one another.
COMMON_LANE = ""


@dataclass(frozen=True, slots=True)
class _Registered:
    """A step, the lane that runs it, and how many threads that may have."""

    step: Step
    lane: str
    most: int


_steps: dict[str, _Registered] = {}
_before_end: list[Callable[[], object]] = []
_alone: dict[str, Callable[[str, Stopping], object]] = {}


def register(name: str, step: Step, lane: str = COMMON_LANE, *, most: int = 1) -> None:
    """Add a step to each round of a lane; the name is for the log.

    Steps of one lane take turns, and those of different lanes run at once: one that waits long, such as for AWS, has a
    lane of its own. Of a queue in a lane of its own, `most` rows are worked on at once.
    """
    _steps[name] = _Registered(step, lane, most)


def register_alone(name: str, run: Callable[[str, Stopping], object]) -> None:
    """Name what works on one row in a process of its own, which is given the token of the row's lease."""
    _alone[name] = run


def run_alone(name: str, token: str, stopping: Stopping) -> None:
    """Do in this process what was registered by a name."""
    _alone[name](token, stopping)


def before_end(run: Callable[[], object]) -> None:
    """Let a function run when the worker ends, which is waited for some seconds only."""
    _before_end.append(run)


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


def keep_lanes_running(stopping: Stopping, wait: Callable[[float], object] = time.sleep) -> None:
    """Run the registered steps, each lane in a thread, until the worker should stop and each has reached an end.

    `wait` waits for a number of seconds, or until the worker is woken: then all lanes look for work. What ends a lane,
    which no failure of a step does, ends the others and is raised. What was registered for the end runs after that.
    """
    is_over = Event()
    most: dict[str, int] = {}
    for step in _steps.values():
        most[step.lane] = max(step.most, most.get(step.lane, 1))

    def ending() -> bool:
        return is_over.is_set() or stopping()

    running: list[Future[None]] = []
    with ThreadPoolExecutor(sum(most.values()), "lane") as threads:

        def begin(run: Callable[[], None]) -> None:
            running.append(threads.submit(with_room, run))

        lanes = [Lane(partial(_run_round, lane=lane), begin, ending, number) for lane, number in most.items()]
        try:
            for lane in lanes:
                lane.begin()
            while not ending() and not any(_has_failed(each) for each in running):
                wait(SECONDS_BETWEEN_LOOKS)
                _wake(lanes)
                for each in [each for each in running if each.done() and not _has_failed(each)]:
                    # It was one too many for what there is to do.
                    running.remove(each)
        finally:
            is_over.set()
            _wake(lanes)
            # One that has just found work may let another look, which is the next of them then.
            for each in running:
                wait_for([each])
    try:
        for each in running:
            each.result()
    finally:
        for run in _before_end:
            run()


def _has_failed(running: Future[None]) -> bool:
    return running.done() and running.exception() is not None


def _wake(lanes: list[Lane]) -> None:
    for lane in lanes:
        lane.wake()


def keep_running(stopping: Stopping, wait: Callable[[float], object] = time.sleep, lane: str | None = None) -> None:
    """Run the registered steps of a lane, or all of them in turn, as they become due, until the worker should stop.

    `wait` waits for a number of seconds, or less. A step that fails is logged, and does not keep others from running.
    """
    while not stopping():
        seconds = _run_round(stopping, lane)
        if seconds > 0 and not stopping():
            wait(seconds)


def _run_round(stopping: Stopping, lane: str | None) -> float:
    """Run each step once, and return for how many seconds nothing is due, as far as is known now."""
    seconds, has_failed = SECONDS_BETWEEN_LOOKS, False
    steps = [(name, each.step) for name, each in _steps.items() if lane in (None, each.lane)]
    for name, step in steps:
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
