"""System checks of the database: that of a newer version of the console stops a start and an update."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from console.storage.migrations import applied_migrations, migrations_of_code

# The apps whose migrations are the console's own.
OWN_APPS = ("history", "local", "people")


@register(Tags.database)
def database_is_not_newer(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Check that no newer version of the console has changed the databases: this one would not know what is there."""
    return [message for alias in databases or () for message in _newer(alias)]


def _newer(alias: str) -> list[CheckMessage]:
    try:
        applied = applied_migrations(alias)
    except DatabaseError:
        # Commands that start the console report it themselves.
        return []
    unknown = sorted(f"{app}.{name}" for app, name in applied - migrations_of_code() if app in OWN_APPS)
    if not unknown:
        return []
    sentence = (
        f"The database belongs to a newer version of the console: this version does not know {', '.join(unknown)}."
    )
    hint = "Start the newer version, or restore the backup that was made before the upgrade to it."
    return [Error(sentence, hint=hint, id="console.E005")]
