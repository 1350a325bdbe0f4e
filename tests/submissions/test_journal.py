"""The journal keeps one outcome for each submission, whose space is reserved before there is an outcome."""

import os
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from console.records.entities import USERS
from console.submissions import journal
from console.submissions.answers import LONGEST, answer_fields
from console.submissions.models import Outcome, Submission
from console.submissions.presses.beginning import begin_submission
from console.submissions.recording import record, settle, settle_all, settle_before_end, settling, with_known_answer
from console.work import worker
from tests.submissions.sent import complete

RECORDS = [("u-1", '{"gender": "Female"}')]
# The character that takes most in JSON.
LONG = "\x01" * 100_000


@pytest.fixture(autouse=True)
def directory(settings: LazySettings, tmp_path: Path) -> Path:
    settings.CONSOLE_DATA_DIR = tmp_path
    return tmp_path / journal.DIRECTORY


def begun(**more: object) -> Submission:
    return begin_submission(
        USERS,
        RECORDS,
        endpoint="local",
        person_id=User.objects.create_user(uuid4().hex[:20]).pk,
        person_name="operator",
        environment="staging",
        dataset_group="loyalty",
        dataset_arn="arn:aws:personalize:us-west-2:123456789012:dataset/loyalty/USERS",
        record_input="",
        **more,
    )


def leave(key: UUID, outcome: Outcome = Outcome.CREATED, **answer: object) -> dict[str, object]:
    """Leave an outcome as a process does that ends before the database has it."""
    entry = journal.reserve(key)
    fields = answer_fields(outcome, **answer)
    entry.write({**fields, "completed_at": fields["completed_at"].isoformat()})
    entry.close()
    return fields


def test_room_is_taken_before_there_is_an_outcome(directory: Path) -> None:
    entry = journal.reserve(uuid4())
    found = entry.path.stat()
    assert (stat.S_IMODE(found.st_mode), stat.S_IMODE(directory.stat().st_mode)) == (0o600, 0o700)
    assert found.st_size == 96 * 1024
    assert found.st_blocks * 512 >= 96 * 1024
    assert entry.read() is None
    entry.remove()
    assert journal.known() == []


def test_the_longest_outcome_fits() -> None:
    key = uuid4()
    names = ("sentence", "message", "advice", "error_code", "request_id")
    fields = leave(key, Outcome.UNCONFIRMED, **dict.fromkeys(names, LONG))
    with journal.left(key) as entry:
        assert entry is not None
        outcome = entry.read()
    assert outcome is not None
    assert outcome["message"] == fields["message"] == "\x01" * 8000 + "… (92000 more characters)"
    assert {name: len(outcome[name]) < longest + 40 for name, longest in LONGEST.items()} == dict.fromkeys(
        LONGEST, True
    )


def test_an_entry_in_use_is_nobody_elses() -> None:
    key = uuid4()
    entry = journal.reserve(key)
    with journal.left(key) as other:
        assert other is None
    entry.close()
    with journal.left(key) as other:
        assert other is not None


def test_half_of_an_outcome_is_none() -> None:
    key = uuid4()
    leave(key, request_id="0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10")
    path = Path(journal._directory(), key.hex)
    content = path.read_bytes()
    end = content.index(b"\n")
    for length in (0, 1, 64, 66, end // 2, end - 1):
        path.write_bytes(content[:length].ljust(len(content), b"\0"))
        with journal.left(key) as entry:
            assert entry is not None
            assert entry.read() is None


def test_a_disk_that_cannot_be_written_is_an_error(directory: Path) -> None:
    directory.write_text("")
    with pytest.raises(OSError, match="exists"):
        journal.reserve(uuid4())


def test_what_is_no_entry_is_left_alone(directory: Path) -> None:
    directory.mkdir()
    (directory / "notes.txt").write_text("")
    assert journal.known() == []


@pytest.mark.django_db
def test_an_outcome_that_was_left_is_written_once() -> None:
    submission = begun()
    fields = leave(submission.pk, Outcome.REFUSED, message="No.", http_status=400, attempts=2, duration_ms=12.5)
    assert settle_all() == 1
    submission.refresh_from_db()
    found = {name: getattr(submission, name) for name in fields}
    assert found == fields
    assert journal.known() == []
    assert settle_all() == 0


@pytest.mark.django_db
def test_an_outcome_that_is_there_stays() -> None:
    submission = begun()
    complete(submission, Outcome.CREATED, request_id="first")
    leave(submission.pk, Outcome.REFUSED, request_id="second")
    assert settle(submission.pk)
    submission.refresh_from_db()
    assert (submission.outcome, submission.request_id) == ("created", "first")
    assert journal.known() == []


@pytest.mark.django_db
def test_a_process_that_ended_before_the_answer_leaves_nothing() -> None:
    submission = begun()
    journal.reserve(submission.pk).close()
    assert settle_all() == 0
    submission.refresh_from_db()
    assert (submission.outcome, journal.known()) == ("sending", [])


@pytest.mark.django_db
def test_an_outcome_without_its_row_is_kept_until_redaction_is_due() -> None:
    key = uuid4()
    leave(key)
    assert not settle(key)
    assert journal.known() == [key]
    call_command("redact_submissions", days=1)
    assert journal.known() == [key]
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(Path(journal._directory(), key.hex), (old, old))
    call_command("redact_submissions", days=1)
    assert journal.known() == []


@pytest.mark.django_db
def test_a_message_that_comes_after_redaction_is_left_out() -> None:
    submission = begun(created_at=datetime.now(UTC) - timedelta(days=3))
    entry = journal.reserve(submission.pk)
    call_command("redact_submissions", days=1)
    record(submission, answer_fields(Outcome.REFUSED, message="Female is no gender", http_status=400), entry, 0)
    submission.refresh_from_db()
    assert submission.redacted_at is not None
    assert (submission.outcome, submission.message, submission.http_status) == ("refused", "", 400)


@pytest.mark.django_db
def test_a_message_that_is_left_is_redacted_with_its_row() -> None:
    submission = begun(created_at=datetime.now(UTC) - timedelta(days=3))
    leave(submission.pk, Outcome.REFUSED, message="Female is no gender")
    call_command("redact_submissions", days=1)
    submission.refresh_from_db()
    assert (submission.outcome, submission.message, journal.known()) == ("refused", "", [])


def test_an_outcome_is_not_in_a_file_that_was_removed(directory: Path) -> None:
    entry = journal.reserve(uuid4())
    entry.path.unlink()
    with pytest.raises(FileNotFoundError):
        entry.write({"outcome": "created"})
    entry.close()


@pytest.mark.django_db
def test_what_cannot_be_read_keeps_no_other_outcome_out(directory: Path, caplog: pytest.LogCaptureFixture) -> None:
    submission, folder, pipe, nobodys = begun(), uuid4(), uuid4(), uuid4()
    unknown = [begun(), begun(), begun()]
    leave(submission.pk)
    leave(nobodys)
    (directory / folder.hex).mkdir()
    os.mkfifo(directory / pipe.hex)
    texts: tuple[dict[str, object], ...] = (
        {"outcome": "of tomorrow", "completed_at": "2026-11-29T10:00:00+00:00"},
        {"outcome": "created"},
        {"new": 1},
    )
    for each, text in zip(unknown, texts, strict=True):
        entry = journal.reserve(each.pk)
        entry.write(text)
        entry.close()
    assert settle_all() == 1
    submission.refresh_from_db()
    assert submission.outcome == "created"
    assert [with_known_answer(each).outcome for each in unknown] == ["sending"] * 3
    assert settle_all() == 0
    assert sorted(journal.known()) == sorted([folder, pipe, nobodys, *(each.pk for each in unknown)])
    assert not journal.is_in_use(folder)
    said = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    why = "has no answer that this version of the console can read"
    assert sorted(said) == sorted(
        [
            f"The file of the outcome of the submission {folder} in outcomes cannot be opened (Is a directory).",
            f"The file of the outcome of the submission {nobodys} in outcomes has an answer, and the database has no such "
            "submission.",
            *(
                f"The file of the outcome of the submission {each} in outcomes {why}."
                for each in (pipe, *(each.pk for each in unknown))
            ),
        ]
    )


def not_taken_by_the_database(submission: Submission, outcome: Outcome, entry: journal.Entry | None) -> None:
    """Record an outcome while each statement on the table fails."""
    table = connection.ops.quote_name(Submission._meta.db_table)
    execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    before = connection.savepoint() or ""
    record(submission, answer_fields(outcome, sentence="A sentence."), entry, 0)
    connection.set_rollback(False)
    connection.savepoint_rollback(before)
    execute(f"ALTER TABLE elsewhere RENAME TO {table}")
    assert (submission.is_recorded, submission.is_kept, submission.is_held) == (False, False, True)


@pytest.mark.django_db
def test_what_was_not_sent_is_written_once_the_database_takes_it() -> None:
    """Where the journal has no room either, as with both disks full."""
    submission = begun()
    not_taken_by_the_database(submission, Outcome.NOT_SENT, None)
    submission.refresh_from_db()
    assert submission.outcome == Outcome.SENDING
    assert settle_all() == 1
    submission.refresh_from_db()
    assert submission.outcome == Outcome.NOT_SENT
    assert settle_all() == 0


def of_a_file(entry: journal.Entry) -> None:
    entry.path.unlink()


def of_a_directory(entry: journal.Entry) -> None:
    shutil.rmtree(entry.path.parent)


def of_a_disk(entry: journal.Entry) -> None:
    """Let it fail at each writing."""
    os.close(entry.file)
    entry.file = os.open(entry.path, os.O_RDONLY)


@pytest.mark.django_db
@pytest.mark.parametrize("loss", [of_a_file, of_a_directory, of_a_disk])
def test_an_answer_that_the_journal_lost_is_written_once_the_database_takes_it(
    loss: Callable[[journal.Entry], None],
) -> None:
    submissions = [begun(), begun()]
    for each in submissions:
        entry = journal.reserve(each.pk)
        loss(entry)
        not_taken_by_the_database(each, Outcome.CREATED, entry)
    # The one that looks is told, and the others follow.
    assert with_known_answer(Submission.objects.get(pk=submissions[0].pk)).outcome == Outcome.CREATED
    assert settle_all() == 1
    assert [Submission.objects.get(pk=each.pk).outcome for each in submissions] == [Outcome.CREATED] * 2
    assert (settle_all(), journal.known()) == (0, [])


@pytest.mark.django_db
def test_a_process_that_ends_writes_what_it_holds(directory: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept, lost = begun(), begun()
    for each in (kept, lost):
        not_taken_by_the_database(each, Outcome.CREATED, None)
    table = connection.ops.quote_name(Submission._meta.db_table)
    execute(f"ALTER TABLE {table} RENAME TO elsewhere")
    before = connection.savepoint() or ""

    def ended() -> int:
        lost = settle_before_end(0)
        connection.set_rollback(False)
        connection.savepoint_rollback(before)
        return lost

    # Neither the database nor the disk takes them.
    directory.touch()
    assert ended() == 2
    assert f"The outcome of the submission {lost.pk} is lost with this process: created" in caplog.text
    directory.unlink()
    assert ended() == 0
    assert set(journal.known()) == {kept.pk, lost.pk}
    execute(f"ALTER TABLE elsewhere RENAME TO {table}")
    assert settling(None) == float("inf")
    assert [Submission.objects.get(pk=each.pk).outcome for each in (kept, lost)] == [Outcome.CREATED] * 2


def test_the_worker_writes_what_it_holds_too() -> None:
    assert "answers to submissions" in worker.registered()
    assert any("settle" in each.__name__ for each in worker._before_end)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
