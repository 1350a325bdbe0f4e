"""Imports on a machine that lacks room: they wait, say so, and go on by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.utils import timezone

from console.bulk import controls, printed
from console.bulk.models import Import, Stage
from console.bulk.running import short_check_step
from console.work.leases import never
from console.work.queues import MOST_ATTEMPTS
from tests.bulk.importing import csv_of, row, uploaded, work
from tests.pages.html import text_of

MOST_PAGES = 4294967294


def give_room(pages: int) -> None:
    """Let SQLite's database have so many pages; it says of the next one that the database or disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")


@pytest.fixture
def full_disk(db: None) -> Iterator[None]:
    yield
    give_room(MOST_PAGES)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="A disk of PostgreSQL's server cannot be filled.")
def test_a_full_disk_is_waited_for_however_long_that_takes(full_disk: None, demo: None, operator: Client) -> None:
    made = uploaded(csv_of(*(row(f"u-{number}") for number in range(20_000))))
    page = f"/local/dataset-groups/loyalty-programme/datasets/users/imports/{made.key}/"
    assert controls.start_check(made)
    for _turn in range(MOST_ATTEMPTS + 2):
        # There is room for what a worker writes of its row, not for thousands of records.
        give_room(1)
        Import.objects.update(starts_at=timezone.now())
        assert short_check_step()(never) == 0
        made.refresh_from_db()
        assert (made.stage, made.attempts, made.lease) == (Stage.CHECKING, 0, "")
    give_room(MOST_PAGES)
    assert "then trying again: The disk that the console's database is on is full." in text_of(operator.get(page))
    assert printed.progress(made) == "Checking: 0 rows. The disk that the console's database is on is full."
    Import.objects.update(starts_at=timezone.now())
    short_check_step()(never)
    made.refresh_from_db()
    assert (made.stage, made.valid_count, made.waiting_for) == (Stage.CHECKED, 20_000, "")


@pytest.mark.usefixtures("demo")
def test_a_file_that_cannot_be_read_for_now_is_waited_for(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path)
    made = uploaded(csv_of(row("u-1")))
    file = tmp_path / made.key.hex
    file.rename(tmp_path / "aside")
    # It is in the way, as a network file system that failed.
    file.mkdir()
    assert controls.start_check(made)
    work()
    made.refresh_from_db()
    assert (made.stage, made.waiting_for) == (
        Stage.CHECKING,
        "The file cannot be read: Is a directory. Ask an administrator to let the console write to the directory of "
        "CONSOLE_IMPORT_DIR.",
    )
    file.rmdir()
    (tmp_path / "aside").rename(file)
    Import.objects.update(starts_at=timezone.now())
    work()
    made.refresh_from_db()
    assert (made.stage, made.valid_count, made.waiting_for) == (Stage.CHECKED, 1, "")
