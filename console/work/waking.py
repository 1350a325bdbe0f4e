"""Waking an idle worker: the code that creates work writes a byte to a named pipe in the data directory.

Other machines on the same PostgreSQL have their own workers and pipes; those find the work by polling.
"""

import errno
import os
import select
import stat
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from console.work.leases import Stopping

# How often a waiting worker checks that its server is still alive: a killed server cannot wake it.
SECONDS_BETWEEN_CHECKS = 1.0
# Without a pipe, such as on a full disk, nothing can wake the worker.
LONGEST_WAIT_WITHOUT_PIPE = 0.25
MOST_BYTES = 4096


def wake_worker() -> None:
    """Wake the waiting workers of this data directory; do nothing if there are none."""
    with suppress(OSError):
        # Opening fails at once if there is no reader. Writing fails if the pipe is full: then the reader is awake.
        pipe = os.open(_path(), os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            os.write(pipe, b"\n")
        finally:
            os.close(pipe)


def has_worker() -> bool:
    """Return whether a worker of this data directory lives; True too if that cannot be found out."""
    try:
        os.close(os.open(_path(), os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError as error:
        # Nobody has the pipe open, or has ever made it.
        return error.errno not in (errno.ENXIO, errno.ENOENT)
    return True


class Sleep:
    """How a worker waits: until the time is over, it is woken, or it should stop."""

    def __init__(self, stopping: Stopping) -> None:
        self._stopping = stopping
        self._pipe: int | None = None
        # From the first moment on it says that there is a worker.
        self._open()

    def __call__(self, seconds: float) -> None:
        """Wait for at most so many seconds."""
        self._open()
        until = time.monotonic() + (seconds if self._pipe is not None else min(seconds, LONGEST_WAIT_WITHOUT_PIPE))
        while not self._stopping() and (left := until - time.monotonic()) > 0:
            read = [] if self._pipe is None else [self._pipe]
            if select.select(read, [], [], min(left, SECONDS_BETWEEN_CHECKS))[0]:
                self._drain()
                return

    def _open(self) -> None:
        """Open the pipe, creating it if needed, for reading and writing, so that it never reports end of file."""
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
        # Another worker of this data directory may have read the byte.
        with suppress(BlockingIOError):
            os.read(self._pipe, MOST_BYTES)

    def close(self) -> None:
        """Close the pipe."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None


def _path() -> Path:
    return Path(settings.CONSOLE_DATA_DIR, "wake-worker")
