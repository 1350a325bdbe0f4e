from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "console.storage"
    verbose_name = "Storage"

    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.storage import checks  # noqa: F401
