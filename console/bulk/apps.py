from pathlib import Path
from typing import TYPE_CHECKING, override

from django.apps import AppConfig

from console.bulk.at_once import LONG_CHECK, LONG_CHECKS_AT_ONCE, SENT_AT_ONCE, SHORT_CHECKS_AT_ONCE

if TYPE_CHECKING:
    from datetime import datetime

    from console.submissions.redaction.kept import Order
    from console.submissions.redaction.redacting import Redacted
    from console.work.leases import Stopping

SECONDS_BETWEEN_REMOVALS = 600


class BulkConfig(AppConfig):
    """The app of imports from files; it registers its worker steps, redactions and backups."""

    name = "console.bulk"
    label = "bulk"
    verbose_name = "Imports"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        from console.storage import backed_up
        from console.submissions.redaction.redacting import also_redact_people
        from console.submissions.retention import also_redact
        from console.work import worker

        worker.register("checks of files", _check, "checks of files", most=LONG_CHECKS_AT_ONCE)
        worker.register("checks of short files", _check_short, "checks of short files", most=SHORT_CHECKS_AT_ONCE)
        worker.register("imports from files", _send, "imports from files", most=SENT_AT_ONCE)
        worker.register_alone(LONG_CHECK, _check_alone)
        worker.register("imports that were stopped", _settle)
        worker.register("imports that are over", worker.every(SECONDS_BETWEEN_REMOVALS, _remove_expired))
        also_redact(_remove_before)
        also_redact_people(_redact_imports)
        backed_up.add("imports", _directory_of_files)


def _directory_of_files() -> Path | None:
    from console.bulk.uploading.store import directory

    return directory()


# Only the worker imports the modules of its steps, so that other commands start without them.


def _check(stopping: "Stopping") -> float:
    from console.bulk.running import check_step

    return check_step()(stopping)


def _check_short(stopping: "Stopping") -> float:
    from console.bulk.running import short_check_step

    return short_check_step()(stopping)


def _check_alone(token: str, stopping: "Stopping") -> None:
    from console.bulk.running import check_alone

    check_alone(token, stopping)


def _send(stopping: "Stopping") -> float:
    from console.bulk.running import sending_step

    return sending_step()(stopping)


def _settle(stopping: "Stopping") -> float:
    from console.bulk.running import settling_step

    return settling_step()(stopping)


def _remove_expired() -> None:
    from console.bulk.removing import remove_expired

    remove_expired()


def _redact_imports(order: "Order", found: "Redacted") -> None:
    from console.bulk.redacting import redact_imports

    redact_imports(order, found)


def _remove_before(moment: "datetime") -> str:
    from console.bulk.removing import remove_before

    left = remove_before(moment)
    if not left:
        return ""
    which = "An import" if left == 1 else f"{left} imports"
    return f"{which} of that age could not be removed: see the log. The worker tries again."
