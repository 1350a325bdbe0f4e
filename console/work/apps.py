from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The app of background work, which has the command `run_worker`."""

    name = "console.work"
    label = "work"
    verbose_name = "Background work"
