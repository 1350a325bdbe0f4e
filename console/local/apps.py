from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from console.work.leases import Stopping


class LocalConfig(AppConfig):
    name = "console.local"
    label = "local"
    verbose_name = "Local service"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from console.work import worker

        worker.register("jobs of the local service", _run_jobs)
        worker.register("removal of deleted datasets", _remove_deleted)


# What they need is imported where the worker runs: other commands start without it.


def _run_jobs(stopping: "Stopping") -> float:
    from console.local.jobs.running import run_jobs

    return run_jobs(stopping)


def _remove_deleted(stopping: "Stopping") -> float:
    from console.local.storage.removing import remove_deleted

    return remove_deleted(stopping)
