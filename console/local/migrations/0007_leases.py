"""The mark of the worker that has a job is a lease, as that of all background work is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("local", "0006_normal_response"),
    ]

    operations = [
        migrations.RenameField(model_name="job", old_name="claim", new_name="lease"),
        migrations.RenameField(model_name="job", old_name="claimed_until", new_name="leased_until"),
    ]
