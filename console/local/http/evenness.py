"""Requests are spread evenly over the processes of the server.

Whichever process is first takes a new connection, and AWS's clients keep theirs. So chance decides how many clients a
process has, and with a few of them one process may do most of the work while another has none.
"""

import fcntl
import os
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

# More processes than this take part in nothing.
MOST_PROCESSES = 16
# Of each process: how many requests it had, and when that was written, by a clock that all of them have.
WRITTEN = struct.Struct("=id")
# Of a process that has ended, or of none.
UNUSED = -1
SECONDS_TO_NEXT_TRY = 5.0
SECONDS_BETWEEN_LOOKS = 0.05
# A process that has written nothing for so long has nothing to do.
SECONDS_UNTIL_IDLE = 0.5


class Evenness:
    """How many requests are under way at once in this process and in the others, in a file that all of them share.

    A process has the first number that nobody has locked, and the lock ends with it, however that comes about. The
    file is not mapped into memory: a map of a file that the disk has no room for ends the process by a signal. Where
    it cannot be used, the process takes no part until it can be.

    What counts is the most at once since the file was written: at any one moment, the clients of a process may all be
    reading their answers. Each write and read of a file lets another thread go on first. So the file is written every
    SECONDS_BETWEEN_LOOKS while there are requests, and read as often.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._own: int | None = None
        self._count = self._most = self._written = 0
        self._next_try = self._next_write = self._next_look = 0.0
        self._changing = Lock()
        self._take_part()

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a request as under way until the context ends."""
        self._add(1)
        try:
            yield
        finally:
            self._add(-1)

    def is_uneven(self) -> bool:
        """Return whether this process had at least two requests more than another, and half as many again.

        Then a client that is told to connect anew finds the other process first: see RFC 9112, section 9.6.
        """
        now = time.monotonic()
        if self._file is None or self._own is None or now < self._next_look:
            return False
        self._next_look = now + SECONDS_BETWEEN_LOOKS
        try:
            written = os.pread(self._file, MOST_PROCESSES * WRITTEN.size, 0)
            whole = written[: len(written) // WRITTEN.size * WRITTEN.size]
            return any(
                self._has_far_less(number, count, now - moment)
                for number, (count, moment) in enumerate(WRITTEN.iter_unpack(whole))
                if number != self._own
            )
        except OSError:
            return False

    def _take_part(self) -> None:
        self._next_try = time.monotonic() + SECONDS_TO_NEXT_TRY
        with suppress(OSError):
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            self._own = next(filter(self._lock, range(MOST_PROCESSES)), None)
            self._say(self._own, 0)

    def _say(self, number: int | None, count: int) -> None:
        if self._file is not None and number is not None:
            os.pwrite(self._file, WRITTEN.pack(count, time.monotonic()), number * WRITTEN.size)

    def _has_far_less(self, number: int, count: int, age: float) -> bool:
        if count == UNUSED:
            return False
        active = count if age < SECONDS_UNTIL_IDLE else 0
        has_far_less = active <= self._written - 2 and 3 * active <= 2 * self._written
        return has_far_less and self._is_used(number)

    def _is_used(self, number: int) -> bool:
        assert self._file is not None
        with self._changing:
            if not self._lock(number):
                return True
            self._say(number, UNUSED)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, number)
            return False

    def _add(self, number: int) -> None:
        with self._changing:
            self._count += number
            self._most = max(self._most, self._count)
            now = time.monotonic()
            if number > 0 and now >= self._next_write:
                self._write(now)

    def _write(self, now: float) -> None:
        if self._file is None and now >= self._next_try:
            self._take_part()
        self._written, self._most = self._most, self._count
        self._next_write = now + SECONDS_BETWEEN_LOOKS
        # A count that was not written is written with the next one.
        with suppress(OSError):
            self._say(self._own, self._written)

    def _lock(self, number: int) -> bool:
        assert self._file is not None
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except OSError:
            return False
        return True
