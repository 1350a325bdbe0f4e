"""Django settings of the stand-alone local service: none from the environment, none for pages or people."""

import secrets
from pathlib import Path

from django.conf import settings

from console.alone.data import DATABASE
from console.alone.options import Options
from console.local.defaults import ACCOUNT, MOST_DATASET_GROUPS
from console.output.logging_in_lines import logging_in_lines
from console.storage.database import sqlite

# The server says that it is embedded, and that this is new to it.
LOGGERS = {"_granian": {"level": "ERROR"}}
# Nothing that is in memory outlives the machine, so that there is nothing to wait for.
WITHOUT_WAITING = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF"


def configure(options: Options, data: Path) -> None:
    """Configure Django for the rest of the process."""
    database = sqlite(data, DATABASE)
    if options.in_memory:
        database["OPTIONS"]["init_command"] = WITHOUT_WAITING
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=["console.work", "console.local"],
        USE_TZ=True,
        # It signs the tokens of lists, which last as long as the process.
        SECRET_KEY=secrets.token_urlsafe(50),
        # Every key is random, and known to who has read it here: a page of another site could sign nothing, whatever
        # host name it asks by. Containers and test runners have names of their own for this machine.
        ALLOWED_HOSTS=["*"],
        LOGGING=logging_in_lines(LOGGERS),
        CONSOLE_DATA_DIR=data,
        CONSOLE_LOCAL_CONTROLS=True,
        CONSOLE_LOCAL_ACCOUNT=ACCOUNT,
        # There is no demo, whose key this would be.
        CONSOLE_LOCAL_ACCESS_KEY_ID=None,
        CONSOLE_LOCAL_SECRET_ACCESS_KEY=None,
        CONSOLE_LOCAL_CREATE_SECONDS=options.create_seconds,
        CONSOLE_LOCAL_MOST_DATASET_GROUPS=MOST_DATASET_GROUPS,
        CONSOLE_LOCAL_PUT_RATE=options.put_rate,
        CONSOLE_LOCAL_EVENT_RATE=0,
        CONSOLE_LOCAL_ANY_TIME=options.any_time,
    )
