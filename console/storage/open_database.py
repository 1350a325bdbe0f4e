"""The database stays open while a process lives."""

import logging
import sqlite3
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

# Closed when the process ends.
_open: list[sqlite3.Connection] = []


def keep_open(database: dict[str, Any]) -> bool:
    """Keep a connection to the SQLite database of Django's settings, which nothing is done with; return whether it is.

    With the last connection SQLite's files beside the database go, without which it cannot be read: to make them
    again takes room, which a disk that is full by then has not. PostgreSQL needs none of this. What is wrong with the
    database is said by whatever needs it.
    """
    if "sqlite" not in database["ENGINE"] or not Path(database["NAME"]).exists():
        return False
    try:
        connection = sqlite3.connect(database["NAME"], check_same_thread=False)
        # It opens the files when it reads for the first time.
        connection.execute("PRAGMA schema_version").fetchall()
    except sqlite3.Error as error:
        log.warning("The database cannot be kept open (%s).", error)
        return False
    _open.append(connection)
    return True
