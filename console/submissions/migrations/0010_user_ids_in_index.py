from django.db import migrations, models

from console.submissions.orders import Folded

NAME = "sent_users_of_any_case"


class Migration(migrations.Migration):
    dependencies = [("history", "0009_origins")]

    operations = [
        migrations.RemoveIndex("sentuser", NAME),
        migrations.AddIndex("sentuser", models.Index(Folded("user_id"), "submission", include=["user_id"], name=NAME)),
    ]
