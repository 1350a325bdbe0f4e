from typing import override

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """The app of storage; it registers its system checks."""

    name = "console.storage"
    verbose_name = "Storage"

    @override
    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.storage import checks  # noqa: F401
