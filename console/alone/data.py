"""Where `personalize-local` keeps its data: in a directory that is its own while it runs, or in memory."""

import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from console.storage.data_directory import data_directory
from console.storage.places import IS_INSTALLED, default_data

NAME = "personalize-local"
DATABASE = f"{NAME}.sqlite3"
# A file that only a console's data directory has.
OF_A_CONSOLE = "console.sqlite3"
# A file system in memory, which Linux has by itself.
IN_MEMORY = Path("/dev/shm")
PREFIX = f"{NAME}-"


@contextmanager
def kept_data(path: Path | None) -> Iterator[Path]:
    """Yield the directory at a path, or the user's default one, created if missing.

    Stop with a sentence if it cannot be used, another process uses it, or it is a console's.
    """
    own = default_data(NAME) if IS_INSTALLED else default_data(NAME) / NAME
    directory = data_directory((path or own).resolve(), "with --data")
    if (directory / OF_A_CONSOLE).exists():
        sys.exit(f"{directory} is the data directory of a console. Name another with --data.")
    lock = _locked(directory)
    if lock is None:
        sys.exit(
            f"Another {NAME} uses the data directory {directory}. Stop it, or name another directory with --data, or "
            "keep the data in memory with --memory."
        )
    try:
        yield directory
    finally:
        os.close(lock)


@contextmanager
def dropped_data() -> Iterator[Path]:
    """Yield an empty directory in memory, which is removed at the end.

    Where the system has none in memory, it is one for temporary files. SQLite could keep its database in the memory of
    a process, but no files of jobs, and without a log of writes its readers and writers would wait for each other.
    """
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    _remove_left(place)
    directory = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    lock = _locked(directory)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _remove_left(place: Path) -> None:
    """Remove leftovers of killed processes."""
    for each in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = _locked(each)
            if lock is not None:
                shutil.rmtree(each, ignore_errors=True)
                os.close(lock)


def _locked(directory: Path) -> int | None:
    """Return an open descriptor that locks a directory, or None if another process has locked it."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
