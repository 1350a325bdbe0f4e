"""Keep of the calls of an import from a file which import that is, and which of its calls.

The columns may be null, so that no table is made anew.
"""

from typing import ClassVar

from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from console.submissions.triggers.submission_triggers import remake_triggers


def refuse(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to go back: an older version does not know the calls of imports."""
    raise CommandError(
        "The trail cannot go back to a version that does not know imports from files. Restore the backup that was "
        "made before the upgrade instead. Nothing was changed."
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0016_filters_in_indexes")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("submission", "bulk_import", models.UUIDField(null=True)),
        migrations.AddField("submission", "bulk_call", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "submission",
            models.Index(
                fields=["bulk_import", "bulk_call"],
                condition=models.Q(bulk_import__isnull=False),
                name="submissions_of_import",
            ),
        ),
        migrations.RunPython(remake_triggers, refuse),
    ]
