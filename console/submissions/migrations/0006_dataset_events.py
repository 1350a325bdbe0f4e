import django.utils.timezone
from django.db import migrations, models

from console.submissions.triggers.event_triggers import drop_event_triggers, make_event_triggers


class Migration(migrations.Migration):
    dependencies = [("history", "0005_people_are_kept")]

    operations = [
        migrations.CreateModel(
            name="DatasetEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.CharField(max_length=320)),
                ("user_id", models.CharField(blank=True, max_length=256)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("users deleted", "a data deletion job removed the user"),
                            ("imported", "a dataset import job replaced data"),
                            ("dataset deleted", "the dataset was deleted"),
                            ("demo reset", "the demo data was reset"),
                        ],
                        max_length=16,
                    ),
                ),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddIndex(
            model_name="datasetevent",
            index=models.Index(fields=["dataset", "user_id", "-happened_at"], name="dataset_events_of_user"),
        ),
        migrations.RunPython(make_event_triggers, drop_event_triggers),
    ]
