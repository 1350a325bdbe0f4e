from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Value
from django.db.models.functions import Length, Replace


def count_users(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in how many users were sent: their ids stand one a line."""
    without_breaks = Replace("user_ids", Value("\n"), Value(""))
    submissions = apps.get_model("history", "Submission").objects
    submissions.update(user_count=Length("user_ids") - Length(without_breaks) + 1)


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.AddField("submission", "user_count", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(count_users, migrations.RunPython.noop),
    ]
