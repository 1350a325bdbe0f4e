import math
from typing import TYPE_CHECKING, override

from django.apps import AppConfig

if TYPE_CHECKING:
    from console.work.leases import Stopping
    from console.work.worker import Step


class SubmissionsConfig(AppConfig):
    """The submissions app: listens for changes of the local service's datasets, and registers its worker steps."""

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
        worker.register("redactions of people", _redactions_at_start())
        worker.before_end(_settle_before_end)


# Only the worker imports the modules of its steps, so that other commands start without them.


def _settling(stopping: "Stopping") -> float:
    from console.submissions.recording import settling

    return settling(stopping)


def _redactions_at_start() -> "Step":
    """Return the step that repeats redactions which restoring a backup may have undone."""
    is_done = False

    def step(_stopping: "Stopping") -> float:
        nonlocal is_done
        if not is_done:
            from console.submissions.redaction.redacting import redact_all_again

            redact_all_again()
            is_done = True
        return math.inf

    return step


def _settle_before_end() -> None:
    from console.submissions.recording import settle_before_end

    settle_before_end()
