"""Files that take a moment to check do not wait for those that take long, nor these for all of one person."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.running import check_step, short_check_step
from console.bulk.waiting import Turn, is_soon_checked, waits_for_its_turn
from console.work import worker
from console.work.leases import Lease, never
from tests.bulk.importing import checked, csv_of, row, sent, uploaded

pytestmark = pytest.mark.usefixtures("demo")
MEGABYTES = 1024**2


def to_check(name: str, size: int, *, person: str = "operator", seconds_ago: int = 5, **look: Any) -> Import:
    """Return the import of a file that is to be checked, of which its row says that it has so many bytes."""
    made = uploaded(csv_of(row("u-1")), name=name, person=person)
    controls.start_check(made)
    earlier = timezone.now() - timedelta(seconds=seconds_ago)
    Import.objects.filter(pk=made.pk).update(file_size=size, starts_at=earlier, look=made.look | look)
    made.refresh_from_db()
    return made


def stage(made: Import) -> Stage:
    return Stage(Import.objects.get(pk=made.pk).stage)


def lease(made: Import) -> None:
    """Let another thread have an import."""
    until = timezone.now() + timedelta(seconds=60)
    Import.objects.filter(pk=made.pk).update(lease="worker", leased_until=until)


@pytest.fixture
def in_own_process(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Keep what is given to processes of their own: the name of the file, and whose it is."""
    given: list[tuple[str, str]] = []

    def keep(_name: str, lease: Lease[Import]) -> None:
        given.append((lease.row.file_name, lease.row.person_name))
        lease.leave()

    monkeypatch.setattr("console.bulk.running.run_in_own_process", keep)
    return given


def test_the_worker_has_threads_for_each() -> None:
    assert {"checks of files", "checks of short files"} <= set(worker.registered())


def test_a_short_file_is_checked_beside_long_ones() -> None:
    long, short = to_check("long.csv", 4 * MEGABYTES + 1), to_check("short.csv", 4 * MEGABYTES)
    lease(long)
    assert waits_for_its_turn(short) is None
    assert short_check_step()(never) == 0
    assert stage(short) == Stage.CHECKED
    assert short_check_step()(never) > 0


def test_long_files_of_two_people_are_checked_side_by_side_and_those_of_one_after_another(
    in_own_process: list[tuple[str, str]],
) -> None:
    first = to_check("first.csv", 5 * MEGABYTES, seconds_ago=9)
    second = to_check("second.csv", 5 * MEGABYTES, seconds_ago=8)
    third = to_check("third.csv", 5 * MEGABYTES, person="administrator", seconds_ago=3)
    assert check_step()(never) == 0
    assert check_step()(never) == 0
    assert check_step()(never) > 0
    assert in_own_process == [("first.csv", "operator"), ("third.csv", "administrator")]
    assert waits_for_its_turn(second) == Turn.OWN_CHECK
    Import.objects.filter(pk__in=(first.pk, third.pk)).update(stage=Stage.CHECKED, lease="", leased_until=None)
    assert check_step()(never) == 0
    assert in_own_process[2:] == [("second.csv", "operator")]


def test_of_two_who_wait_the_one_comes_first_whose_last_check_was_longest_ago(
    in_own_process: list[tuple[str, str]],
) -> None:
    checked(csv_of(row("u-1")))
    for seconds in (9, 8):
        to_check("of-operator.csv", 5 * MEGABYTES, seconds_ago=seconds)
    to_check("of-administrator.csv", 5 * MEGABYTES, person="administrator", seconds_ago=3)
    check_step()(never)
    assert in_own_process == [("of-administrator.csv", "administrator")]


def test_a_long_file_waits_where_two_others_are_being_checked() -> None:
    for person in ("administrator", "viewer"):
        made = to_check("long.csv", 5 * MEGABYTES)
        Import.objects.filter(pk=made.pk).update(person=User.objects.get(username=person))
        assert waits_for_its_turn(made) is None
        lease(made)
    assert waits_for_its_turn(to_check("third.csv", 5 * MEGABYTES)) == Turn.CHECKS


def test_short_files_wait_for_one_another_where_three_are_being_checked() -> None:
    first, second, third, fourth = (to_check(f"{number}.csv", 1000) for number in range(4))
    lease(first)
    lease(second)
    assert waits_for_its_turn(fourth) is None
    lease(third)
    assert waits_for_its_turn(fourth) == Turn.CHECKS


def test_a_packed_file_is_as_long_as_what_is_in_it() -> None:
    packed = to_check("packed.csv.gz", MEGABYTES, is_gzip=True, seconds_ago=9)
    workbook = to_check("workbook.xlsx", MEGABYTES, kind="xlsx", seconds_ago=8)
    short = to_check("short.csv.gz", MEGABYTES // 8, is_gzip=True, seconds_ago=7)
    soon = set(Import.objects.filter(is_soon_checked()).values_list("pk", flat=True))
    late = set(Import.objects.exclude(is_soon_checked()).values_list("pk", flat=True))
    assert (soon, late) == ({short.pk}, {packed.pk, workbook.pk})


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
