from typing import TYPE_CHECKING, override

from django.apps import AppConfig

if TYPE_CHECKING:
    from console.work.leases import Stopping


class SubmissionsConfig(AppConfig):
    """The app of submissions: what it hears of the local service's datasets, and what the worker does for it."""

    name = "console.submissions"
    # Tables, migrations and permissions of every installation have this name.
    label = "history"
    verbose_name = "Submissions"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from console.local import api as local_api
        from console.submissions.known import dataset_events
        from console.work import worker

        local_api.listen(dataset_events.record)
        worker.register("answers to submissions", _settling)
        worker.before_end(_settle_before_end)


# Only the worker imports the modules of its steps, so that other commands start without them.


def _settling(stopping: "Stopping") -> float:
    from console.submissions.recording import settling

    return settling(stopping)


def _settle_before_end() -> None:
    from console.submissions.recording import settle_before_end

    settle_before_end()
