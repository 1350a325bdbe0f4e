"""Copies the database of the data directory to a file, and uploaded files beside it, also while the console runs."""

import errno
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from console.storage.backed_up import bytes_of, copy_files, directories
from console.storage.database import cannot_be_used
from console.storage.disk import NO_ROOM, room_of
from console.storage.migrations import applied_migrations
from console.variables.names import SETTINGS_TAG

# The copy has personal data: the records that were sent to AWS.
FOR_ITS_OWNER = 0o600
# SQLite's errors that are of the file it writes, once it has read the database: https://www.sqlite.org/rescode.html
OF_WRITING = {
    "SQLITE_FULL": errno.ENOSPC,
    "SQLITE_READONLY": errno.EROFS,
    "SQLITE_CANTOPEN": errno.EACCES,
    "SQLITE_IOERR_WRITE": errno.EIO,
    "SQLITE_IOERR_FSYNC": errno.EIO,
    "SQLITE_IOERR_DIR_FSYNC": errno.EIO,
    "SQLITE_IOERR_TRUNCATE": errno.EIO,
}
TOO_LARGE = (*NO_ROOM, errno.EFBIG)


class Command(BaseCommand):
    """`manage.py backup FILE`, which makes a directory FILE.imports too where there are files of imports.

    Raise CommandError for a PostgreSQL, a file that exists or cannot be written, and a database that is not there or
    cannot be used.
    """

    help = (
        "Copies the SQLite database to a new file and checks the copy; files of imports go to a new directory beside "
        "it. The console may be running."
    )
    requires_system_checks = (SETTINGS_TAG,)

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    @override
    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("Back up PostgreSQL with its own pg_dump, as docs/deploy.md says.")
        _check_database()
        # SIGTERM, too, removes an unfinished copy.
        signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(128 + signal.SIGTERM))
        try:
            if os.path.lexists(file):
                raise CommandError(f"{file} already exists. Name a file that does not.")
            # The copy gets its name when it is whole; backups at the same time have directories of their own.
            with TemporaryDirectory(prefix=".backup-", dir=file.parent, ignore_cleanup_errors=True) as directory:
                part = Path(directory, "copy")
                _copy(part)
                # Files are copied after the database, so that those of each import that it has are among them.
                beside = _copy_directories(Path(directory), file)
                os.link(part, file)
                for copied, final in beside:
                    copied.rename(final)
        except OSError as error:
            raise CommandError(_not_written(file, error)) from error
        except (DatabaseError, sqlite3.Error) as error:
            raise CommandError(cannot_be_used(error)) from error
        self.stdout.write(f"Wrote {file}.")
        for _copied, final in beside:
            self.stdout.write(f"Wrote {final}.")


def _check_database() -> None:
    """Raise CommandError where there is nothing to back up: to open a database would make an empty one."""
    database = Path(connection.settings_dict["NAME"])
    try:
        if database.exists() and applied_migrations():
            return
    except DatabaseError as error:
        raise CommandError(cannot_be_used(error)) from error
    raise CommandError(f"There is no database of a console in {database.parent}: see CONSOLE_DATA_DIR.")


def _not_written(file: Path, error: OSError) -> str:
    advice = " Free some space there, or name a file on another disk." if error.errno in TOO_LARGE else ""
    return f"{file} cannot be written ({error.strerror}).{advice}"


def _copy(part: Path) -> None:
    """Write the database to a file as SQLite's own VACUUM INTO does, have it on the disk, and check it.

    Raise OSError if the file cannot be written, and DatabaseError or sqlite3.Error if the database cannot be read.
    """
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_ITS_OWNER))
    with connection.cursor() as cursor:
        # First the database is read alone, so that what fails then is not of the file.
        if _bytes_of_copy(cursor) > room_of(part.parent).bytes:
            # To try would fill the disk for all other programs, perhaps for the console itself.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        try:
            cursor.execute("VACUUM INTO %s", [str(part)])
        except DatabaseError as error:
            number = OF_WRITING.get(getattr(error.__cause__, "sqlite_errorname", ""))
            if number is None:
                raise
            raise OSError(number, os.strerror(number)) from error
    with part.open("rb") as written:
        os.fsync(written.fileno())
    with closing(sqlite3.connect(part)) as copy:
        (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the copy is not valid: {found}")


def _copy_directories(into: Path, file: Path) -> list[tuple[Path, Path]]:
    """Copy what a backup has beside the database; return each copy that has files, and its final name.

    Raise OSError if it cannot be written, and CommandError if there is something of that name.
    """
    made = []
    for name, directory in directories().items():
        found, final = directory(), Path(f"{file}.{name}")
        if found is None or not bytes_of(found):
            continue
        if os.path.lexists(final):
            raise CommandError(f"{final} already exists. Remove it, or name another file.")
        if bytes_of(found) > room_of(into).bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if copy_files(found, into / name):
            made.append((into / name, final))
    return made


def _bytes_of_copy(cursor: CursorWrapper) -> int:
    """Return how large the copy becomes at most, in bytes."""
    numbers = []
    for name in ("page_count", "freelist_count", "page_size"):
        cursor.execute(f"PRAGMA {name}")
        numbers.append(int(cursor.fetchone()[0]))
    pages, free, size = numbers
    return (pages - free) * size
