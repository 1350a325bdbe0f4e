"""Imports that go: after some days, and with a redaction."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.removing import remove_expired
from console.bulk.uploading import store
from tests.bulk.importing import checked, csv_of, row, sent, uploaded

pytestmark = pytest.mark.usefixtures("demo")


def test_what_has_expired_goes_with_its_file_but_what_is_being_sent() -> None:
    gone, kept = uploaded(csv_of(row("u-1"))), checked(csv_of(row("u-2")))
    controls.start_sending(kept, share=50, leaves_out_same=False)
    Import.objects.update(expires_at=timezone.now())
    assert remove_expired() == 1
    assert list(Import.objects.all()) == [kept]
    with pytest.raises(FileNotFoundError), store.local_file(gone):
        pass


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
