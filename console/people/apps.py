from typing import override

from django.apps import AppConfig

SECONDS_BETWEEN_REMOVALS = 60


class PeopleConfig(AppConfig):
    """The app of people; it registers its system checks, and its periodic removals with the worker."""

    name = "console.people"
    label = "people"
    verbose_name = "People"

    @override
    def ready(self) -> None:
        # Importing the module registers its checks.
        from console.people import checks  # noqa: F401
        from console.people.lock_out import remove_failures_that_are_over
        from console.people.sessions import remove_ended
        from console.work import worker

        worker.register("ended sessions", worker.every(SECONDS_BETWEEN_REMOVALS, remove_ended))
        worker.register("failures to sign in", worker.every(SECONDS_BETWEEN_REMOVALS, remove_failures_that_are_over))
