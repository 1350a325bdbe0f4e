from django.db import migrations

OLD, NEW = "as ever", "normal"
RENAME = "UPDATE local_simulation SET response = '{}' WHERE response = '{}'"


class Migration(migrations.Migration):
    """Call the response that only delays by its new name, also where it is simulated now."""

    dependencies = [("local", "0005_simulation_and_put_rate")]

    operations = [migrations.RunSQL(RENAME.format(NEW, OLD), RENAME.format(OLD, NEW))]
