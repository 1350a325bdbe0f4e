"""The database of the local service alone gets the tables of today's version."""

import sys
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from console.storage.migrations import applied_migrations, migrations_of_code


def migrate(data: Path) -> None:
    """Make what tables are missing; end with a sentence for a database of a newer version. Raise DatabaseError."""
    applied, known = applied_migrations(), migrations_of_code()
    if applied - known:
        sys.exit(f"A newer version has made the database in {data}. Use that one, or name another with --data.")
    if not applied and not connection.introspection.table_names():
        make_tables(connection)
    elif known - applied:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def make_tables(database: BaseDatabaseWrapper) -> None:
    """Make all tables in an empty database, as the migrations leave them; the order of columns alone may differ.

    The migrations would go through each former version, which takes as long as the rest of the start. Django makes
    the tables of apps without migrations in this way.
    """
    with database.schema_editor() as editor:
        for model in apps.get_app_config("local").get_models():
            editor.create_model(model)
        recorder = MigrationRecorder(database)
        editor.create_model(recorder.Migration)
        for app, name in sorted(migrations_of_code()):
            recorder.record_applied(app, name)
