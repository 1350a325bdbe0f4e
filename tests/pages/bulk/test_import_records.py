"""Import records from a file: a file or pasted rows, taken in without a script."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from console.bulk.models import Import, Piece, Stage
from console.bulk.uploading import store
from console.local.models import Dataset
from tests.pages.html import text_of

DATASET = "/local/dataset-groups/loyalty-programme/datasets/users/"
PAGE = f"{DATASET}import-records/"
HEADING = "USER_ID,AGE,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER"
ROWS = "".join(f"u-{number},34,Gold,1600000000,12.5,true\n" for number in range(25))
FILE = f"{HEADING}\n{ROWS}"


@pytest.fixture(autouse=True)
def data_directory(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """A data directory of the test's own, which has a file for each import in the end, and no others."""
    settings.CONSOLE_DATA_DIR = tmp_path
    yield
    assert kept_files() == Import.objects.count()


def kept_files() -> int:
    """Return of how many files there is something where uploads are kept."""
    folder = store.directory()
    if folder is None:
        return Piece.objects.values("bulk_import").distinct().count()
    return sum(1 for _ in folder.glob("*"))


def csv_file(content: bytes = FILE.encode(), name: str = "users.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def only_import() -> Import:
    return Import.objects.get()


def content_of(bulk_import: Import) -> bytes:
    with store.local_file(bulk_import) as path:
        return path.read_bytes()


def test_a_file_becomes_an_import_whose_columns_are_matched(operator: Client) -> None:
    answer = operator.post(PAGE, {"file": csv_file(name="C:\\Users\\ada\\users.csv"), "record_input": ""})
    made = only_import()
    assert answer.status_code == 302
    assert answer["Location"] == f"{DATASET}imports/{made.key}/"
    assert (made.file_name, made.file_size, made.received) == ("users.csv", len(FILE), len(FILE))
    assert (made.stage, made.person_name, made.environment) == (Stage.MAPPING, "operator", "local")
    assert made.columns == HEADING.split(",")
    assert content_of(made) == FILE.encode()


def test_pasted_rows_are_taken_as_they_stand(operator: Client) -> None:
    answer = operator.post(PAGE, {"record_input": FILE})
    assert answer.status_code == 302
    made = only_import()
    assert (made.file_name, made.look["kind"]) == ("pasted-records.csv", "separated")
    assert content_of(made) == FILE.encode()


def test_the_records_of_other_texts_are_taken_and_what_they_become_is_said(operator: Client) -> None:
    """What Create record(s) sends: Python's own way to write what JSON has."""
    records = [{"USER_ID": f"u-{number}", "AGE": None, "NEWSLETTER": True} for number in range(12)]
    answer = operator.post(PAGE, {"record_input": repr(records), "intent": "import", "key": "x"}, follow=True)
    made = only_import()
    lines = [json.loads(line) for line in content_of(made).decode().splitlines()]
    assert (made.file_name, lines) == ("pasted-records.jsonl", records)
    said = text_of(answer)
    assert "The pasted text was read as nearly JSON" in said
    assert "None becomes no value (null), 12 times." in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file, or paste rows."),
        ({"record_input": " \r\n"}, "Choose a file, or paste rows."),
        ({"file": b"", "record_input": ""}, "The file is empty."),
        ({"file": b"%PDF-1.7", "record_input": ""}, "It is a PDF document."),
        ({"record_input": '[{"ITEM_ID": "i-1", "PRICE": 2}]'}, "This page creates users."),
    ],
    ids=["nothing", "spaces", "empty", "PDF", "items"],
)
def test_what_cannot_be_read_leaves_nothing(operator: Client, fields: dict[str, Any], sentence: str) -> None:
    if "file" in fields:
        fields = {**fields, "file": csv_file(fields["file"])}
    answer = operator.post(PAGE, fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Import.objects.exists()


def test_a_file_and_rows_are_not_taken_at_once_and_the_rows_are_kept(operator: Client) -> None:
    answer = operator.post(PAGE, {"file": csv_file(), "record_input": "u-1,34"})
    assert answer.status_code == 422
    assert "There are a file and pasted rows." in text_of(answer)
    assert ">\nu-1,34</textarea>" in answer.content.decode()


def test_rows_of_more_than_a_million_characters_are_for_a_file(operator: Client) -> None:
    rows = FILE + "u-1,34,Gold,1600000000,12.5,true\n" * 31_000
    answer = operator.post(PAGE, {"record_input": rows})
    assert answer.status_code == 422
    assert "have more than 1,000,000 characters" in text_of(answer)
    assert "u-1,34" not in answer.content.decode()


def test_a_file_of_more_than_8_mib_is_for_scripts(operator: Client) -> None:
    answer = operator.post(PAGE, {"file": csv_file(b"x" * (8 * 1024 * 1024 + 1)), "record_input": ""})
    assert answer.status_code == 413
    largest = operator.post(PAGE, {"file": csv_file(FILE.encode().ljust(8 * 1024 * 1024)), "record_input": ""})
    assert largest.status_code == 302


def test_a_form_without_its_token_uploads_nothing_and_gives_the_rows_back(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(PAGE, {"file": csv_file(), "record_input": "u-1,34"})
    assert answer.status_code == 403
    assert "so nothing was uploaded" in text_of(answer)
    assert ">\nu-1,34</textarea>" in answer.content.decode()
    assert not Import.objects.exists()


def test_nothing_is_taken_in_for_a_dataset_that_is_not_active_yet(operator: Client) -> None:
    Dataset.objects.filter(group__name="loyalty-programme").update(
        changing_since=timezone.now(), settles_at=timezone.now() + timedelta(hours=1)
    )
    obstacle = "The dataset has the status Create pending. Records can be imported once it is Active."
    page = operator.get(PAGE)
    assert obstacle in text_of(page)
    assert '<form id="import-records"' not in page.content.decode()
    answer = operator.post(PAGE, {"record_input": FILE})
    assert (answer.status_code, obstacle in text_of(answer)) == (409, True)
    begun = operator.post(f"{PAGE}begin/", {"name": "users.csv", "size": "10"})
    assert (begun.status_code, begun.json()) == (422, {"problem": obstacle})


def test_is_reached_from_the_dataset_and_leads_to_the_list(operator: Client) -> None:
    assert f'href="{PAGE}">Import records from a file</a>' in operator.get(DATASET).content.decode()
    assert f'href="{DATASET}imports/">View imports</a>' in operator.get(PAGE).content.decode()


def test_an_unfinished_upload_of_ones_own_says_how_far_it_is(operator: Client, administrator: Client) -> None:
    begun = operator.post(f"{PAGE}begin/", {"name": "big.csv", "size": 3_000_000, "changed_at": 1})
    key = UUID(begun.json()["pieces"].split("/")[-3])
    operator.post(f"{begun.json()['pieces']}?start=0", b"x" * 1_500_000, content_type="application/octet-stream")
    page = f"{PAGE}?unfinished={key}"
    assert "1.4 MB of 2.9 MB of big.csv are here. Choose the same file" in text_of(operator.get(page))
    assert "are here" not in text_of(administrator.get(page))
    assert operator.get(f"{PAGE}?unfinished=x").status_code == 200
