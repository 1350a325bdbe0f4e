"""Removing stored records while others put some."""

from typing import Any

from django.db.models import QuerySet


def remove_in_order(records: QuerySet[Any], id_name: str) -> int:
    """Remove records, and return how many there were; to be called in a transaction.

    PutUsers stores records in the order of their ids. They are locked in the same order here, since on PostgreSQL two
    that take the same rows in different orders wait for each other until one of them fails. SQLite has one writer.
    """
    list(records.select_for_update(of=("self",)).order_by(id_name).values_list("pk"))
    number, _by_model = records.delete()
    return number
