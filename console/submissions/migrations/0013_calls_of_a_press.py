"""Keep of events which tracker they were sent to, and which of how many calls of their press sent them.

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
    """Refuse to go back: an older version does not know the events that were sent."""
    raise CommandError(
        "The trail cannot go back to a version that does not know interactions. Restore the backup that was made "
        "before the upgrade instead. Nothing was changed."
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0012_index_of_record_ids")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("submission", "tracking_id", models.CharField(max_length=256, null=True)),
        migrations.AddField("submission", "press", models.UUIDField(null=True)),
        migrations.AddField("submission", "call_number", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("submission", "call_count", models.PositiveSmallIntegerField(null=True)),
        migrations.AddIndex(
            "submission",
            models.Index(fields=["press"], condition=models.Q(press__isnull=False), name="submissions_of_press"),
        ),
        migrations.RunPython(remake_triggers, refuse),
    ]
