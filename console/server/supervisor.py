"""A command that runs beside this process: it is restarted if it ends, and ends with this process."""

import logging
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

log = logging.getLogger(__name__)

SECONDS_TO_END = 5
# Restarted at once the first time, and after longer and longer pauses if it keeps ending.
SECONDS_TO_LAST = 10
LONGEST_WAIT = 30


@contextmanager
def kept_running(command: Sequence[str]) -> Iterator[None]:
    """Keep a command running until the context ends: then it gets SIGTERM, and is killed if it takes its time.

    It has a session of its own, so that Ctrl-C in a terminal reaches this process alone.
    """
    ending = Event()
    running = [_begin(command)]
    # Started before there is another thread, because what follows may fork.
    watcher = Thread(target=_watch, args=(command, running, ending), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        _end(running[0])
        watcher.join(SECONDS_TO_END)
        _end(running[0])


def _begin(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)


def _watch(command: Sequence[str], running: list["subprocess.Popen[bytes]"], ending: Event) -> None:
    wait = 0.0
    while not ending.is_set():
        began = time.monotonic()
        running[0].wait()
        lasted = time.monotonic() - began >= SECONDS_TO_LAST
        wait = 0.0 if lasted else min(LONGEST_WAIT, 2 * wait or 0.5)
        if ending.wait(wait):
            return
        try:
            running[0] = _begin(command)
        except OSError as error:
            # The machine has no memory, process or file left for it: as if it had ended at once.
            log.warning("The command beside the server cannot be begun (%s). It is tried again.", error.strerror)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
