"""The store of uploaded files until they are checked: a directory, or the database that all machines share.

SQLite means one machine, and files are in its data directory. With PostgreSQL they are in the database, unless
CONSOLE_IMPORT_DIR names a directory that all machines share.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from console.bulk.models import Import, Piece
from console.storage.disk import NO_ROOM, room_of, write_all

FOLDER = "imports"
# Disk space left free for everything else.
BYTES_TO_SPARE = 64 * 1024**2


class NoRoomError(Exception):
    """There is no space for a file."""


def directory() -> Path | None:
    """Return the directory of the files; None if they are in the database."""
    if settings.CONSOLE_IMPORT_DIR:
        return Path(settings.CONSOLE_IMPORT_DIR)
    return Path(settings.CONSOLE_DATA_DIR, FOLDER) if connection.vendor == "sqlite" else None


def check_room(size: int) -> None:
    """Raise NoRoomError unless there is space for a file of a size in bytes, both in the store and to read it."""
    folder = directory() or Path(settings.CONSOLE_DATA_DIR)
    folder.mkdir(mode=0o700, exist_ok=True)
    if room_of(folder).bytes < size + BYTES_TO_SPARE:
        raise NoRoomError


def add(bulk_import: Import, start: int, content: bytes) -> None:
    """Write a piece into the file of an import at an offset in bytes; writing the same piece twice is harmless."""
    folder = directory()
    if folder is None:
        Piece.objects.update_or_create(bulk_import=bulk_import, start=start, defaults={"content": content})
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(_path(folder, bulk_import), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        write_all(descriptor, content, start)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(bulk_import: Import, content: bytes) -> None:
    """Replace the file of an import, whose row is locked or still unknown to others; raise OSError."""
    folder = directory()
    if folder is None:
        with transaction.atomic():
            Piece.objects.filter(bulk_import=bulk_import).delete()
            Piece.objects.create(bulk_import=bulk_import, start=0, content=content)
        return
    descriptor = os.open(_path(folder, bulk_import), os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC)
    try:
        write_all(descriptor, content, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def local_file(bulk_import: Import, going_on: Callable[[], object] = lambda: None) -> Iterator[Path]:
    """Provide the whole file of an import as a local file; raise FileNotFoundError if it is gone.

    `going_on` is called again and again while it is copied from the database.
    """
    folder = directory()
    if folder is not None:
        path = _path(folder, bulk_import)
        if not path.exists():
            raise FileNotFoundError(path)
        yield path
        return
    pieces = Piece.objects.filter(bulk_import=bulk_import).order_by("start")
    if not pieces.exists() and bulk_import.file_size:
        raise FileNotFoundError(str(bulk_import.key))
    with tempfile.NamedTemporaryFile(dir=settings.CONSOLE_DATA_DIR, prefix="import-") as file:
        # A few at a time: a file may have a gigabyte.
        for start in pieces.values_list("start", flat=True):
            going_on()
            file.write(pieces.values_list("content", flat=True).get(start=start))
        file.flush()
        yield Path(file.name)


def remove(bulk_import: Import) -> None:
    """Delete the file of an import, if it exists; raise OSError if it cannot be deleted."""
    Piece.objects.filter(bulk_import=bulk_import).delete()
    folder = directory()
    if folder is not None:
        with suppress(NotADirectoryError):
            _path(folder, bulk_import).unlink(missing_ok=True)


def advice(error: OSError, *, then: str = "") -> str:
    """Return what to do about an unusable directory of files, and `then` what to do next."""
    if error.errno in NO_ROOM:
        return f"Ask an administrator to free some space{then}."
    where = "CONSOLE_IMPORT_DIR" if settings.CONSOLE_IMPORT_DIR else "CONSOLE_DATA_DIR"
    return f"Ask an administrator to let the console write to the directory of {where}{then}."


def _path(folder: Path, bulk_import: Import) -> Path:
    return folder / bulk_import.key.hex
