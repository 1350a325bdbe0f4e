"""SQLite's file, which may be replaced or removed while the console runs: what goes on with it would be lost.

A connection has the file open that was there when it was made, whatever is at its path by now.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# As Django calls what it wraps a statement in.
type Wrapper = Callable[..., Any]


class ReplacedError(DatabaseError):
    """At the path of the database there is another file, or none."""

    def __init__(self) -> None:
        super().__init__("its file was replaced or removed while it was in use")


def insist_on_same_file(database: dict[str, Any]) -> None:
    """Let each statement of this process raise ReplacedError once the database of Django's settings is another file.

    It is for connections that are made from now on. PostgreSQL's is none of the console's files.
    """
    if "sqlite" not in database["ENGINE"] or not Path(database["NAME"]).exists():
        return
    wrapper = same_file(Path(database["NAME"]))

    def wrap(connection: "BaseDatabaseWrapper", **_signal: Any) -> None:
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)

    connection_created.connect(wrap, weak=False)


def same_file(path: Path) -> Wrapper:
    """Return what raises ReplacedError before a statement, once there is another file at a path than now."""
    known = _identity(path)

    def wrapper(execute: Wrapper, *arguments: Any) -> Any:
        if _identity(path) != known:
            raise ReplacedError
        return execute(*arguments)

    return wrapper


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
