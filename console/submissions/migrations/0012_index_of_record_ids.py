"""Call the index of the ids of records after records: it was that of users."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("history", "0011_records")]

    operations: ClassVar[list[Operation]] = [
        migrations.RenameIndex("submission", "submissions_by_records", old_name="submissions_by_users")
    ]
