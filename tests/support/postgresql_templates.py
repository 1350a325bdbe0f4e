"""Databases of PostgreSQL that each server of the tests begins with, to be copied: to make one takes seconds."""

from urllib.parse import urlsplit

import psycopg
from psycopg import sql

# With the demo, and of production: migrated, with one administrator.
PREPARED, MIGRATED = "prepared", "migrated"


def copy_template(template: str, url: str) -> None:
    """Put a copy of a template in the place of an empty database, whose address is as DATABASE_URL takes it.

    One that has tables stays as it is.
    """
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema LIMIT 1").fetchone():
            return
    name = urlsplit(url).path.removeprefix("/")
    source, copied = sql.Identifier(template), sql.Identifier(name)
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(copied))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(copied, source))
