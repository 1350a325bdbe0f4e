from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "console.config"
    verbose_name = "Settings"

    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.config import checks  # noqa: F401
