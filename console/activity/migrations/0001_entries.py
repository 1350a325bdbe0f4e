"""Make the table of entries, and the triggers by which the database keeps them."""

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from console.activity.triggers import drop_entry_triggers, make_entry_triggers

KEYS = {
    "person": "person_name",
    "kind": "kind",
    "name": "name",
    "environment": "environment",
    "address": "address",
    "outcome": "outcome",
}


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            "Entry",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kind", models.CharField(max_length=32)),
                ("person_id", models.IntegerField(null=True)),
                ("person_name", models.CharField(blank=True, max_length=150)),
                ("address", models.CharField(blank=True, max_length=64)),
                ("environment", models.CharField(blank=True, max_length=63)),
                ("dataset_group", models.CharField(blank=True, max_length=63)),
                ("noun", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=256)),
                ("facts", models.JSONField(default=dict)),
                ("outcome", models.CharField(default="done", max_length=16)),
                ("row_count", models.BigIntegerField(null=True)),
            ],
            {
                "indexes": [
                    models.Index(fields=["happened_at", "id"], name="activity_by_time"),
                    *(
                        models.Index(fields=[column, "-happened_at", "-id"], name=f"activity_by_{name}")
                        for name, column in KEYS.items()
                    ),
                    models.Index(
                        fields=["happened_at"],
                        condition=models.Q(("address", ""), _negated=True),
                        name="activity_with_address",
                    ),
                ],
            },
        ),
        migrations.RunPython(make_entry_triggers, drop_entry_triggers),
    ]
