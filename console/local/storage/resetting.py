"""Removes the stored data of one account or of all, for tests that start empty."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from console.local.models import Dataset, DatasetGroup, EventTracker, Job, Schema, Simulation
from console.local.storage import call_log, put_rate
from console.local.storage.one_writer import one_writer
from console.local.storage.record_writes import turn_to_write
from console.local.storage.removing import set_aside
from console.local.telling import DATASET_DELETED, tell


def reset(account: str | None) -> None:
    """Remove all resources, records and jobs of an account, in every region, or of all accounts if it is None.

    What is simulated for them ends, and their calls are forgotten. Keys and files stay.
    """
    with turn_to_write(), one_writer():
        remove_stored(account)
        Simulation.objects.filter(**_whose(account)).delete()
    with suppress(OSError):
        call_log.forget(account)


def remove_stored(account: str | None) -> None:
    """Remove all resources, records and jobs of an account, or of all if it is None; call it as the one writer.

    The worker removes the records: a dataset may have any number.
    """
    whose = Q(**_whose(account))
    # Before the records, so that no job writes any after that.
    Job.objects.filter(whose).delete()
    EventTracker.objects.filter(whose).delete()
    # Datasets without an account have already been deleted.
    for dataset in Dataset.objects.filter(whose).exclude(account="").select_for_update().order_by("pk"):
        tell(dataset.arn, DATASET_DELETED)
        set_aside(dataset)
    Schema.objects.filter(whose).exclude(account="").delete()
    groups = DatasetGroup.objects.filter(whose).exclude(account="")
    for key in groups.values_list("pk", flat=True):
        transaction.on_commit(lambda key=key: put_rate.forget(key))  # type: ignore[misc]  # mypy infers no default.
    groups.delete()


def _whose(account: str | None) -> dict[str, str]:
    return {} if account is None else {"account": account}
