from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "console.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.people import checks  # noqa: F401
