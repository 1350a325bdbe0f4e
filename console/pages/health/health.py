"""Health checks for machines: whether the process responds, and whether it can do its work."""

import os
import tempfile

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from console.pages.frame.decorators import console_page
from console.personalize.connections.endpoints import SERVED_PORT
from console.storage.database_trouble import Kind, database_trouble
from console.storage.disk import write_all
from console.storage.migrations import applied_migrations, migrations_of_code
from console.work.waking import has_worker

# In bytes: a submission of ten users, with the typed text and the database's own overhead.
ROOM = 1024 * 1024


@console_page("healthz")
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Respond while the process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@console_page("readyz")
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Respond that the console can do its work, or with 503 and one word for what is missing."""
    missing = _missing()
    return HttpResponse(f"{missing or 'ok'}\n", status=503 if missing else 200, content_type="text/plain")


def _missing() -> str:
    """Return one word, or "": `database` if it cannot be queried, `migrations` if some are not applied, and so on.

    On a full disk pages that only read still work, but nothing can be sent. Without a worker pages work, but jobs and
    scheduled deletions wait.
    """
    try:
        if not applied_migrations() >= migrations_of_code():
            return "migrations"
        _try_a_file()
    except (Error, OSError) as error:
        return _word_for(error)
    # Only `serve` starts a worker.
    return "worker" if SERVED_PORT in os.environ and not has_worker() else ""


def _try_a_file() -> None:
    """Write a file as large as the largest submission into the data directory, and remove it; raise OSError."""
    # The file has no name on file systems that support it.
    with tempfile.TemporaryFile(dir=settings.CONSOLE_DATA_DIR, buffering=0) as file:
        write_all(file.fileno(), bytes(ROOM))


def _word_for(error: Error | OSError) -> str:
    trouble = database_trouble(error)
    if trouble and trouble.kind is Kind.TOO_MANY_FILES:
        return "files"
    return "disk" if isinstance(error, OSError) else "database"
