"""Requests are spread evenly over the processes of the server.

Whichever process is first takes a new connection, and AWS's clients keep theirs. So chance decides how many clients a
process has, and with a few of them one process may do most of the work while another has none.
"""

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

# More processes than this take part in nothing.
MOST_PROCESSES = 16
# Of a process that has ended, or of none.
UNUSED = -1
INTEGER = 4


class Evenness:
    """How many requests are under way in this process and in the others of the server, in a file that all share.

    A process has the first number that nobody has locked, and the lock ends with it, however that comes about.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, MOST_PROCESSES * INTEGER)
        self._under_way = memoryview(mmap.mmap(self._file, MOST_PROCESSES * INTEGER)).cast("i")
        self._changing = Lock()
        self._own = next(filter(self._lock, range(MOST_PROCESSES)), None)
        if self._own is not None:
            self._under_way[self._own] = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count a request as under way until the context ends."""
        self._add(1)
        try:
            yield
        finally:
            self._add(-1)

    def is_uneven(self) -> bool:
        """Return whether this process has at least two requests more than another, and half as many again.

        Then a client that is told to connect anew finds the other process first: see RFC 9112, section 9.6.
        """
        if self._own is None:
            return False
        own = self._under_way[self._own]
        return any(self._has_far_less(each, own) for each in range(MOST_PROCESSES) if each != self._own)

    def _has_far_less(self, process: int, own: int) -> bool:
        count = self._under_way[process]
        far_less = UNUSED < count <= own - 2 and 3 * count <= 2 * own
        return far_less and self._is_used(process)

    def _is_used(self, process: int) -> bool:
        with self._changing:
            if not self._lock(process):
                return True
            self._under_way[process] = UNUSED
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, process)
            return False

    def _add(self, number: int) -> None:
        if self._own is not None:
            with self._changing:
                self._under_way[self._own] += number

    def _lock(self, process: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, process)
        except OSError:
            return False
        return True
