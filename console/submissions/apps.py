from typing import override

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """The app of submissions, which listens to changes of the local service's datasets."""

    name = "console.submissions"
    # Tables, migrations and permissions of every installation have this name.
    label = "history"
    verbose_name = "Submissions"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from console.local import api as local_api
        from console.submissions.known import dataset_events

        local_api.listen(dataset_events.record)
