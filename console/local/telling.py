"""Telling the console what happens to datasets beside PutUsers: what it knows of their users may not be so any more.

The console's function for it is known by the setting CONSOLE_LOCAL_EVENTS alone.
"""

from collections.abc import Iterable
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

# How the console names this service among the endpoints that it sends records to.
ENDPOINT = "local"
USERS_DELETED = "users deleted"
IMPORTED = "imported"
DATASET_DELETED = "dataset deleted"
DEMO_RESET = "demo reset"


class _Record(Protocol):
    """Write that something happened to a dataset, or to some of its users alone."""

    def __call__(self, endpoint: str, dataset_arn: str, kind: str, user_ids: Iterable[str] | None = None) -> None: ...


def tell(dataset_arn: str, kind: str, user_ids: Iterable[str] | None = None) -> None:
    """Tell of what happened to a dataset, or to some of its users; to be called in the transaction of that."""
    record = cast("_Record", import_string(settings.CONSOLE_LOCAL_EVENTS))
    record(ENDPOINT, dataset_arn, kind, user_ids)
