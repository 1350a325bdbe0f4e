"""Which calls get a simulated response: until now, all that put records."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("local", "0011_import_warnings")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField("simulation", "account", models.CharField(max_length=12, blank=True, default="")),
        migrations.AddField("simulation", "operation", models.CharField(max_length=64, blank=True, default="")),
        migrations.AddField("simulation", "dataset_group", models.CharField(max_length=256, blank=True, default="")),
    ]
