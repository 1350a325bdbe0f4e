"""The events of datasets of interactions, which were not stored until now."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("local", "0009_event_trackers")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "StoredEvent",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dataset",
                    models.ForeignKey("local.dataset", models.CASCADE, db_index=False, related_name="events"),
                ),
                ("user_id", models.CharField(max_length=256)),
                ("object_id", models.CharField(max_length=256)),
                ("event_type", models.CharField(max_length=256)),
                ("moment", models.BigIntegerField()),
                ("properties", models.TextField()),
                ("digest", models.BinaryField(max_length=16)),
                ("created_at", models.DateTimeField()),
                ("import_job", models.BigIntegerField(null=True)),
            ],
            {
                "indexes": [
                    models.Index(fields=["dataset", "id"], name="events_of_dataset"),
                    models.Index(fields=["dataset", "user_id", "id"], name="events_of_user"),
                    models.Index(fields=["dataset", "object_id", "id"], name="events_of_object"),
                    models.Index(fields=["dataset", "event_type", "id"], name="events_of_type"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["dataset", "moment", "digest"], name="one_of_identical_events_per_dataset"
                    ),
                ],
            },
        ),
    ]
