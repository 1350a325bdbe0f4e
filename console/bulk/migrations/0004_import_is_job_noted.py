from typing import Any

from django.db import migrations, models


def note_known_jobs(apps: Any, _schema_editor: Any) -> None:
    """Take the jobs that there are as noted: that was done when they were created."""
    apps.get_model("bulk", "Import").objects.exclude(job_name="").update(is_job_noted=True)


class Migration(migrations.Migration):
    dependencies = [
        ("bulk", "0003_cancelled_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="is_job_noted",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(note_known_jobs, migrations.RunPython.noop),
    ]
