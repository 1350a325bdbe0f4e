from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "console.local"
    label = "local"
    verbose_name = "Local service"
    default_auto_field = "django.db.models.BigAutoField"
