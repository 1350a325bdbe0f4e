from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_time_zone")]

    operations = [
        migrations.AddField(model_name="session", name="seen_at", field=models.DateTimeField(null=True)),
    ]
