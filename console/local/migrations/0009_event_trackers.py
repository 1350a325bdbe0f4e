"""Event trackers. The Action interactions datasets that are there get theirs, with the tracking id that they had."""

import secrets
import uuid
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


def add_trackers(apps: Any, _schema_editor: Any) -> None:
    """Make the event tracker of each Action interactions dataset; its tracking id was computed until now."""
    trackers = apps.get_model("local", "EventTracker").objects
    for dataset in apps.get_model("local", "Dataset").objects.filter(dataset_type="ACTION_INTERACTIONS"):
        trackers.create(
            account=dataset.account,
            region=dataset.region,
            name=dataset.name,
            arn=f"arn:aws:personalize:{dataset.region}:{dataset.account}:event-tracker/{secrets.token_hex(4)}",
            group=dataset.group,
            dataset=dataset,
            tracking_id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{dataset.arn}/{dataset.created_at.isoformat()}")),
        )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("local", "0008_stored_records")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "EventTracker",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=12)),
                ("region", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=63)),
                ("arn", models.CharField(max_length=256, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("settled_status", models.CharField(default="ACTIVE", max_length=32)),
                ("changing_since", models.DateTimeField(null=True)),
                ("settles_at", models.DateTimeField(null=True)),
                ("tags", models.JSONField(default=list)),
                (
                    "group",
                    models.ForeignKey("local.datasetgroup", models.CASCADE, related_name="event_trackers"),
                ),
                (
                    "dataset",
                    models.OneToOneField("local.dataset", models.CASCADE, null=True, related_name="event_tracker"),
                ),
                ("tracking_id", models.CharField(max_length=36, unique=True)),
            ],
            {
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["settles_at"],
                        condition=models.Q(settled_status="DELETED"),
                        name="event_trackers_to_remove",
                    )
                ],
            },
        ),
        migrations.RunPython(add_trackers, migrations.RunPython.noop),
    ]
