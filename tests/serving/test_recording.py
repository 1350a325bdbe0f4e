"""AWS's answer is written and shown, whatever becomes of the database between the press and the page."""

import re
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.support.aws_stand_in import Piece
from tests.support.databases import NAMES, Console, console
from tests.support.numbers import whole, with_some
from tests.support.presses import ANSWERS, Press, begun, text, wait_for

# Within them several presses are begun, and a database is stopped and started, on a machine that does other things too.
AWS_SECONDS = 6
LOCKED = "The console's database is locked by another program."
AWAY = "The console's database cannot be reached."
NOT_YET = "This response could not be saved yet,"
METRICS = r'console_submissions_total\{environment="staging",outcome="(\w[\w ]*)"\} ([\d.]+)'
# All at once: their outcomes, and whether htmx sends them.
PRESSES = [("created", ""), ("created", "htmx"), ("refused", "htmx"), ("unconfirmed", "")]
OUTCOMES = {"created": 2, "refused": 1, "unconfirmed": 1}
SHOWN = {"created": "Success:", "refused": "Failure:", "unconfirmed": "Unconfirmed:"}


@pytest.fixture(scope="module", params=NAMES)
def served_console(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    directory = tmp_path_factory.mktemp(request.param)
    with console(request.param, directory, CONSOLE_AWS_SECONDS=str(AWS_SECONDS)) as found:
        yield found
        log = found.served.log.read_text()
    assert "Traceback" not in log
    assert "What AWS says." not in log


def counted(at: Console) -> dict[str, float]:
    """Return how many submissions are counted, by outcome."""
    return {outcome: float(number) for outcome, number in re.findall(METRICS, at.send("/metrics")[2])}


def files(at: Console) -> list[Path]:
    return sorted((at.directory / "outcomes").iterdir())


def away(at: Console) -> AbstractContextManager[None]:
    """Let the database be of no use: the PostgreSQL is stopped, and the SQLite is locked."""
    return at.server.stopped() if at.server else at.database.locked()


def counted_since(at: Console, before: dict[str, float]) -> dict[str, float]:
    after = counted(at)
    return {each: after[each] - before.get(each, 0) for each in after if after[each] != before.get(each)}


def test_what_is_over_before_aws_answers_leaves_no_trace(served_console: Console) -> None:
    before = counted(served_console)
    presses = begun(served_console, PRESSES)
    assert [stat.S_IMODE(each.stat().st_mode) for each in files(served_console)] == [0o600] * len(PRESSES)
    assert stat.S_IMODE((served_console.directory / "outcomes").stat().st_mode) == 0o700
    served_console.database.cut()
    with served_console.database.locked():
        time.sleep(0.5)
    for press in presses:
        page = press.page()
        assert SHOWN[press.kind] in page
        assert NOT_YET not in page
        assert press.rows() == [ANSWERS[press.kind][1]]
    assert files(served_console) == []
    assert counted_since(served_console, before) == OUTCOMES


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


def test_a_database_that_stays_away_gets_the_answers_later(served_console: Console) -> None:
    before = counted(served_console)
    waiting = served_console.served.log.read_text().count("is not in the trail yet")
    presses = begun(served_console, PRESSES)
    with away(served_console):
        for press in presses:
            press.let_aws_answer()
        for press in presses:
            page = press.page()
            assert SHOWN[press.kind] in page
            assert NOT_YET in page
            assert press.record_id in page
            _outcome, status, request_id, _attempts, message = ANSWERS[press.kind][1]
            assert all(str(each) in page for each in (status, request_id, message) if each)
        assert [stat.S_IMODE(each.stat().st_mode) for each in files(served_console)] == [0o600] * len(PRESSES)
    wait_for(lambda: all(press.rows() == [ANSWERS[press.kind][1]] for press in presses))
    wait_for(lambda: files(served_console) == [])
    # Once for each: they are tried again several times a second.
    assert served_console.served.log.read_text().count("is not in the trail yet") - waiting == len(presses)
    assert counted_since(served_console, before) == OUTCOMES
    # The browser sends a form once more.
    _status, _headers, again, _seconds = presses[0].send()
    assert "Nothing was sent." in text(again)
    assert len(presses[0].rows()) == 1


def test_an_answer_whose_file_was_removed_is_in_the_trail_later(served_console: Console) -> None:
    press = Press(served_console, "created")
    press.begin()
    with away(served_console):
        for each in files(served_console):
            each.unlink()
        press.let_aws_answer()
        page = press.page()
        assert SHOWN["created"] in page
        assert f"{NOT_YET} neither in the console's database nor on disk." in page
    wait_for(lambda: press.rows() == [ANSWERS["created"][1]])


@with_some("served_console", 1, of=NAMES)
def test_what_is_killed_before_the_database_has_the_answers_has_them_at_the_next_start(
    served_console: Console,
) -> None:
    presses = begun(served_console, [(kind, "") for kind in ANSWERS])
    with away(served_console):
        for press in presses:
            press.let_aws_answer()
        assert all(NOT_YET in press.page() for press in presses)
        served_console.kill()
    assert all(press.rows() == [("sending", None, "", 0, "")] for press in presses)
    assert len(files(served_console)) == len(presses)
    served_console.start_again()
    wait_for(lambda: all(press.rows() == [ANSWERS[press.kind][1]] for press in presses))
    wait_for(lambda: files(served_console) == [])


@with_some("served_console", 0, of=NAMES)
def test_what_is_killed_before_aws_answers_stays_unconfirmed_and_leaves_no_file(served_console: Console) -> None:
    press = Press(served_console, "created")
    press.begin()
    assert len(files(served_console)) == 1
    served_console.kill()
    served_console.start_again()
    press.answers.may_answer.set()
    wait_for(lambda: files(served_console) == [])
    assert press.rows() == [("sending", None, "", 0, "")]


@pytest.mark.parametrize("how", [away, lambda at: at.database.locked()], ids=["away", "locked"])
def test_nothing_is_sent_where_the_submission_cannot_be_written(
    served_console: Console, how: Callable[[Console], AbstractContextManager[None]]
) -> None:
    presses = [Press(served_console, "created", by) for by in ("", "htmx")]
    for press in presses:
        press.let_aws_answer()
    sent = len(served_console.aws.of("PutUsers"))
    with how(served_console), ThreadPoolExecutor(len(presses)) as threads:
        answers = list(threads.map(Press.send, presses))
    for press, (status, _headers, page, seconds) in zip(presses, answers, strict=True):
        assert status == 503, page[:3000]
        assert seconds < 14
        assert_keeps_what_was_typed(press, page)
        assert press.rows() == []
    assert len(served_console.aws.of("PutUsers")) == sent
    wait_for(lambda: served_console.send("/readyz")[0] == 200)
    for press in presses:
        assert press.send()[0] in (200, 302)
        assert press.rows() == [ANSWERS["created"][1]]
    assert len(served_console.aws.of("PutUsers")) == sent + len(presses)


def assert_keeps_what_was_typed(press: Press, page: str) -> None:
    found = text(page)
    is_locked = LOCKED in found
    assert is_locked or AWAY in found
    if not press.by:
        # What was typed is in the page, with the same key, whether it needs the database or not.
        assert f'value="{press.fields["key"]}"' in page
        assert press.record_id in page
    if is_locked or press.by:
        assert re.search("[Nn]othing was sent|could not be done", found)


@whole
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


@pytest.mark.parametrize(("kind", "shown"), [("created", "Earlier response"), ("unconfirmed", "Unconfirmed:")])
def test_a_second_press_waits_for_the_first_whatever_becomes_of_its_connection(
    served_console: Console, kind: str, shown: str
) -> None:
    press = Press(served_console, kind)
    press.begin()
    with ThreadPoolExecutor(1) as threads:
        second = threads.submit(press.send)
        time.sleep(1)
        served_console.database.cut()
        time.sleep(1)
        assert not second.done()
        assert SHOWN[kind] in press.page()
        status, headers, page, _seconds = second.result(60)
    assert status == 302, text(page)
    assert shown in text(served_console.send(headers["location"])[2])
    assert press.rows() == [ANSWERS[kind][1]]
