from django.db import migrations

from console.submissions.triggers.submission_triggers import drop_triggers, make_triggers


class Migration(migrations.Migration):
    dependencies = [("history", "0003_users_once_address_redaction")]

    operations = [migrations.RunPython(make_triggers, drop_triggers)]
