"""Keep the records of every type of dataset in one table: those of users, to which items and actions come."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

FIELDS = "properties, created_at, replaced_at, import_job, dataset_id"
COPY = f"INSERT INTO local_storedrecord (record_id, {FIELDS}) SELECT {{0}}_id, {FIELDS} FROM local_stored{{0}}"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("local", "0007_leases")]

    operations: ClassVar[list[Operation]] = [
        migrations.RenameModel("StoredUser", "StoredRecord"),
        migrations.RemoveConstraint("storedrecord", "one_user_of_each_id_per_dataset"),
        migrations.RenameField("storedrecord", "user_id", "record_id"),
        migrations.AlterField(
            "storedrecord",
            "dataset",
            models.ForeignKey("local.dataset", on_delete=models.CASCADE, related_name="records", db_index=False),
        ),
        migrations.AddConstraint(
            "storedrecord",
            models.UniqueConstraint(fields=["dataset", "record_id"], name="one_record_of_each_id_per_dataset"),
        ),
        migrations.RunSQL(COPY.format("item")),
        migrations.RunSQL(COPY.format("action")),
        migrations.DeleteModel("StoredItem"),
        migrations.DeleteModel("StoredAction"),
    ]
