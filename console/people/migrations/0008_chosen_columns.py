from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_seen_at")]

    operations = [
        migrations.AddField(
            model_name="tablepreferences", name="chosen_columns", field=models.JSONField(default=list)
        ),
    ]
