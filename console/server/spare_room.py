"""A little disk space that a server reserves for its next start.

SQLite cannot even read a database without two files beside it, which go with the last process that had it open. So on
a disk that was filled meanwhile nobody could see anything: the room is given up then, and kept again at a later start.
"""

import os
from contextlib import suppress
from pathlib import Path

from console.storage.disk import room_of

# As many files as the disk must have left, and bytes in each: for SQLite's files, and what is smaller.
FILES = 4
BYTES = 64 * 1024


def keep(directory: Path) -> None:
    """Reserve the space in a directory, if its disk has several times as much; do nothing if it is not writable."""
    with suppress(OSError):
        # Space that was just released is not taken again.
        if _has_room(directory, times=4):
            for each in _files(directory):
                if not each.exists():
                    _allocate(each)


def give_up_if_full(directory: Path) -> None:
    """Release the space in a directory if its disk is otherwise full; call this before the database opens."""
    with suppress(OSError):
        if not _has_room(directory):
            for each in _files(directory):
                each.unlink(missing_ok=True)


def _files(directory: Path) -> list[Path]:
    return [directory / f"spare-room-{number}" for number in range(1, FILES + 1)]


def _has_room(directory: Path, times: int = 1) -> bool:
    room = room_of(directory)
    return room.files >= times * FILES and room.bytes >= times * FILES * BYTES


def _allocate(path: Path) -> None:
    """Write a whole file, so that its space is allocated; on failure remove it and raise OSError."""
    try:
        # Not a hole: bytes that are written.
        with path.open("xb", buffering=0) as file:
            path.chmod(0o600)
            if file.write(os.urandom(BYTES)) < BYTES:
                path.unlink()
    except OSError:
        path.unlink(missing_ok=True)
        raise
