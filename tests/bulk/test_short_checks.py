"""Files that take a moment to check do not wait for one that takes long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.running import check_step, short_check_step
from console.bulk.waiting import waits_for_its_turn
from console.work import worker
from console.work.leases import never
from tests.bulk.importing import checked, csv_of, row, sent, uploaded

pytestmark = pytest.mark.usefixtures("demo")
MEGABYTES = 1024**2


def to_check(name: str, size: int) -> Import:
    """Return the import of a file that is to be checked, of which its row says that it has so many bytes."""
    made = uploaded(csv_of(row("u-1")), name=name)
    controls.start_check(made)
    earlier = timezone.now() - timedelta(seconds=5)
    Import.objects.filter(pk=made.pk).update(file_size=size, starts_at=earlier)
    made.refresh_from_db()
    return made


def stage(made: Import) -> Stage:
    return Stage(Import.objects.get(pk=made.pk).stage)


def lease(made: Import) -> None:
    """Let another thread have an import."""
    until = timezone.now() + timedelta(seconds=60)
    Import.objects.filter(pk=made.pk).update(lease="worker", leased_until=until)


def test_the_worker_has_a_thread_for_each() -> None:
    assert {"checks of files", "checks of short files"} <= set(worker.registered())


def test_a_short_file_is_checked_beside_a_long_one() -> None:
    long, short = to_check("long.csv", 4 * MEGABYTES + 1), to_check("short.csv", 4 * MEGABYTES)
    lease(long)
    assert not waits_for_its_turn(short)
    assert short_check_step()(never) == 0
    assert stage(short) == Stage.CHECKED


def test_long_files_are_checked_one_after_another() -> None:
    first, second = to_check("first.csv", 5 * MEGABYTES), to_check("second.csv", 5 * MEGABYTES)
    assert short_check_step()(never) > 0
    lease(first)
    assert waits_for_its_turn(second)
    Import.objects.filter(pk=first.pk).update(lease="", leased_until=None)
    assert check_step()(never) == 0
    assert (stage(first), stage(second)) == (Stage.CHECKED, Stage.CHECKING)
    assert check_step()(never) == 0
    assert stage(second) == Stage.CHECKED


def test_short_files_wait_for_one_another_alone() -> None:
    first, second = to_check("first.csv", 1000), to_check("second.csv", 1000)
    lease(first)
    assert waits_for_its_turn(second)


def test_any_file_is_checked_by_the_thread_of_long_ones() -> None:
    made = to_check("short.csv", 1000)
    assert check_step()(never) == 0
    assert stage(made) == Stage.CHECKED


def test_a_retry_is_as_long_as_its_records() -> None:
    done = sent(csv_of(row("u-1")))
    Import.objects.filter(pk=done.pk).update(file_size=5 * MEGABYTES)
    done.refresh_from_db()
    fields = {"person": done.person, "person_name": "operator"}
    short, long = controls.retry(done, **fields), controls.retry(done, **fields)
    Import.objects.filter(pk=long.pk).update(row_count=50_001)
    assert short_check_step()(never) == 0
    assert short_check_step()(never) > 0
    assert (stage(short), stage(long)) == (Stage.CHECKED, Stage.CHECKING)
    assert checked(csv_of(row("u-2"))).stage == Stage.CHECKED
