"""Keep what people chose in the tables of users, which are tables of records now."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


def rename(apps: Any, _editor: Any) -> None:
    """Rename the table of stored users, and the column of the table of submissions."""
    preferences = apps.get_model("people", "TablePreferences")
    preferences.objects.filter(table="users").update(table="records")
    for chosen in preferences.objects.filter(table="submissions"):
        if "users" in chosen.hidden_columns:
            chosen.hidden_columns = ["records" if each == "users" else each for each in chosen.hidden_columns]
            chosen.save(update_fields=["hidden_columns"])


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0004_signing_in")]

    operations: ClassVar[list[Operation]] = [migrations.RunPython(rename, migrations.RunPython.noop)]
