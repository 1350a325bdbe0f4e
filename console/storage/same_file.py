"""Detects that SQLite's file was replaced or removed while the console runs, when further writes would be lost.

A connection has the files open that were there when it was made, whatever is at their paths by now. A copy may also be
written into the file that is there, as `cp` does.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# As Django calls what it wraps a statement in.
type Wrapper = Callable[..., Any]
# Identifies a file on this machine.
type Identity = tuple[int, int] | None

# The versions of the format in the header of the file, which are 2 with a write-ahead log, and 1 in a copy that
# VACUUM INTO makes: https://www.sqlite.org/fileformat.html, section 1.3.3. No program changes them while another has
# the database open.
VERSIONS, OF_LOG = slice(18, 20), b"\2\2"


class ReplacedError(DatabaseError):
    """At the path of the database there is another file, or none."""

    def __init__(self) -> None:
        super().__init__("its file was replaced or removed while it was in use")


def insist_on_same_file(database: dict[str, Any], *, is_open: bool) -> None:
    """Let each statement of this process raise ReplacedError once the database of Django's settings is another file.

    It is for connections that are made from now on. `is_open` says that this process keeps the database open for as
    long as it lives. PostgreSQL's is none of the console's files.
    """
    if "sqlite" not in database["ENGINE"] or not Path(database["NAME"]).exists():
        return
    wrapper = same_file(Path(database["NAME"]), is_open=is_open)

    def wrap(connection: "BaseDatabaseWrapper", **_signal: Any) -> None:
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)

    connection_created.connect(wrap, weak=False)


def same_file(path: Path, *, is_open: bool) -> Wrapper:
    """Return what raises ReplacedError before a statement, once there is another database at a path than now.

    `is_open` says that this process keeps the database open. SQLite keeps the files beside it as long as that, so that
    others, or none, are a replaced database.
    """
    beside = [path.with_name(f"{path.name}{each}") for each in ("-wal", "-shm")] if is_open else []
    known = {each: found for each in (path, *beside) if (found := _identity(each)) or each is path}
    # Never closed, by which this process would lose its locks: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC) if is_open else None
    has_log = file is not None and _versions(file) == OF_LOG

    def wrapper(execute: Wrapper, *arguments: Any) -> Any:
        is_same = all(_identity(each) == identity for each, identity in known.items())
        if not is_same or (has_log and file is not None and _versions(file) != OF_LOG):
            raise ReplacedError
        return execute(*arguments)

    return wrapper


def _versions(file: int) -> bytes:
    try:
        return os.pread(file, VERSIONS.stop, 0)[VERSIONS]
    except OSError:
        # SQLite, which reads the same file, says what is the matter.
        return OF_LOG


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
