"""Keep who redacted what was sent of a person, and let the database take that change of these records alone."""

from typing import ClassVar

import django.utils.timezone
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from console.submissions.triggers.submission_triggers import remake_triggers


def refuse(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to go back: an older version does not know who was redacted."""
    raise CommandError(
        "The trail cannot go back to a version that does not know redactions of people. Restore the backup that was "
        "made before the upgrade instead. Nothing was changed."
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0018_generations_of_the_demo")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.CharField(max_length=320)),
                ("record_id", models.CharField(max_length=256)),
                ("last_record", models.BigIntegerField()),
                ("person_name", models.CharField(max_length=150)),
                ("redacted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["dataset", "record_id", "last_record"], name="redactions_of_record"),
                ],
            },
        ),
        migrations.RunPython(remake_triggers, refuse),
    ]
