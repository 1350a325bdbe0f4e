"""The warnings of import jobs, of which none were kept until now."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("local", "0010_stored_events")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("job", "warnings", models.JSONField(default=dict)),
        migrations.AddField("job", "warnings_file", models.TextField(blank=True, default="")),
    ]
