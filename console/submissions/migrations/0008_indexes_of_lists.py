from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

from console.submissions.orders import Duration, FirstRecordIds, Folded

SCOPE = ("environment", "dataset_group")
KEYS = {
    "person": F("person_name"),
    "users": FirstRecordIds(F("user_ids")),
    "outcome": F("outcome"),
    "code": F("error_code"),
    "duration": Duration(F("duration_ms")),
    "request": F("request_id"),
}


FILTERED = {"person": ("outcome", "person_id"), "outcome": ("person_name",)}


def by(name: str) -> models.Index:
    """Return the index of an order."""
    rest = ("created_at", *FILTERED.get(name, ("outcome", "person_name")))
    columns = (F("environment"), F("dataset_group"), KEYS[name], *(F(each) for each in rest))
    return models.Index(*columns, include=["id"], name=f"submissions_by_{name}")


def analyze(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL know the values of what is computed for an index: it would guess until a table has changed."""
    if editor.connection.vendor == "postgresql":
        for table in ("history_submission", "history_sentuser"):
            editor.execute(f"ANALYZE {table}")


class Migration(migrations.Migration):
    """Make the indexes that lists of submissions are read from: no table is made anew, and no row is written.

    Among 1,000,000 submissions with 5,500,000 users it takes about one minute.
    """

    dependencies = [("history", "0007_endpoints")]

    operations = [
        migrations.AddIndex(
            "sentuser", models.Index(Folded("user_id"), F("submission"), name="sent_users_of_any_case")
        ),
        migrations.RemoveIndex("sentuser", "sent_users_of_id"),
        migrations.AddIndex(
            "submission",
            models.Index(fields=[*SCOPE, "dataset_arn", "created_at"], name="submissions_by_dataset"),
        ),
        migrations.AddIndex(
            "submission",
            models.Index(
                fields=[*SCOPE, "created_at", "outcome", "person_name", "user_count"],
                include=["id"],
                name="submissions_by_time",
            ),
        ),
        migrations.RemoveIndex("submission", "submissions_of_group"),
        *(migrations.AddIndex("submission", by(name)) for name in KEYS),
        migrations.RunPython(analyze, migrations.RunPython.noop),
    ]
