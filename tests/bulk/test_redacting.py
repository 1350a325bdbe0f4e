"""Imports that hold the ID of a person who is redacted go as a whole, and others stay."""

import gzip
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import LazySettings
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.redacting import redact_imports
from console.bulk.uploading import uploads
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import Redacted
from tests.bulk.importing import HEADING, begun, checked, csv_of, row, uploaded
from tests.submissions.sent import ARN

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture(autouse=True)
def own_directory(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path)


UNKNOWN = (
    "A file is not complete, or cannot be unpacked, so it is not known whether it holds the ID. Cancel its import, or "
    "redact again once it is checked."
)


def workbook(record_id: str) -> bytes:
    """Return an Excel workbook of one user."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for cells in (HEADING.split(","), row(record_id).split(",")):
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def redact(record_id: str) -> Redacted:
    found = Redacted()
    redact_imports(Order(record_id, (f"local {ARN}",), "ada", timezone.now()), found)
    return found


def test_those_that_hold_the_id_go_checked_or_not_and_whatever_they_are_written_in() -> None:
    of_person = csv_of(row("u-1"), row("u-2"))
    other = [uploaded(csv_of(row("u-11"))), checked(csv_of(row("u-10"), row("u-11", AGE="old")))]
    for content in (of_person, gzip.compress(of_person.encode())):
        uploaded(content, "members.csv" if isinstance(content, str) else "members.csv.gz")
    for content in (workbook("u-1"), gzip.compress(workbook("u-1"))):
        uploaded(content, "members.xlsx")
    other.append(uploaded(gzip.compress(workbook("u-12")), "members.xlsx.gz"))
    checked(of_person)
    checked(csv_of(row("u-3"), row("u-1", AGE="old")))
    assert redact("u-1").imports == 6
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
        UNKNOWN,
    ]
    assert found.imports == 0
    sending.refresh_from_db()
    assert sending.expires_at <= timezone.now()


def with_password(archive: bytes) -> bytes:
    """Return an archive whose parts are said to need a password."""
    data = bytearray(archive)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(magic), archive):
            data[found.start() + flags] |= 1
    return bytes(data)


def cut_at_the_front(archive: bytes) -> bytes:
    """Return an archive without its first bytes, so that its list of parts is not where it says."""
    return b"PK\x03\x04" + archive[400:]


@pytest.mark.parametrize("changed", [with_password, cut_at_the_front])
def test_a_file_that_cannot_be_unpacked_is_said_and_goes_once_its_import_has_failed(
    changed: Callable[[bytes], bytes],
) -> None:
    content = changed(workbook("u-1"))
    made = begun("members.xlsx", len(content))
    uploads.add_piece(made, 0, content)
    found = redact("u-9")
    assert (found.left, found.imports) == ([UNKNOWN], 0)

    Import.objects.update(stage=Stage.FAILED)
    found = redact("u-9")
    assert (found.left, found.imports) == ([], 1)
    assert not Import.objects.exists()
