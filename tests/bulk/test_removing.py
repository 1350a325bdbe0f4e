"""Imports that go: after some days, and with a redaction."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.removing import remove_expired
from console.bulk.uploading import store
from tests.bulk.importing import checked, csv_of, row, sent, uploaded

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def in_a_directory(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path)


def test_what_has_expired_goes_with_its_file_but_what_is_being_sent() -> None:
    gone, kept = uploaded(csv_of(row("u-1"))), checked(csv_of(row("u-2")))
    controls.start_sending(kept, share=50, leaves_out_same=False)
    Import.objects.update(expires_at=timezone.now())
    assert remove_expired() == 1
    assert list(Import.objects.all()) == [kept]
    with pytest.raises(FileNotFoundError), store.local_file(gone):
        pass


def stuck(made: Import) -> Path:
    """Let the file of an import be one that cannot be removed, and return it."""
    with store.local_file(made) as path:
        path.unlink()
    (path / "inside").mkdir(parents=True)
    return path


def test_a_file_that_cannot_be_removed_keeps_no_other_and_is_tried_again(
    in_a_directory: None, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = uploaded(csv_of(row("u-1"))), uploaded(csv_of(row("u-2")))
    path = stuck(first)
    Import.objects.update(expires_at=timezone.now())
    assert remove_expired() == 1
    assert list(Import.objects.all()) == [first]
    assert f"The file of the import {first} cannot be removed (Is a directory). It is tried again." in caplog.text
    shutil.rmtree(path)
    assert (remove_expired(), second in Import.objects.all()) == (1, False)
    assert not Import.objects.exists()


def test_a_redaction_says_that_a_file_is_left_and_the_worker_removes_it(in_a_directory: None) -> None:
    old, gone = uploaded(csv_of(row("u-1"))), uploaded(csv_of(row("u-2")))
    path = stuck(old)
    Import.objects.update(created_at=timezone.now() - timedelta(days=2))
    with pytest.raises(CommandError) as raised:
        call_command("redact_submissions", days=1)
    assert str(raised.value) == "An import of that age could not be removed: see the log. The worker tries again."
    assert list(Import.objects.all()) == [old]
    assert gone != old
    shutil.rmtree(path)
    assert remove_expired() == 1


def test_a_redaction_removes_imports_of_that_age_and_their_retries() -> None:
    old, new = sent(csv_of(row("u-1"))), uploaded(csv_of(row("u-2")))
    person = {"person": old.person, "person_name": old.person_name}
    retry = controls.retry(controls.retry(old, **person), **person)
    assert retry.stage == Stage.CHECKING
    Import.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=2))
    call_command("redact_submissions", days=1)
    assert list(Import.objects.all()) == [new]


def test_a_retry_outlives_what_it_retries() -> None:
    old = sent(csv_of(row("u-1")))
    retry = controls.retry(old, person=old.person, person_name=old.person_name)
    Import.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    remove_expired()
    retry.refresh_from_db()
    assert retry.retry_of is None
