"""Imports that hold the ID of a person who is redacted go as a whole, and others stay."""

import gzip
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import
from console.bulk.redacting import redact_imports
from console.bulk.uploading import uploads
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import Redacted
from tests.bulk.importing import begun, checked, csv_of, row, uploaded
from tests.submissions.sent import ARN

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture(autouse=True)
def own_directory(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path)


def redact(record_id: str) -> Redacted:
    found = Redacted()
    redact_imports(Order(record_id, (f"local {ARN}",), "ada", timezone.now()), found)
    return found


def test_those_that_hold_the_id_go_checked_or_not_and_whatever_they_are_written_in() -> None:
    of_person = csv_of(row("u-1"), row("u-2"))
    other = [uploaded(csv_of(row("u-11"))), checked(csv_of(row("u-10"), row("u-11", AGE="old")))]
    for content in (of_person, gzip.compress(of_person.encode())):
        uploaded(content, "members.csv" if isinstance(content, str) else "members.csv.gz")
    checked(of_person)
    checked(csv_of(row("u-3"), row("u-1", AGE="old")))
    assert redact("u-1").imports == 4
    assert [*Import.objects.order_by("pk")] == other
    assert redact("u-1").is_nothing


def test_what_is_being_sent_goes_once_it_has_ended_and_what_is_not_known_is_said() -> None:
    sending = checked(csv_of(row("u-1")))
    controls.start_sending(sending, share=50, leaves_out_same=False)
    half = gzip.compress(csv_of(*(row(f"x-{number}") for number in range(900))).encode())[:-900]
    cut = begun("members.csv.gz", len(half) + 900)
    uploads.add_piece(cut, 0, half)
    found = redact("u-1")
    assert found.left == [
        "An import that is being sent holds the ID: it is removed within minutes of its end. Redact again then.",
        "An upload is not complete, so it is not known whether it holds the ID. Redact again once it is checked.",
    ]
    assert found.imports == 0
    sending.refresh_from_db()
    assert sending.expires_at <= timezone.now()
