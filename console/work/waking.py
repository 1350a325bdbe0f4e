"""What makes work wakes the worker that waits for some: a byte in a pipe of the data directory, which both know.

Processes of other machines, which share a PostgreSQL, have workers and pipes of their own.
"""

import os
import select
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

# A server that was killed wakes nobody: so often its worker looks whether it is still there.
SECONDS_BETWEEN_CHECKS = 1.0
# Where there can be no pipe, as on a full disk, nobody wakes the worker.
LONGEST_WAIT_WITHOUT_PIPE = 0.25
MOST_BYTES = 4096


def wake_worker() -> None:
    """Wake the workers that wait in this data directory; do nothing where there are none."""
    with suppress(OSError):
        # Without a reader this fails at once, and so does a write to a full pipe, whose reader is awake.
        pipe = os.open(_path(), os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(pipe, b"\n")
        finally:
            os.close(pipe)


class Sleep:
    """How a worker waits: until a time is over, something wakes it, or it is to end."""

    def __init__(self, stopping: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._pipe: int | None = None

    def __call__(self, seconds: float) -> None:
        """Wait for some seconds at most."""
        self._open()
        until = time.monotonic() + (seconds if self._pipe is not None else min(seconds, LONGEST_WAIT_WITHOUT_PIPE))
        while not self._stopping() and (left := until - time.monotonic()) > 0:
            read = [] if self._pipe is None else [self._pipe]
            if select.select(read, [], [], min(left, SECONDS_BETWEEN_CHECKS))[0]:
                self._drain()
                return

    def _open(self) -> None:
        """Open the pipe, which is made if it is not there, for reading and writing: so it never ends."""
        if self._pipe is None:
            with suppress(OSError):
                with suppress(FileExistsError):
                    os.mkfifo(_path(), 0o600)
                opened = os.open(_path(), os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
                if stat.S_ISFIFO(os.fstat(opened).st_mode):
                    self._pipe = opened
                else:
                    os.close(opened)

    def _drain(self) -> None:
        assert self._pipe is not None
        # Another worker of this data directory may have read it.
        with suppress(BlockingIOError):
            os.read(self._pipe, MOST_BYTES)

    def close(self) -> None:
        """Close the pipe."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


def _path() -> Path:
    return Path(settings.CONSOLE_DATA_DIR, "wake-worker")
