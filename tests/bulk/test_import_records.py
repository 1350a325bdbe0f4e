"""The command import_records: a file is imported without a browser."""

import io
import json
import os
import re
import shutil
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from console.bulk import controls
from console.bulk.models import Import, Stage
from console.local.models import StoredRecord
from console.submissions.models import Submission
from tests.bulk.importing import checked, csv_of, row
from tests.conftest import LOYALTY

pytestmark = pytest.mark.usefixtures("demo")


def imported(path: Path | None, *, person: str = "operator", **options: Any) -> tuple[int, str, str]:
    """Run the command, and return its status and what it printed on both streams."""
    out, err = io.StringIO(), io.StringIO()
    files = [] if path is None else [str(path)]
    try:
        call_command("import_records", "local", LOYALTY, *files, username=person, stdout=out, stderr=err, **options)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def written(tmp_path: Path, *rows: str) -> Path:
    """Return a file of rows."""
    path = tmp_path / "members.csv"
    path.write_text(csv_of(*rows))
    return path


def test_sends_what_is_valid(tmp_path: Path) -> None:
    status, out, err = imported(written(tmp_path, row("u-1"), row("u-2")))
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "members.csv: a CSV file (commas, UTF-8)"
    assert out.splitlines()[-1] == "2 sent, 0 refused, 0 not known to have arrived."
    assert StoredRecord.objects.filter(record_id="u-1").exists()
    assert set(Submission.objects.exclude(bulk_import=None).values_list("person_name", "address")) == {
        ("operator", "")
    }
    assert Import.objects.get().by_command


def test_says_which_columns_have_other_names(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    traits = {
        "age": 34,
        "membership_type": "Gold",
        "memberSince": 1,
        "totalSpend": 2.5,
        "newsletter": True,
        "plan": "a",
    }
    path.write_text("".join(json.dumps({"customer_id": f"u-{number}", "traits": traits}) + "\n" for number in (1, 2)))
    status, out, err = imported(path)
    assert (status, err) == (0, "")
    assert out.splitlines()[:3] == [
        "members.jsonl: a file of JSON Lines",
        "  Taken under another name: customer_id for USER_ID, traits.age for AGE, "
        "traits.membership_type for MEMBERSHIP_TYPE, traits.memberSince for MEMBER_SINCE, traits.totalSpend for TOTAL_SPEND, traits.newsletter for NEWSLETTER",
        "  Left out, since the schema has no such fields: traits.plan",
    ]
    assert json.loads(StoredRecord.objects.get(record_id="u-1").properties)["age"] == 34


def test_says_how_far_it_is_while_it_sends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.bulk.management.commands.import_records.SECONDS_BETWEEN_LINES", 0)
    monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0)
    _status, out, _err = imported(written(tmp_path, *(row(f"u-{number}") for number in range(30))))
    # As it is before each call.
    progress = [line for line in out.splitlines() if line.startswith("Sending")]
    assert progress == ["Sending: 0 of 30", "Sending: 10 of 30", "Sending: 20 of 30"]


def test_says_which_rows_failed_and_why(tmp_path: Path) -> None:
    status, out, err = imported(written(tmp_path, row("u-1"), row("u-2", TOTAL_SPEND="much")))
    assert status == 1
    assert out.splitlines()[-1].startswith("1 sent")
    assert err == ("Row 3: TOTAL_SPEND Expected a number (float); found the text “much”.\n")


def test_only_checks(tmp_path: Path) -> None:
    status, out, _err = imported(written(tmp_path, row("u-1", AGE="34.0")), check_only=True)
    assert status == 0
    # It is there to be sent, and was not cancelled by anybody.
    made = Import.objects.get()
    assert made.stage == Stage.CHECKED
    assert out.splitlines()[-3:] == [
        "1 row: 1 valid, 0 invalid, 0 replaced by a later row of the same ID; 1 new, 0 changed, 0 the same.",
        "  AGE: 34.0 becomes 34, and others likewise, in 1 row",
        f"Nothing was sent. Send it on its page, or by --resume {made.key}.",
    ]
    assert not Submission.objects.exclude(bulk_import=None).exists()


def test_ctrl_c_pauses_and_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0)
    path = written(tmp_path, *(row(f"u-{number}") for number in range(40)))
    begin = Submission.save

    def interrupting(self: Submission, *args: Any, **given: Any) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        begin(self, *args, **given)

    monkeypatch.setattr(Submission, "save", interrupting)
    status, out, _err = imported(path)
    made = Import.objects.get()
    assert (status, made.stage) == (1, Stage.PAUSED)
    assert out.splitlines()[-1] == (
        f"Paused. Go on by: manage.py import_records local {LOYALTY} --as operator --resume {made.key}"
    )
    assert made.created_count < 40
    monkeypatch.undo()
    status, out, _err = imported(None, resume=str(made.key))
    assert (status, out.splitlines()[-1].partition(",")[0]) == (0, "40 sent")
    assert Submission.objects.filter(bulk_import=made.key).count() == 4


@pytest.mark.parametrize(
    ("person", "arn", "sentence"),
    [
        ("viewer", LOYALTY, "viewer may not create records in Local service."),
        ("nobody", LOYALTY, "There is no active person nobody."),
        ("operator", "arn:aws:s3:::bucket", "arn:aws:s3:::bucket is no ARN of a dataset."),
        (
            "operator",
            LOYALTY.replace("000000000000", "111111111111"),
            f"The environment Local service has {LOYALTY}, not {LOYALTY.replace('000000000000', '111111111111')}.",
        ),
    ],
)
def test_refuses(tmp_path: Path, person: str, arn: str, sentence: str) -> None:
    path = written(tmp_path, row("u-1"))
    with pytest.raises(CommandError) as error:
        call_command("import_records", "local", arn, str(path), username=person)
    assert str(error.value) == sentence


def test_a_person_who_is_not_active_imports_nothing(tmp_path: Path) -> None:
    User.objects.filter(username="operator").update(is_active=False)
    with pytest.raises(CommandError, match="no active person operator"):
        imported(written(tmp_path, row("u-1")))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty. Choose another one."),
        (
            "USER_ID,AGE\nu-1,34\n",
            "The schema requires MEMBERSHIP_TYPE, MEMBER_SINCE, TOTAL_SPEND and NEWSLETTER: choose the columns that "
            "MEMBERSHIP_TYPE, MEMBER_SINCE, TOTAL_SPEND and NEWSLETTER come from. The heading has USER_ID, AGE.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "members.csv"
    path.write_text(content)
    with pytest.raises(CommandError) as error:
        imported(path)
    assert str(error.value) == f"{path}: {sentence}"


def test_reads_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    record = {"userId": "u-9", "membershipType": "Gold", "memberSince": 1700000000, "totalSpend": 1.5, "newsletter": True}  # fmt: skip
    path.write_text(json.dumps(record) + "\n")
    status, out, _err = imported(path)
    assert (status, out.splitlines()[0]) == (0, "members.jsonl: a file of JSON Lines")
    assert json.loads(StoredRecord.objects.get(record_id="u-9").properties)["totalSpend"] == 1.5


def test_what_another_person_goes_on_with_is_theirs(tmp_path: Path) -> None:
    paused = checked(csv_of(row("u-1")), person="operator")
    controls.start_sending(paused, address="192.0.2.7")
    controls.pause(paused)
    # Of somebody who may send nothing any more.
    User.objects.filter(username="operator").update(is_active=False)
    assert imported(None, person="administrator", resume=paused.key)[0] == 0
    left = checked(csv_of(row("u-2")), person="administrator")
    User.objects.filter(username="operator").update(is_active=True)
    assert imported(None, person="operator", resume=left.key)[0] == 0
    names = Submission.objects.exclude(bulk_import=None).order_by("created_at")
    assert list(names.values_list("person_name", "person__username", "address")) == [
        ("administrator", "administrator", ""),
        ("operator", "operator", ""),
    ]
    assert set(Import.objects.values_list("person_name", "by_command")) == {
        ("administrator", True),
        ("operator", True),
    }


@pytest.mark.parametrize(
    ("name", "content", "options"),
    [
        ("random.csv", bytes(range(256)), {}),
        ("no-heading.csv", b"1,2,3\n", {}),
        ("damaged.csv.gz", b"\x1f\x8b\x08\x00damaged", {}),
        ("damaged.xlsx", b"PK\x03\x04damaged", {}),
        ("members.csv", csv_of(row("u-1")).encode(), {"encoding": "klingon"}),
        ("members.csv", csv_of(row("u-1")).encode(), {"separator": "xyz"}),
        ("members.csv", b"USER_ID,AGE\nu-1,34\n", {}),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing(
    tmp_path: Path, settings: LazySettings, name: str, content: bytes, options: dict[str, str]
) -> None:
    settings.CONSOLE_IMPORT_DIR = str(tmp_path / "imports")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match="^" + re.escape(str(tmp_path / name))):
        imported(tmp_path / name, **options)
    assert (list(Import.objects.all()), list((tmp_path / "imports").iterdir())) == ([], [])


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as raised:
        imported(tmp_path)
    assert str(raised.value) == f"{tmp_path} cannot be read: Is a directory."
    assert not Import.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's connection of a test cannot be closed.")
def test_answers_that_are_lost_are_no_success(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    monkeypatch.setattr("console.submissions.recording._held", {})
    monkeypatch.setattr("console.work.queues.PAUSE", timedelta())
    file = written(tmp_path, row("u-1"))

    def locked(execute: Any, sql: str, *given: Any) -> Any:
        # What fails breaks the transaction of a test, which is none of the command's.
        connection.set_rollback(False)
        if sql.startswith("UPDATE") and Submission._meta.db_table in sql.split()[1]:
            shutil.rmtree(tmp_path / "outcomes", ignore_errors=True)
            raise OperationalError("database is locked")
        if sql.startswith("INSERT") and Submission._meta.db_table in sql.split()[2]:
            # No answer can be kept on the disk.
            (tmp_path / "outcomes").touch()
        return execute(sql, *given)

    with connection.execute_wrapper(locked), pytest.raises(CommandError) as raised:
        imported(file)
    connection.set_rollback(False)
    made = Import.objects.get()
    assert str(raised.value) == (
        "Neither the database nor the disk takes the answers to 1 of the calls: the log has them, and the submissions "
        "stay “sending”. Once the database works, go on by: "
        f"manage.py import_records local {LOYALTY} --as operator --resume {made.key}"
    )


def test_a_field_without_a_column_has_one_value(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    path.write_text('{"USER_ID": "u-1", "MEMBER_SINCE": 1700000000, "TOTAL_SPEND": 2, "NEWSLETTER": true}\n')
    status, _out, _err = imported(path, values=[("MEMBERSHIP_TYPE", "Gold"), ("CITY", "Bern")])
    assert status == 0
    properties = StoredRecord.objects.get(record_id="u-1").properties
    assert (json.loads(properties)["membershipType"], json.loads(properties)["city"]) == ("Gold", "Bern")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ([("CITIES", "Bern")], "The schema has no field CITIES."),
        ([("USER_ID", "u-1")], "USER_ID cannot be the same in all rows."),
        ([("CITY", "Bern"), ("CITY", "Basel")], "CITY has two values."),
    ],
)
def test_values_that_no_field_can_have_in_all_rows_are_refused(
    tmp_path: Path, values: list[tuple[str, str]], problem: str
) -> None:
    with pytest.raises(CommandError) as caught:
        imported(written(tmp_path, row("u-1")), values=values)
    assert str(caught.value) == problem
    assert not Import.objects.exists()


@pytest.mark.parametrize("text", ["CITY", "=Bern", "CITY= "])
def test_a_value_names_its_field(text: str) -> None:
    with pytest.raises(CommandError, match="expected a field and its value, such as EVENT_TYPE=watch"):
        call_command("import_records", "local", LOYALTY, "members.csv", "--as=operator", f"--value={text}")
