"""AWS's answer is written and shown, whatever becomes of the database between the press and the page."""

import html
import re
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.aws_stand_in import RECORD, End, Piece, http
from tests.databases import NAMES, Answers, Console, console
from tests.load.senders import CREATE_RECORDS

AWS_SECONDS = 3
LOCKED = "The console's database is locked by another program."
AWAY = "The console's database cannot be reached."
NOT_YET = "This answer could not be recorded yet,"
REQUEST_ID = "0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10"
REFUSAL = {"x-amzn-ErrorType": "InvalidInputException"}
ROWS = "SELECT user_ids, outcome, http_status, request_id, attempts, message FROM history_submission"
METRICS = r'console_submissions_total\{environment="staging",outcome="(\w[\w ]*)"\} ([\d.]+)'
# What AWS answers, and what the row has of it: outcome, HTTP status, request id, attempts, message.
ANSWERS: dict[str, tuple[list[Piece], tuple[str, int | None, str, int, str]]] = {
    "created": ([http(200)], ("created", 200, REQUEST_ID, 1, "")),
    "refused": (
        [http(400, b'{"message": "What AWS says."}', REFUSAL)],
        ("refused", 400, REQUEST_ID, 1, "What AWS says."),
    ),
    "unconfirmed": ([End.CLOSE], ("unconfirmed", None, "", 3, "")),
}
PRESSES = [("created", ""), ("created", "htmx"), ("refused", "htmx"), ("unconfirmed", "")]
SHOWN = {"created": "Success:", "refused": "Failure:", "unconfirmed": "Unconfirmed:"}


@pytest.fixture(scope="module", params=NAMES)
def served_console(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    directory = tmp_path_factory.mktemp(request.param)
    with console(request.param, directory, CONSOLE_AWS_SECONDS=str(AWS_SECONDS)) as found:
        yield found
        log = found.served.log.read_text()
    assert "Traceback" not in log
    assert "What AWS says." not in log


class Press:
    """A press of Create record(s) that is under way, with one user."""

    def __init__(self, at: Console, kind: str, by: str = "") -> None:
        self.at, self.by, self.user_id = at, by, f"user-{uuid4().hex}"
        self.answers = Answers(ANSWERS[kind][0])
        at.aws.answer = self.answers
        self.fields = {
            "csrfmiddlewaretoken": at.person.token(CREATE_RECORDS),
            "record_input": RECORD % self.user_id,
            "intent": "create",
            "key": str(uuid4()),
        }
        self.answer: Future[tuple[int, dict[str, str], str, float]] = Future()

    def begin(self) -> None:
        """Press, and return when AWS has the request."""
        threads = ThreadPoolExecutor(1)
        self.answer = threads.submit(self.send)
        threads.shutdown(wait=False)
        if not self.answers.arrived.wait(30):
            raise AssertionError(self.answer.result(30)[2])

    def send(self) -> tuple[int, dict[str, str], str, float]:
        return self.at.send(CREATE_RECORDS, by=self.by, **self.fields)

    def page(self) -> str:
        """Let AWS answer, and return the text of the page that is shown, or led to."""
        self.answers.may_answer.set()
        status, headers, page, seconds = self.answer.result(60)
        assert seconds < 45
        if status == 302:
            status, headers, page, _seconds = self.at.send(headers["location"])
        assert status == 200, page[:3000]
        return text(page)

    def rows(self) -> list[tuple[object, ...]]:
        rows = [tuple(each) for each in self.at.database.rows(ROWS) if each[0] == self.user_id]
        return [(*each[1:5], str(each[5]).partition(" (reached")[0]) for each in rows]


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def counted(at: Console) -> dict[str, float]:
    """Return how many submissions are counted, by outcome."""
    return {outcome: float(number) for outcome, number in re.findall(METRICS, at.send("/metrics")[2])}


def files(at: Console) -> list[Path]:
    return sorted((at.directory / "outcomes").iterdir())


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def away(at: Console) -> AbstractContextManager[None]:
    """Let the database be of no use: the PostgreSQL is stopped, and the SQLite is locked."""
    return at.server.stopped() if at.server else at.database.locked()


@pytest.mark.parametrize(("kind", "by"), PRESSES)
def test_what_is_over_before_aws_answers_leaves_no_trace(served_console: Console, kind: str, by: str) -> None:
    press = Press(served_console, kind, by)
    before = counted(served_console)
    press.begin()
    assert [stat.S_IMODE(each.stat().st_mode) for each in files(served_console)] == [0o600]
    assert stat.S_IMODE((served_console.directory / "outcomes").stat().st_mode) == 0o700
    served_console.database.cut()
    with served_console.database.locked():
        time.sleep(0.5)
    page = press.page()
    assert SHOWN[kind] in page
    assert NOT_YET not in page
    assert press.rows() == [ANSWERS[kind][1]]
    assert files(served_console) == []
    after = counted(served_console)
    assert {each: after[each] - before.get(each, 0) for each in after if after[each] != before.get(each)} == {kind: 1}


@pytest.mark.parametrize("how", [away, lambda at: at.database.locked()], ids=["away", "locked"])
def test_a_database_that_is_back_within_the_time_of_the_page_has_the_answer(
    served_console: Console, how: Callable[[Console], AbstractContextManager[None]]
) -> None:
    press = Press(served_console, "created", "htmx")
    press.begin()
    with how(served_console):
        press.answers.may_answer.set()
        time.sleep(1.5)
    page = press.page()
    assert SHOWN["created"] in page
    assert NOT_YET not in page
    assert press.rows() == [ANSWERS["created"][1]]


@pytest.mark.parametrize(("kind", "by"), PRESSES)
def test_a_database_that_stays_away_gets_the_answer_later(served_console: Console, kind: str, by: str) -> None:
    press = Press(served_console, kind, by)
    before = counted(served_console)
    press.begin()
    with away(served_console):
        page = press.page()
        assert SHOWN[kind] in page
        assert NOT_YET in page
        assert press.user_id in page
        outcome, status, request_id, _attempts, message = ANSWERS[kind][1]
        assert all(str(each) in page for each in (status, request_id, message) if each)
        assert [stat.S_IMODE(each.stat().st_mode) for each in files(served_console)] == [0o600]
    wait_for(lambda: press.rows() == [ANSWERS[kind][1]])
    wait_for(lambda: files(served_console) == [])
    after = counted(served_console)
    assert {each: after[each] - before.get(each, 0) for each in after if after[each] != before.get(each)} == {
        outcome: 1
    }
    if kind == "created":
        # The browser sends the form once more.
        _status, _headers, again, _seconds = press.send()
        assert "Nothing was sent." in text(again)
        assert len(press.rows()) == 1


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_is_killed_before_the_database_has_the_answer_has_it_at_the_next_start(
    served_console: Console, kind: str
) -> None:
    press = Press(served_console, kind)
    press.begin()
    with away(served_console):
        assert NOT_YET in press.page()
        served_console.kill()
    assert press.rows() == [("sending", None, "", 0, "")]
    assert len(files(served_console)) == 1
    served_console.start_again()
    wait_for(lambda: press.rows() == [ANSWERS[kind][1]])
    wait_for(lambda: files(served_console) == [])


def test_what_is_killed_before_aws_answers_stays_unconfirmed_and_leaves_no_file(served_console: Console) -> None:
    press = Press(served_console, "created")
    press.begin()
    assert len(files(served_console)) == 1
    served_console.kill()
    served_console.start_again()
    press.answers.may_answer.set()
    wait_for(lambda: files(served_console) == [])
    assert press.rows() == [("sending", None, "", 0, "")]


@pytest.mark.parametrize("by", ["", "htmx"])
@pytest.mark.parametrize("how", [away, lambda at: at.database.locked()], ids=["away", "locked"])
def test_nothing_is_sent_where_the_submission_cannot_be_written(
    served_console: Console, how: Callable[[Console], AbstractContextManager[None]], by: str
) -> None:
    press = Press(served_console, "created", by)
    press.answers.may_answer.set()
    sent = len(served_console.aws.of("PutUsers"))
    with how(served_console):
        status, _headers, page, seconds = press.send()
    assert status == 503, page[:3000]
    assert seconds < 14
    found = text(page)
    is_locked = LOCKED in found
    assert is_locked or AWAY in found
    if not by:
        # What was typed is in the page, with the same key, whether it needs the database or not.
        assert f'value="{press.fields["key"]}"' in page
        assert press.user_id in page
    if is_locked or by:
        assert "Nothing was sent, and what you entered is kept." in found or "could not be done" in found
    assert len(served_console.aws.of("PutUsers")) == sent
    assert press.rows() == []
    wait_for(lambda: served_console.send("/readyz")[0] == 200)
    assert press.send()[0] in (200, 302)
    assert press.rows() == [ANSWERS["created"][1]]
    assert len(served_console.aws.of("PutUsers")) == sent + 1


def test_the_connection_is_cut_while_aws_describes_the_dataset(served_console: Console) -> None:
    press = Press(served_console, "created")
    press.answers.may_answer.set()
    usual = press.answers

    def cutting(received: object) -> Iterator[Piece]:
        served_console.database.cut()
        yield from usual(received)  # type: ignore[arg-type]

    served_console.aws.answer = cutting
    assert press.send()[0] == 302
    assert press.rows() == [ANSWERS["created"][1]]
