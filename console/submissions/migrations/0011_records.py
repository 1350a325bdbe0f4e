"""Say of each submission which type of dataset it was sent to, and call what was sent records instead of users.

No row is written and no table is made anew: columns and a table get other names. Two indexes get one too, for which
SQLite makes them anew.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.orders import FirstRecordIds, Folded
from console.submissions.triggers.event_triggers import drop_event_triggers, make_event_triggers
from console.submissions.triggers.submission_triggers import drop_triggers, make_triggers

ADD_TYPE = "ALTER TABLE history_submission ADD COLUMN dataset_type varchar(32) NOT NULL DEFAULT 'USERS'"
SCOPE = ("origin", "dataset_group")
TIME = models.Index(
    fields=[*SCOPE, "created_at", "outcome", "person_name", "record_count"], include=["id"], name="submissions_by_time"
)
IDS = models.Index(
    *(models.F(each) for each in SCOPE),
    FirstRecordIds(models.F("record_ids")),
    "created_at",
    "outcome",
    "person_name",
    include=["id"],
    name="submissions_by_users",
)
OF_EVENTS = models.Index(fields=["dataset", "record_id", "-happened_at"], name="dataset_events_of_record")
OF_DATASET = models.Index(fields=["dataset", "record_id", "-id"], name="sent_records_of_dataset")
OF_ANY_CASE = models.Index(Folded("record_id"), "submission", include=["record_id"], name="sent_records_of_any_case")
# Those of the columns that get other names, by model and by the name that they have had; most keep it.
INDEXES = (
    ("submission", "submissions_by_time", TIME),
    ("submission", "submissions_by_users", IDS),
    ("sentrecord", "sent_users_of_dataset", OF_DATASET),
    ("sentrecord", "sent_users_of_any_case", OF_ANY_CASE),
    ("datasetevent", "dataset_events_of_user", OF_EVENTS),
)


def rename_indexes(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give indexes their new names; that of their columns they have already."""
    for model, name, index in INDEXES:
        if name == index.name:
            continue
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER INDEX {name} RENAME TO {index.name}")
        else:
            editor.execute(f"DROP INDEX {name}")
            editor.add_index(apps.get_model("history", model), index)


def refuse(_apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Refuse to go back: what was sent of other types than users would be taken for users."""
    raise CommandError(
        "The trail cannot go back to a version that knew users alone. Restore the backup that was made before the "
        "update instead. Nothing was changed."
    )


class Migration(migrations.Migration):
    dependencies = [("history", "0010_user_ids_in_index")]

    operations = [
        # What was there names the columns and the table.
        migrations.RunPython(drop_triggers, refuse),
        migrations.RunPython(drop_event_triggers, migrations.RunPython.noop),
        migrations.RunSQL(
            ADD_TYPE,
            migrations.RunSQL.noop,
            [
                migrations.AddField(
                    "submission",
                    "dataset_type",
                    models.CharField(max_length=32, default="USERS"),
                    preserve_default=False,
                )
            ],
        ),
        migrations.RenameField("submission", "user_ids", "record_ids"),
        migrations.RenameField("submission", "user_count", "record_count"),
        migrations.RenameModel("SentUser", "SentRecord"),
        migrations.RenameField("sentrecord", "user_id", "record_id"),
        migrations.AlterField(
            "sentrecord",
            "submission",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sent_records", to="history.submission"
            ),
        ),
        migrations.RenameField("datasetevent", "user_id", "record_id"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(rename_indexes, migrations.RunPython.noop)],
            [
                operation
                for model, name, index in INDEXES
                for operation in (migrations.RemoveIndex(model, name), migrations.AddIndex(model, index))
            ],
        ),
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_event_triggers, migrations.RunPython.noop),
    ]
