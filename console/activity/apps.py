import math
from typing import TYPE_CHECKING, override

from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from console.work.leases import Stopping
    from console.work.worker import Step

SECONDS_BETWEEN_REMOVALS = 60 * 60


class ActivityConfig(AppConfig):
    """The Activity app: connects its signals and registers its worker steps."""

    name = "console.activity"
    label = "activity"
    verbose_name = "Activity"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from console.activity import accounts
        from console.submissions.retention import also_redact
        from console.work import worker

        accounts.listen()
        worker.register("settings of environments", _environments_at_start())
        worker.register("old addresses of Activity", worker.every(SECONDS_BETWEEN_REMOVALS, _remove_old_addresses))
        also_redact(_remove_with_redaction)


# Only the worker imports the modules of its steps, so that other commands start faster.


def _environments_at_start() -> "Step":
    """Return a step that records the environments once: they cannot change before the next start."""
    is_done = False

    def step(_stopping: "Stopping") -> float:
        nonlocal is_done
        if not is_done:
            from console.activity.at_start import record_environments

            record_environments()
            is_done = True
        return math.inf

    return step


def _remove_old_addresses() -> None:
    from console.activity.retention import remove_old_addresses

    remove_old_addresses()


def _remove_with_redaction(_moment: "datetime") -> str:
    """Remove addresses by their own age setting, which is independent of that of submissions."""
    _remove_old_addresses()
    return ""
