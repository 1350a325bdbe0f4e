"""A command that runs beside this process: it is restarted if it ends, and ends with this process."""

import logging
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

log = logging.getLogger(__name__)

SECONDS_TO_END = 5.0
# Restarted at once the first time, and after longer and longer pauses if it keeps ending.
SECONDS_TO_LAST = 10
LONGEST_WAIT = 30


@contextmanager
def kept_running(command: Sequence[str], seconds_to_end: float = SECONDS_TO_END) -> Iterator[Callable[[], None]]:
    """Keep a command running until the context ends: then it gets SIGTERM, and some seconds before it is killed.

    Yield a function that sends the signal earlier: the time counts from there, so that what else has to end can do so
    meanwhile. It has a session of its own, so that Ctrl-C in a terminal reaches this process alone.
    """
    ending = Event()
    running = [_begin(command)]
    # Started before there is another thread, because what follows may fork.
    watcher = Thread(target=_watch, args=(command, running, ending), daemon=True)
    watcher.start()
    told_at: list[float] = []

    def tell_to_end() -> None:
        if not ending.is_set():
            ending.set()
            told_at.append(time.monotonic())
            running[0].terminate()

    try:
        yield tell_to_end
    finally:
        tell_to_end()
        until = told_at[0] + seconds_to_end
        _wait_for(running[0], until)
        watcher.join(SECONDS_TO_END)
        # One that was just begun then.
        running[0].terminate()
        _wait_for(running[0], until)


def _begin(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def _watch(command: Sequence[str], running: list["subprocess.Popen[bytes]"], ending: Event) -> None:
    wait = 0.0
    while not ending.is_set():
        began = time.monotonic()
        status = running[0].wait()
        lasted = time.monotonic() - began >= SECONDS_TO_LAST
        wait = 0.0 if lasted else min(LONGEST_WAIT, 2 * wait or 0.5)
        if not ending.is_set():
            log.warning("The worker beside the server has ended (%s). It is begun again.", _in_words(status))
        if ending.wait(wait):
            return
        try:
            running[0] = _begin(command)
        except OSError as error:
            # The machine has no memory, process or file left for it: as if it had ended at once.
            log.warning("The worker beside the server cannot be begun (%s). It is tried again.", error.strerror)


def _in_words(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _wait_for(process: "subprocess.Popen[bytes]", until: float) -> None:
    """Wait for a process to end, and kill it at a deadline of `time.monotonic`."""
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
