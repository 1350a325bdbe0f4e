"""What machines ask of the console: whether the process answers, and whether it can do its work."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the console can do its work; otherwise answer 503, with one word for what is missing."""
    missing = _missing()
    return HttpResponse(f"{missing or 'ok'}\n", status=503 if missing else 200, content_type="text/plain")


def _missing() -> str:
    """Return `database` if it cannot be asked, `migrations` if they are not all applied, and otherwise nothing."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return "database"
    return "" if applied >= _migrations() else "migrations"


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of the code, by app and name; they are what they are while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)
