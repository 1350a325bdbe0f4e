"""Where the disk of the console has no room for AWS's answer, nothing is sent, and the trail says so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from tests.load.senders import CREATE_RECORDS
from tests.support.aws_stand_in import RECORD
from tests.support.databases import Answers, Console, console
from tests.support.numbers import some_of, whole
from tests.support.presses import ROWS, text, wait_for
from tests.support.small_disk import SmallDisk, small_disk

FULL = "The console's disk is full: there is no space for the response."


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("small") / "data", megabytes=48) as found:
        found.path.chmod(0o700)
        yield found


@pytest.fixture(scope="module")
def elsewhere(disk: SmallDisk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console whose data directory is on a small disk, and whose database is not."""
    log = tmp_path_factory.mktemp("log") / "serve.log"
    with console("PostgreSQL", disk.path, log, CONSOLE_AWS_SECONDS="3") as found:
        found.aws.answer = Answers()
        found.aws.answer.may_answer.set()
        yield found


def press(at: Console, user_id: str, by: str = "", key: str = "") -> str:
    fields = {
        "csrfmiddlewaretoken": at.person.token(CREATE_RECORDS),
        "record_input": RECORD % user_id,
        "intent": "create",
        "key": key or str(uuid4()),
    }
    status, headers, page, _seconds = at.send(CREATE_RECORDS, by=by, **fields)
    if status == 302:
        status, headers, page, _seconds = at.send(headers["location"])
    assert status == 200, page[:3000]
    return page


@pytest.mark.parametrize("fill", some_of([SmallDisk.full, SmallDisk.without_files], 1), ids=lambda each: each.__name__)
def test_nothing_is_sent_without_room_for_the_answer(
    elsewhere: Console, disk: SmallDisk, fill: Callable[[SmallDisk], AbstractContextManager[None]]
) -> None:
    sent = len(elsewhere.aws.of("PutUsers"))
    presses = [(f"user-{uuid4().hex}", by, str(uuid4())) for by in ("", "htmx")]
    with fill(disk):
        pages = [press(elsewhere, *each) for each in presses]
    for page in map(text, pages):
        assert f"Failure: no user record was created. {FULL}" in page, page
        assert "free some space on the disk of CONSOLE_DATA_DIR" in page
    assert len(elsewhere.aws.of("PutUsers")) == sent
    assert outcomes(elsewhere, presses[0][0]) == [("not sent", None)]
    assert outcomes(elsewhere, presses[1][0]) == [("not sent", None)]
    # The same page sends once there is room.
    for each in presses:
        assert "Success:" in text(press(elsewhere, *each))
        assert outcomes(elsewhere, each[0]) == [("created", 200), ("not sent", None)]
    assert len(elsewhere.aws.of("PutUsers")) == sent + len(presses)


def outcomes(at: Console, user_id: str) -> list[tuple[object, ...]]:
    """Return outcome and HTTP status of what was to be sent of a user."""
    return sorted(tuple(each[1:3]) for each in at.database.rows(ROWS) if each[0] == user_id)


def test_an_answer_is_kept_on_a_disk_that_fills_up_while_aws_works(elsewhere: Console, disk: SmallDisk) -> None:
    assert elsewhere.server
    user_id, sent = f"user-{uuid4().hex}", len(elsewhere.aws.of("PutUsers"))
    answers = elsewhere.aws.answer = Answers()
    token = elsewhere.person.token(CREATE_RECORDS)
    fields = {"csrfmiddlewaretoken": token, "record_input": RECORD % user_id, "intent": "create", "key": str(uuid4())}
    threads = ThreadPoolExecutor(1)
    answer = threads.submit(lambda: elsewhere.send(CREATE_RECORDS, **fields))
    threads.shutdown(wait=False)
    assert answers.arrived.wait(30)
    with disk.full(), elsewhere.server.stopped():
        answers.may_answer.set()
        status, _headers, page, _seconds = answer.result(60)
        assert (status, "This response could not be saved yet," in text(page)) == (200, True)
        elsewhere.kill()
    elsewhere.start_again()
    assert len(elsewhere.aws.of("PutUsers")) == sent + 1
    wait_for(lambda: outcomes(elsewhere, user_id) == [("created", 200)])


@whole
def test_nothing_is_sent_where_the_answer_can_be_kept_in_no_file(elsewhere: Console, disk: SmallDisk) -> None:
    user_id, sent = f"user-{uuid4().hex}", len(elsewhere.aws.of("PutUsers"))
    outcomes = disk.path / "outcomes"
    outcomes.mkdir(exist_ok=True)
    outcomes.rename(disk.path / "aside")
    outcomes.touch()
    try:
        page = press(elsewhere, user_id)
    finally:
        outcomes.unlink()
        (disk.path / "aside").rename(outcomes)
    assert "The console could not create the file for the response (File exists)." in text(page)
    assert len(elsewhere.aws.of("PutUsers")) == sent
