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
    for row in _rows(connection.settings_dict["NAME"]):
        # As fixtures are loaded: times stay what they are.
        copy(row).save_base(raw=True, force_insert=True)


@cache
def _rows(_database: str) -> list[Any]:
    """Return the rows of the demo, which are made and taken back."""
    with transaction.atomic():
        make_demo_data(ACCOUNT, REGION)
        rows = [row for model in MODELS for row in model._default_manager.all()]
        transaction.set_rollback(True)
    return rows
