"""Telling what happens to datasets beside PutUsers: what others know of their users may not be so any more."""

from collections.abc import Iterable
from typing import Protocol

# How the console names this service among the endpoints that it sends records to.
ENDPOINT = "local"
USERS_DELETED = "users deleted"
IMPORTED = "imported"
DATASET_DELETED = "dataset deleted"
DEMO_RESET = "demo reset"


class Listener(Protocol):
    """Hears that something of a kind happened to a dataset, or to some of its users alone."""

    def __call__(
        self, endpoint: str, dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None
    ) -> None: ...


_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Tell a listener of all that happens from now on."""
    _listeners.append(listener)


def tell(dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None) -> None:
    """Tell of what happened to a dataset, or to some of its users; to be called in the transaction of that."""
    for listener in _listeners:
        listener(ENDPOINT, dataset_arn, kind, record_ids)
