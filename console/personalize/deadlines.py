"""How long a page waits for AWS, whichever part of the call hangs.

botocore's own timeouts are for each byte, so that an answer which comes byte by byte has no end. A name server, or a
program that fetches credentials, has no timeout at all. So a call is made in a thread of its own, and the page that
waits for it goes on without it when the time is over: CONSOLE_AWS_SECONDS for all that a page reads, and as long again
for all that it writes. What was given up sends nothing more.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass
from threading import Lock, Thread

from django.conf import settings

from console.personalize.attempts import Attempts, GivenUp, NoThread, NoTimeLeft, noted
from console.personalize.connections.connections import same_connections
from console.personalize.environments import Environment
from console.personalize.errors import Call, error_of
from console.storage.database_trouble import give_up_broken_connection
from console.work.frames import with_room

# Threads of an environment whose calls were given up and that have not ended yet, as those that wait for a program
# which hangs. With so many of them it is of no use to begin another one.
MOST_HANGING = 32


@dataclass(slots=True)
class _Page:
    """When a page stops to wait, on the clock `time.monotonic`; for what it writes from the first such call on."""

    reads_until: float
    writes_until: float | None = None


_page: ContextVar[_Page | None] = ContextVar("page_that_waits_for_aws", default=None)
_hanging: defaultdict[Environment, set[Thread]] = defaultdict(set)
_lock = Lock()


@contextmanager
def one_page() -> Iterator[None]:
    """Let all calls of a block share the time that one page may wait for AWS, and the connections it began with."""
    token = _page.set(_Page(time.monotonic() + settings.CONSOLE_AWS_SECONDS))
    try:
        with same_connections():
            yield
    finally:
        _page.reset(token)


def seconds_to_write() -> float:
    """Return for how many seconds more the page that is being made may wait for what it writes."""
    page = _page.get()
    until = page.writes_until if page else None
    return settings.CONSOLE_AWS_SECONDS if until is None else max(0, until - time.monotonic())


@contextmanager
def for_seconds(seconds: float) -> Iterator[None]:
    """Let the calls of a block that read wait so many seconds at most: the page has much to show without them."""
    until = time.monotonic() + seconds
    page = _page.get()
    token = _page.set(_Page(min(until, page.reads_until) if page else until, page.writes_until if page else None))
    try:
        yield
    finally:
        _page.reset(token)


def in_time[Answer](call: Call, ask: Callable[[], Answer]) -> Answer:
    """Return what a function that calls boto3 returns; raise PersonalizeError, also if that takes too long.

    Every exception is meant: to an answer that is not Personalize's, botocore's parsers raise whatever comes.
    """
    attempts = Attempts(_until(call))
    try:
        if time.monotonic() >= attempts.until:
            raise NoTimeLeft
        if call.environment.is_local:
            # It answers in this thread, with this thread's connection to the database.
            with noted(attempts):
                return ask()
        try:
            return _beside(call.environment, ask, attempts)
        finally:
            if not call.writes:
                # It may have broken meanwhile, and what follows is not to fail for that. The answer to what writes is
                # kept before anything is asked of the database.
                give_up_broken_connection()
    except Exception as error:
        # It knows all of botocore's exceptions, which commands that call no AWS start without.
        from console.personalize.messages.failures import failure_of

        raise error_of(failure_of(error, call, attempts)) from error


def _until(call: Call) -> float:
    """Return the moment when a call is given up, on the clock `time.monotonic`."""
    latest = time.monotonic() + settings.CONSOLE_AWS_SECONDS
    page = _page.get()
    if page is None:
        return latest
    if not call.writes:
        return page.reads_until
    page.writes_until = page.writes_until or latest
    return page.writes_until


def _beside[Answer](environment: Environment, ask: Callable[[], Answer], attempts: Attempts) -> Answer:
    """Return what a function returns that is called in a thread of its own; raise GivenUp if that takes too long."""
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            with noted(attempts):
                answer.set_result(ask())
        except BaseException as error:
            answer.set_exception(error)

    if _hang(environment) >= MOST_HANGING:
        raise GivenUp
    # Nothing waits for it when the process ends.
    thread = Thread(target=with_room, args=(copy_context().run, run), name="call of AWS", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise NoThread from error
    try:
        return answer.result(max(0, attempts.until - time.monotonic()))
    except TimeoutError:
        if answer.done():
            # It has just ended, or has raised a TimeoutError of its own.
            return answer.result()
        attempts.give_up()
        with _lock:
            _hanging[environment].add(thread)
        raise GivenUp from None


def _hang(environment: Environment) -> int:
    """Return how many calls of an environment were given up and have not ended yet."""
    with _lock:
        threads = _hanging[environment]
        threads.difference_update([thread for thread in threads if not thread.is_alive()])
        return len(threads)
