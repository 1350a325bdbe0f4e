from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("local", "0001_initial")]

    operations = [
        migrations.RenameField("dataset", "status", "settled_status"),
        migrations.RenameField("datasetgroup", "status", "settled_status"),
        *(
            migrations.AddField(model, name, field)
            for model in ("dataset", "datasetgroup")
            for name, field in (
                ("changing_since", models.DateTimeField(null=True)),
                ("settles_at", models.DateTimeField(null=True)),
                ("tags", models.JSONField(default=list)),
            )
        ),
        migrations.AddField("dataset", "update_began_at", models.DateTimeField(null=True)),
        migrations.AddField("dataset", "update_settles_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "dataset",
            models.Index(
                condition=models.Q(("settled_status", "DELETED")), fields=["settles_at"], name="datasets_to_remove"
            ),
        ),
        migrations.AddIndex(
            "datasetgroup",
            models.Index(
                condition=models.Q(("settled_status", "DELETED")),
                fields=["settles_at"],
                name="dataset_groups_to_remove",
            ),
        ),
    ]
