from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "console.submissions"
    # Tables, migrations and permissions of every installation have this name.
    label = "history"
    verbose_name = "Submissions"
    default_auto_field = "django.db.models.BigAutoField"
