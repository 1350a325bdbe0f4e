"""Presses of one page at the same time, at a real server with several processes, while AWS takes its time to answer."""

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.support.aws_stand_in import RECORD, Piece, StandIn, http, stand_in
from tests.support.person import Person
from tests.support.production import answer_to
from tests.support.served import Served, serve

GROUP = "/staging/dataset-groups/loyalty"
PAGE = f"{GROUP}/datasets/users/create-records/"
SECONDS = 1.0
ACCEPTED: list[Piece] = [SECONDS, http(200)]
REFUSED: list[Piece] = [SECONDS, http(400, b"{}", {"x-amzn-ErrorType": "InvalidInputException"})]

type Answer = tuple[int, dict[str, str], str]


@pytest.fixture(scope="module")
def aws() -> Iterator[StandIn]:
    with stand_in() as aws:
        yield aws


@pytest.fixture(scope="module")
def console(aws: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("at-once")
    file = folder / "environments.toml"
    file.write_text(f'[[environments]]\nname = "staging"\nregion = "us-west-2"\nendpoint_url = "{aws.url}"\n')
    keys = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEX"}
    with serve(folder, CONSOLE_ENVIRONMENTS=str(file), **keys) as console:
        yield console


class Presser:
    """Somebody whose presses carry one key."""

    def __init__(self, console: Served, aws: StandIn) -> None:
        self.person = Person(console, "operator")
        self.key = str(uuid4())
        self._url = f"{console.url}{PAGE}"
        self._aws = aws
        self._token = self.person.token(PAGE)
        self._usual = aws.answer
        self._sent = len(aws.of("PutUsers"))

    def press(self, user_id: str) -> Answer:
        """Press Create record(s) with a record, and return the answer itself."""
        fields = {"csrfmiddlewaretoken": self._token, "record_input": RECORD % user_id, "intent": "create"}
        body = urllib.parse.urlencode({**fields, "key": self.key}).encode()
        made = urllib.request.Request(self._url, body)
        self.person.cookies.add_cookie_header(made)
        return answer_to(made)

    def at_once(self, *record_ids: str) -> list[Answer]:
        with ThreadPoolExecutor(len(record_ids)) as threads:
            return list(threads.map(self.press, record_ids))

    def second_while_first(self, first: str, second: str) -> tuple[Answer, Answer]:
        """Press with a second record while AWS works at a first one."""
        sent = len(self.sent())
        with ThreadPoolExecutor(2) as threads:
            under_way: Future[Answer] = threads.submit(self.press, first)
            deadline = time.monotonic() + 30
            while len(self.sent()) == sent and time.monotonic() < deadline:
                time.sleep(0.01)
            return threads.submit(self.press, second).result(), under_way.result()

    def let_aws(self, answer: list[Piece]) -> None:
        usual = self._usual
        self._aws.answer = lambda received: answer if received.operation == "PutUsers" else usual(received)

    def sent(self) -> list[str]:
        """Return the users who came to AWS, in their order."""
        return [each for request in self._aws.of("PutUsers")[self._sent :] for each in request.record_ids]


@pytest.fixture
def presser(console: Served, aws: StandIn) -> Iterator[Presser]:
    usual = aws.answer
    yield Presser(console, aws)
    aws.answer = usual


def submission_in(answer: Answer) -> str:
    status, headers, page = answer
    assert status in (302, 409)
    found = re.search(r"submission(?:s/|=)([0-9a-f-]{36})", headers["location"] if status == 302 else page)
    assert found
    return found[1]


def test_the_same_text_is_sent_once_and_all_get_its_result(presser: Presser) -> None:
    presser.let_aws(ACCEPTED)
    answers = presser.at_once(*["u-1"] * 6)
    assert presser.sent() == ["u-1"]
    assert len({submission_in(each) for each in answers}) == 1
    earlier = [headers["location"] for _, headers, _ in answers if "&earlier" in headers["location"]]
    assert len(earlier) == 5
    page = presser.person.get(earlier[0])
    assert "<strong>Earlier response</strong> from <time" in page
    assert "Success" not in page


def test_presses_at_once_with_other_texts_send_one_of_them(presser: Presser) -> None:
    presser.let_aws(ACCEPTED)
    answers = presser.at_once("u-1", "u-2", "u-3", "u-1", "u-2", "u-3")
    (user_id,) = presser.sent()
    assert len({submission_in(each) for each in answers}) == 1
    # Two had the text that was sent: one of them sent it.
    assert sorted(status for status, _, _ in answers) == [302, 302, 409, 409, 409, 409]
    told = [page for status, _, page in answers if status == 409]
    assert all("This page already sent records, on" in each and user_id in each for each in told)


def test_another_text_waits_for_the_first_and_is_not_sent_after_its_success(presser: Presser) -> None:
    presser.let_aws(ACCEPTED)
    second, first = presser.second_while_first("u-1", "u-2")
    assert (first[0], second[0], presser.sent()) == (302, 409, ["u-1"])
    assert submission_in(second) == submission_in(first)


def test_another_text_is_sent_once_the_first_was_refused(presser: Presser) -> None:
    presser.let_aws(REFUSED)
    second, first = presser.second_while_first("u-1", "u-2")
    assert (first[0], second[0], presser.sent()) == (302, 302, ["u-1", "u-2"])
    assert submission_in(second) != submission_in(first)


def test_a_second_press_while_the_first_is_refused_does_not_try_again_and_a_later_one_does(presser: Presser) -> None:
    presser.let_aws(REFUSED)
    second, first = presser.second_while_first("u-1", "u-1")
    assert submission_in(second) == submission_in(first)
    assert presser.sent() == ["u-1"]
    page = presser.person.get(second[1]["location"])
    assert "Failure:" in page
    assert "This is the result of an earlier press, on <time" in page
    assert "earlier press" not in presser.person.get(first[1]["location"])
    presser.let_aws(ACCEPTED)
    answers = presser.at_once("u-1", "u-1")
    assert len({submission_in(each) for each in answers} - {submission_in(first)}) == 1
    assert presser.sent() == ["u-1", "u-1"]
