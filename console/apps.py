from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "console"

    def ready(self) -> None:
        # Importing the module registers its checks.
        from console import checks  # noqa: F401
