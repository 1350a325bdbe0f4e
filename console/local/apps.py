from typing import TYPE_CHECKING, override

from django.apps import AppConfig

if TYPE_CHECKING:
    from console.work.leases import Stopping


class LocalConfig(AppConfig):
    """The app of the local service; it registers the service's background work with the worker."""

    name = "console.local"
    label = "local"
    verbose_name = "Local service"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from console.work import worker

        worker.register("jobs of the local service", _run_jobs)
        worker.register("removal of deleted datasets", _remove_deleted)


# Only the worker imports the modules of its steps, so that other commands start without them.


def _run_jobs(stopping: "Stopping") -> float:
    from console.local.jobs.running import run_jobs

    return run_jobs(stopping)


def _remove_deleted(stopping: "Stopping") -> float:
    from console.local.storage.removing import remove_deleted

    return remove_deleted(stopping)
