"""Say of each origin which demo of the local service it is, so that a reset begins a new one.

What was sent before this version is of none. The table of origins is small, and SQLite makes it anew.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from console.submissions.triggers.origin_triggers import drop_origin_triggers, make_origin_triggers


def refuse(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to go back: an older version takes all demos for one."""
    raise CommandError(
        "The trail cannot go back to a version that does not know earlier demos. Restore the backup that was made "
        "before the upgrade instead. Nothing was changed."
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0017_calls_of_an_import")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(drop_origin_triggers, migrations.RunPython.noop),
        migrations.RemoveConstraint("origin", "one_origin_of_each"),
        migrations.AddField("origin", "generation", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AddField("origin", "began_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "origin",
            models.UniqueConstraint(
                fields=["environment", "endpoint", "arn_prefix", "generation"], name="one_origin_of_each_generation"
            ),
        ),
        migrations.RunPython(make_origin_triggers, refuse),
    ]
