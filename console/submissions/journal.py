"""The journal of outcomes: AWS's response to a submission, kept on this machine's disk until the database has it.

Before a submission is sent, a file for it is created and its space reserved, so that the response can be written
whatever happens to the database and to the free space. The file is deleted once the database has the outcome. The
process that waits for the response locks the file; the lock ends with the process, however it ends. A file is as
personal as its row: only the console's own account can read it, and it is deleted as soon as possible.
"""

import errno
import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from console.storage.disk import write_all

log = logging.getLogger(__name__)

DIRECTORY = "outcomes"
# More than the longest outcome takes, whose texts have limits: see `LONGEST` in models.py. A character of JSON has at
# most six bytes.
SIZE = 96 * 1024
# Where a file system cannot reserve space, it is written.
CANNOT_RESERVE = (errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)
SPACE = b"\0"
CLOSED = -1

# Problems already logged, by entry.
_said: set[tuple[UUID, str]] = set()


@dataclass(slots=True)
class Entry:
    """The file of a submission, open and locked by this process until it is closed or removed."""

    path: Path
    file: int

    def write(self, outcome: Mapping[str, Any]) -> None:
        """Write an outcome, and return once it is on disk; raise OSError if the disk fails."""
        text = json.dumps(outcome, ensure_ascii=False).encode()
        content = b"%s %s\n" % (sha256(text).hexdigest().encode(), text)
        if len(content) > SIZE:
            raise ValueError("The outcome is longer than the space reserved for it.")
        write_all(self.file, content)
        os.fsync(self.file)
        if not os.fstat(self.file).st_nlink:
            raise FileNotFoundError(errno.ENOENT, "The file of the outcome was removed.")

    def read(self) -> dict[str, Any] | None:
        """Return the outcome; None if none was written, or the machine stopped while it was being written."""
        content = os.pread(self.file, SIZE, 0).rstrip(SPACE)
        digest, _space, text = content.rstrip(b"\n").partition(b" ")
        if not text or digest != sha256(text).hexdigest().encode():
            return None
        outcome: dict[str, Any] = json.loads(text)
        return outcome

    def remove(self) -> None:
        """Remove the file, and close it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Close the file and keep it for the next search; do nothing if it is closed."""
        file, self.file = self.file, CLOSED
        if file != CLOSED:
            with suppress(OSError):
                os.close(file)


def reserve(key: UUID) -> Entry:
    """Return a new entry with space reserved on the disk; raise OSError if there is none, or it cannot be written."""
    directory = _directory()
    directory.mkdir(mode=0o700, exist_ok=True)
    while True:
        path = directory / key.hex
        entry = Entry(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        try:
            fcntl.flock(entry.file, fcntl.LOCK_EX)
            if not os.fstat(entry.file).st_nlink:
                # A search for unfinished entries removed the file meanwhile: create it again.
                entry.close()
                continue
            # One of this key may be left of a database that was put back as it was before.
            os.ftruncate(entry.file, 0)
            _reserve_space(entry.file)
            os.fsync(entry.file)
            _sync(directory)
        except BaseException:
            entry.remove()
            raise
        return entry


@contextmanager
def left(key: UUID) -> Iterator[Entry | None]:
    """Open the entry that another request or process has left; None if there is none, or it is in use.

    An entry that cannot be opened counts as none, does not prevent others from being read, and is logged once.
    """
    entry: Entry | None = None
    try:
        entry = _open(_directory() / key.hex)
    except (FileNotFoundError, NotADirectoryError, BlockingIOError):
        pass
    except OSError as error:
        say_once(key, f"cannot be opened ({error.strerror})")
    try:
        yield entry
    finally:
        if entry is not None:
            entry.close()


def is_in_use(key: UUID) -> bool:
    """Return whether a process of this machine is waiting for the response to a submission, or writing it."""
    try:
        _open(_directory() / key.hex).close()
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def say_once(key: UUID, reason: str) -> None:
    """Log once why a submission's entry is unusable: it stays, and is looked at every few seconds."""
    if (key, reason) not in _said:
        _said.add((key, reason))
        log.error("The file of the outcome of the submission %s in %s %s.", key, DIRECTORY, reason)


def known() -> list[UUID]:
    """Return the keys of the submissions that have an entry."""
    try:
        names = os.listdir(_directory())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [key for key in map(_key, names) if key]


def remove_before(moment: datetime) -> int:
    """Remove entries from before a moment whose row no longer exists in any database; return their number."""
    removed = 0
    for key in known():
        with left(key) as entry:
            if entry is not None and os.fstat(entry.file).st_mtime < moment.timestamp():
                entry.remove()
                removed += 1
    return removed


def _directory() -> Path:
    return Path(settings.CONSOLE_DATA_DIR, DIRECTORY)


def _key(name: str) -> UUID | None:
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def _open(path: Path) -> Entry:
    """Open and lock the entry at a path; raise BlockingIOError if it is in use, or another OSError."""
    while True:
        entry = Entry(path, os.open(path, os.O_RDWR | os.O_CLOEXEC))
        try:
            fcntl.flock(entry.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            entry.close()
            raise
        if os.fstat(entry.file).st_nlink:
            return entry
        # It was removed before it was locked.
        entry.close()


def _reserve_space(file: int) -> None:
    reserve_space = getattr(os, "posix_fallocate", None)
    try:
        if reserve_space:
            reserve_space(file, 0, SIZE)
            return
    except OSError as error:
        if error.errno not in CANNOT_RESERVE:
            raise
    write_all(file, SPACE * SIZE)


def _sync(directory: Path) -> None:
    file = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)
