"""Consoles in processes of their own: what they printed, searched for what they knew. See secrecy.py."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from console.local.models import AccessKey, StoredEvent, StoredRecord
from console.people.models import Session
from console.submissions.models import SentRecord
from tests.support.secrecy import SECRET, Secrecy, Value, is_telling, of_field
from tests.support.served import Served

VARIABLE = re.compile(r"SECRET|TOKEN|PASSWORD")
# Where a database of a console has them: the column of a table, and what it is in words.
STORED_SECRETS = ((Session, "session_key", "session"), (AccessKey, "secret", "secret access key"))
STORED_PROPERTIES = (SentRecord, StoredRecord, StoredEvent)


def search_served(secrecy: Secrecy, served: list[Served]) -> None:
    """Look into what consoles in processes of their own have printed, for what they knew."""
    for each in served:
        log = each.log.read_text(errors="replace")
        for value in of_served(each):
            if value.text in log or quote(value.text, safe="") in log:
                secrecy.find(f"What {each.variables.get('DJANGO_SETTINGS_MODULE', 'a demo')} printed", value)


def of_served(served: Served) -> Iterator[Value]:
    """Give what a console knew: the secrets of its variables and its data directory, and what its database has."""
    for name, text in served.variables.items():
        if VARIABLE.search(name) and is_telling(text):
            yield Value(SECRET, name, text)
    password = urlsplit(served.variables.get("DATABASE_URL", "")).password
    if password:
        yield Value(SECRET, "the database's password", unquote(password))
    data = Path(served.variables["CONSOLE_DATA_DIR"])
    if (data / "secret-key").exists():
        yield Value(SECRET, "the file secret-key", (data / "secret-key").read_text())
    if (data / "console.sqlite3").exists():
        yield from of_database(data / "console.sqlite3")


def of_database(path: Path) -> Iterator[Value]:
    """Give the sessions, the keys and the properties that a database of SQLite has."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for model, column, what in STORED_SECRETS:
            table = model._meta.db_table
            if table in tables:
                for (text,) in connection.execute(f"SELECT {column} FROM {table} LIMIT 1000"):
                    if is_telling(text):
                        yield Value(SECRET, what, text)
        for table in (each._meta.db_table for each in STORED_PROPERTIES):
            if table in tables:
                for (text,) in connection.execute(f"SELECT DISTINCT properties FROM {table} LIMIT 1000"):
                    yield from (each for each in of_field("record_input", text) if is_telling(each.text))
