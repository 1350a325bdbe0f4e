"""Comparing the records of an import with what is known of them."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from console.bulk.checking.comparing import compare_parts
from console.bulk.models import Import, Stage
from console.bulk.running import queue_of
from console.work.leases import never
from tests.bulk.importing import checked, csv_of, row, sent
from tests.bulk.test_sending import staging_csv
from tests.support.aws_stand_in import StandIn


def queries_of_comparing(made: Import) -> int:
    """Return how many queries it takes to compare the records of an import again."""
    Import.objects.filter(pk=made.pk).update(stage=Stage.CHECKING)
    lease = queue_of(Q(pk=made.pk)).take(never)
    assert lease is not None
    with CaptureQueriesContext(connection) as queries:
        compare_parts(lease)
    lease.finish(stage=Stage.CHECKED)
    made.refresh_from_db()
    return len(queries)


@pytest.mark.usefixtures("demo")
def test_stored_records_take_no_queries_each() -> None:
    few, many = (csv_of(*(row(f"u-{number}") for number in range(count))) for count in (1, 40))
    sent(many)
    first, second = checked(few), checked(many)
    # A slow machine renews the lease meanwhile.
    assert queries_of_comparing(second) < queries_of_comparing(first) + 5
    assert (first.same_count, second.same_count) == (1, 40)


@pytest.mark.usefixtures("demo")
def test_records_that_were_sent_to_aws_take_no_queries_each(aws: StandIn) -> None:
    where: dict[str, Any] = {"environment": "staging", "group": "loyalty"}
    sent(staging_csv(40), **where)
    first, second = checked(staging_csv(1), **where), checked(staging_csv(40), **where)
    # A slow machine renews the lease meanwhile.
    assert queries_of_comparing(second) < queries_of_comparing(first) + 5
    assert (first.same_count, second.same_count) == (1, 40)
