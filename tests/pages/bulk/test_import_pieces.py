"""Uploads in pieces, as the script of Import records from a file sends them."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.bulk.models import Import, Stage
from console.bulk.removing import remove_expired
from console.bulk.uploading import store
from tests.pages.bulk.test_import_records import DATASET, FILE, PAGE, content_of, kept_files, only_import

CONTENT = FILE.encode()
BEGIN = f"{PAGE}begin/"
PIECE = "application/octet-stream"


@pytest.fixture(autouse=True)
def data_directory(settings: LazySettings, tmp_path: Path) -> None:
    """A data directory of the test's own, for the files."""
    settings.CONSOLE_DATA_DIR = tmp_path


def begin(client: Client, **fields: object) -> Any:
    return client.post(BEGIN, {"name": "users.csv", "size": len(CONTENT), "changed_at": 1700000000000, **fields})


def send(client: Client, pieces: str, start: int, content: bytes) -> Any:
    return client.post(f"{pieces}?start={start}", content, content_type=PIECE)


def test_a_file_arrives_in_pieces_and_leads_to_its_import(operator: Client) -> None:
    begun = begin(operator).json()
    made = only_import()
    pieces = f"{DATASET}imports/{made.key}/pieces/"
    assert begun == {"received": 0, "pieces": pieces}
    assert send(operator, pieces, 0, CONTENT[:100]).json() == {"received": 100, "pieces": pieces}
    # As where an answer was lost.
    assert send(operator, pieces, 0, CONTENT[:100]).json()["received"] == 100
    assert send(operator, pieces, 100, CONTENT[100:]).json()["received"] == len(CONTENT)
    for _time in range(2):
        looked = operator.post(f"{pieces}?end=look").json()
        assert looked == {"page": f"{DATASET}imports/{made.key}/"}
    made.refresh_from_db()
    assert (made.stage, content_of(made)) == (Stage.MAPPING, CONTENT)


def test_the_same_file_goes_on_where_it_stopped_and_another_begins(operator: Client, administrator: Client) -> None:
    begun = begin(operator).json()
    send(operator, begun["pieces"], 0, CONTENT[:100])
    assert begin(operator).json() == {"received": 100, "pieces": begun["pieces"]}
    others = [
        begin(operator, changed_at=2),
        begin(operator, size=2000),
        begin(operator, name="x"),
        begin(administrator),
    ]
    assert [each.json()["received"] for each in others] == [0, 0, 0, 0]
    assert Import.objects.count() == 5


def test_a_piece_that_does_not_follow_is_told_where_the_next_one_begins(operator: Client) -> None:
    pieces = begin(operator).json()["pieces"]
    send(operator, pieces, 0, CONTENT[:100])
    for start in (50, 200):
        answer = send(operator, pieces, start, CONTENT[start : start + 100])
        assert (answer.status_code, answer.json()) == (409, {"received": 100})
    early = operator.post(f"{pieces}?end=look")
    assert (early.status_code, early.json()) == (409, {"received": 100})
    long = send(operator, pieces, 100, b"x" * len(CONTENT))
    assert (long.status_code, "The piece is too long" in long.json()["problem"]) == (422, True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"size": 0}, "The file is empty."),
        ({"size": 1024**3 + 1}, "The file has 1073741825 bytes, and may have 1 GB."),
        ({"size": "-1"}, "The name and the size of the file are missing."),
        ({"size": "9" * 30}, "The name and the size of the file are missing."),
        ({"name": ""}, "The name and the size of the file are missing."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_before_it_is_sent(
    operator: Client, fields: dict[str, object], sentence: str
) -> None:
    answer = begin(operator, **fields)
    assert (answer.status_code, sentence in answer.json()["problem"]) == (422, True)
    assert not Import.objects.exists()


def test_a_full_disk_is_said_before_anything_is_sent(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BYTES_TO_SPARE", 2**60)
    assert "There is no room for this file on the console's disk." in begin(operator).json()["problem"]


def test_a_directory_that_cannot_be_used_is_said_before_anything_is_sent(
    operator: Client, settings: LazySettings
) -> None:
    settings.CONSOLE_IMPORT_DIR = "/etc/passwd"
    assert begin(operator).json()["problem"] == (
        "The console cannot store files in its directory (it is a file). Ask an administrator to let the console write "
        "to the directory of CONSOLE_IMPORT_DIR."
    )


def test_a_file_that_cannot_be_read_leaves_nothing(operator: Client) -> None:
    pieces = begin(operator, size=8).json()["pieces"]
    send(operator, pieces, 0, b"%PDF-1.7")
    answer = operator.post(f"{pieces}?end=look")
    assert (answer.status_code, "It is a PDF document." in answer.json()["problem"]) == (422, True)
    assert not Import.objects.exists()
    assert kept_files() == 0


def test_cancelling_removes_what_has_arrived(operator: Client) -> None:
    pieces = begin(operator).json()["pieces"]
    send(operator, pieces, 0, CONTENT[:100])
    assert operator.post(f"{pieces}?end=cancel").json() == {"is_cancelled": True}
    assert kept_files() == 0
    assert send(operator, pieces, 100, CONTENT[100:]).status_code == 404


def test_a_file_that_cannot_be_removed_is_said_and_the_worker_removes_it(
    operator: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path / "shared")
    pieces = begin(operator).json()["pieces"]
    send(operator, pieces, 0, CONTENT[:100])
    made = only_import()
    path = tmp_path / "shared" / made.key.hex
    path.unlink()
    (path / "inside").mkdir(parents=True)
    problem = (
        "The file of this import could not be removed (Is a directory). The console tries again. Ask an administrator "
        "to let the console write to the directory of CONSOLE_IMPORT_DIR."
    )
    answer = operator.post(f"{pieces}?end=cancel")
    assert (answer.status_code, answer.json()) == (200, {"is_cancelled": True, "problem": problem})
    made.refresh_from_db()
    assert made.stage == Stage.CANCELLED
    page = operator.get(f"{DATASET}imports/{made.key}/")
    assert (page.status_code, "This import was cancelled" in page.text or "Cancelled" in page.text) == (200, True)
    shutil.rmtree(path)
    assert remove_expired() == 1


def test_a_piece_that_cannot_be_stored_says_what_to_do(
    operator: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path / "shared")
    pieces = begin(operator).json()["pieces"]
    (tmp_path / "shared" / only_import().key.hex).mkdir(parents=True)
    answer = send(operator, pieces, 0, CONTENT[:100])
    assert (answer.status_code, answer.json()["problem"]) == (
        422,
        "The piece could not be stored (Is a directory). Ask an administrator to let the console write to the directory "
        "of CONSOLE_IMPORT_DIR, then go on.",
    )


def test_nobody_else_can_send_or_cancel(operator: Client, administrator: Client) -> None:
    pieces = begin(operator).json()["pieces"]
    assert send(administrator, pieces, 0, b"x").status_code == 404
    assert administrator.post(f"{pieces}?end=cancel").status_code == 404
    assert only_import().received == 0


def test_a_piece_is_bytes_from_a_place(operator: Client) -> None:
    pieces = begin(operator).json()["pieces"]
    for query, kind in (("", PIECE), ("?start=x", PIECE), ("?start=0", "text/plain")):
        answer = operator.post(f"{pieces}{query}", b"x", content_type=kind)
        assert (answer.status_code, "where the piece begins" in answer.json()["problem"]) == (422, True)
    longest = begin(operator, size=10_000_000).json()["pieces"]
    assert send(operator, longest, 0, b"x" * (8 * 1024 * 1024 + 1)).status_code == 422
    assert send(operator, longest, 0, b"x" * (8 * 1024 * 1024)).json()["received"] == 8388608


def test_a_piece_needs_the_token_of_the_page(operator: Client) -> None:
    pieces = begin(operator).json()["pieces"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    assert send(strict, pieces, 0, b"x").status_code == 403
    strict.get(PAGE)
    token = strict.cookies["csrftoken"].value
    taken = strict.post(f"{pieces}?start=0", b"x", content_type=PIECE, headers={"X-CSRFToken": token})
    assert taken.json()["received"] == 1
    assert strict.post(BEGIN, {"name": "a", "size": 1}).status_code == 403


@pytest.mark.usefixtures("broken_environment")
def test_a_failure_of_aws_is_a_sentence_and_may_pass(operator: Client) -> None:
    answer = operator.post(BEGIN.replace("/local/", "/broken/"), {"name": "a", "size": 1})
    assert (answer.status_code, answer.json()["may_pass"]) == (502, True)
    assert answer.json()["problem"]
