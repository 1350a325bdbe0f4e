from typing import override

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """The app of the settings; it registers their system checks."""

    name = "console.config"
    verbose_name = "Settings"

    @override
    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.config import checks  # noqa: F401
