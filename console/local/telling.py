"""Notifies listeners of changes to datasets other than PutUsers, after which their known records may be stale."""

from collections.abc import Iterable
from typing import Protocol

# How the console names this service among the endpoints that it sends records to.
ENDPOINT = "local"
USERS_DELETED = "users deleted"
IMPORTED = "imported"
DATASET_DELETED = "dataset deleted"
DEMO_RESET = "demo reset"


class Listener(Protocol):
    """A function that is called on each change to a dataset or to some of its records."""

    def __call__(self, endpoint: str, dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None) -> None:
        """Note a change, in the transaction that makes it.

        `endpoint` is ENDPOINT, `kind` one of the kinds above, and `record_ids` the changed records, or None for all.
        """


_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Register a listener for all later changes."""
    _listeners.append(listener)


def tell(dataset_arn: str, kind: str, record_ids: Iterable[str] | None = None) -> None:
    """Notify the listeners of a change to a dataset; call this in the change's transaction.

    `kind` is one of the kinds above, and `record_ids` are the changed records, or None for all of the dataset.
    """
    for listener in _listeners:
        listener(ENDPOINT, dataset_arn, kind, record_ids)
