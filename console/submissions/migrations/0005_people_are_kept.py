import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from console.submissions.triggers.log_triggers import drop_log_triggers, make_log_triggers
from console.submissions.triggers.submission_triggers import remake_triggers


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("history", "0004_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "submission",
            "person",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("submission", models.Index(fields=["person_name", "person"], name="submissions_of_name")),
        # The id of the person stays as it was sent, too.
        migrations.RunPython(remake_triggers, migrations.RunPython.noop),
        migrations.RunPython(make_log_triggers, drop_log_triggers),
    ]
