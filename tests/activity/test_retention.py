"""Addresses of entries go after a time, and all else stays."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone

from console.activity import retention
from console.activity.models import Entry, Kind
from console.activity.recording import Who, record_activity
from console.activity.retention import remove_old_addresses

pytestmark = pytest.mark.django_db


def entry(days: int) -> None:
    Entry(
        kind=Kind.SIGNED_OUT,
        person_name="ada",
        address="192.0.2.7",
        happened_at=timezone.now() - timedelta(days=days),
    ).save()


def addresses() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("pk").values_list("address", "person_name"))


def test_they_go_after_400_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    for days in (402, 401, 399):
        entry(days)
    assert remove_old_addresses() == 2
    assert addresses() == [("", "ada"), ("", "ada"), ("192.0.2.7", "ada")]
    assert remove_old_addresses() == 0


def test_the_redaction_removes_them_by_their_own_setting(settings: LazySettings) -> None:
    settings.CONSOLE_ACTIVITY_ADDRESS_DAYS = 10
    entry(11)
    entry(9)
    call_command("redact_submissions", "--days=1", stdout=StringIO())
    assert addresses() == [("", "ada"), ("192.0.2.7", "ada")]


def test_today_is_kept() -> None:
    record_activity(Kind.SIGNED_OUT, who=Who(7, "ada", "192.0.2.7"))
    assert remove_old_addresses() == 0
