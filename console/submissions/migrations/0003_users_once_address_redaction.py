import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0002_submission_user_count")]

    operations = [
        # The users of a submission are its SentUser rows.
        migrations.RemoveField("submission", "users"),
        migrations.AddField(
            "submission", "address", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.AddField("submission", "redacted_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "sentuser",
            "submission",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sent_users", to="history.submission"
            ),
        ),
        migrations.AlterModelOptions("sentuser", {"ordering": ["pk"]}),
        migrations.AddIndex(
            "submission",
            models.Index(
                condition=models.Q(("redacted_at__isnull", True)), fields=["created_at"], name="submissions_unredacted"
            ),
        ),
        migrations.AddIndex("sentuser", models.Index(fields=["user_id"], name="sent_users_of_id")),
    ]
