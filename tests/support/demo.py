"""The demo data in the database of a test, at a fraction of what making them takes: most tests begin with them."""

from copy import copy
from functools import cache
from typing import Any

from django.db import connection, transaction

from console.local.demo import make_demo_data
from console.local.models import Dataset, DatasetGroup, Demo, EventTracker, Schema

ACCOUNT = "000000000000"
REGION = "us-east-1"
# In an order in which none is before what it belongs to.
MODELS = (Demo, DatasetGroup, Schema, Dataset, EventTracker)


def put_demo_data() -> None:
    """Put the demo data where there are none, as `make_demo_data` made them for the first test of this process."""
    if any(model._default_manager.exists() for model in MODELS):
        # Something of the test's own may have the ids of the rows that are kept here.
        make_demo_data(ACCOUNT, REGION)
        return
    with connection.cursor() as cursor:
        for statement, values in _inserts(connection.settings_dict["NAME"]):
            cursor.execute(statement, values)


@cache
def _inserts(_database: str) -> list[tuple[str, Any]]:
    """Return the statements that put the rows of the demo, which are made, put and taken back."""
    found: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, values: Any, *rest: Any) -> Any:
        found.append((statement, values))
        return execute(statement, values, *rest)

    with transaction.atomic():
        make_demo_data(ACCOUNT, REGION)
        rows = [row for model in MODELS for row in model._default_manager.all()]
        transaction.set_rollback(True)
    with transaction.atomic():
        with connection.execute_wrapper(note):
            for row in rows:
                # As fixtures are loaded: times stay what they are.
                copy(row).save_base(raw=True, force_insert=True)
        transaction.set_rollback(True)
    return [(statement, values) for statement, values in found if statement.startswith("INSERT")]
