"""Disks: how much room one has, and bytes that are written whole or not at all without an error."""

import errno
import math
import os
from dataclasses import dataclass
from pathlib import Path

# The error numbers of a disk, or of an account's share of it, that is full.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# Those of a process, or a system, that may have no more files open.
TOO_MANY_FILES = (errno.EMFILE, errno.ENFILE)


@dataclass(frozen=True, slots=True)
class Room:
    """What a disk has left for the console's account: bytes, and files, which some file systems do not limit."""

    bytes: int
    files: float
    is_read_only: bool


def room_of(directory: Path) -> Room:
    """Return the room on the disk of a directory; raise OSError if it cannot be asked."""
    found = os.statvfs(directory)
    # A file system without a limit of files says that there are none, and that none is left.
    files = found.f_favail if found.f_files else math.inf
    return Room(found.f_bavail * found.f_frsize, files, bool(found.f_flag & os.ST_RDONLY))


def write_all(descriptor: int, content: bytes, position: int = 0) -> None:
    """Write bytes into an open file at a position; raise OSError, also where there is room for some of them only."""
    while content:
        written = os.pwrite(descriptor, content, position)
        content, position = content[written:], position + written
