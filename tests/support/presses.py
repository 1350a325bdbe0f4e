"""Presses of Create record(s) that are under way, each with what AWS answers it."""

import html
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import uuid4

from tests.load.senders import CREATE_RECORDS
from tests.support.aws_stand_in import RECORD, End, Piece, Received, as_aws_answers, http
from tests.support.databases import Answers, Console

REQUEST_ID = "0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10"
REFUSAL = {"x-amzn-ErrorType": "InvalidInputException"}
ROWS = "SELECT record_ids, outcome, http_status, request_id, attempts, message FROM history_submission"
# What AWS answers, and what the row has of it: outcome, HTTP status, request id, attempts, message.
ANSWERS: dict[str, tuple[list[Piece], tuple[str, int | None, str, int, str]]] = {
    "created": ([http(200)], ("created", 200, REQUEST_ID, 1, "")),
    "refused": (
        [http(400, b'{"message": "What AWS says."}', REFUSAL)],
        ("refused", 400, REQUEST_ID, 1, "What AWS says."),
    ),
    "unconfirmed": ([End.CLOSE], ("unconfirmed", None, "", 3, "")),
}


@dataclass
class ByUser:
    """What stands for AWS: the request of each press has the answers of its user."""

    answers: dict[str, Answers] = field(default_factory=dict)

    def __call__(self, received: Received) -> Iterable[Piece]:
        if received.operation != "PutUsers":
            return as_aws_answers(received)
        return self.answers[received.record_ids[0]](received)


class Press:
    """A press of Create record(s) that is under way, with one user."""

    def __init__(self, at: Console, kind: str, by: str = "") -> None:
        self.at, self.kind, self.by, self.record_id = at, kind, by, f"user-{uuid4().hex}"
        self.answers = Answers(ANSWERS[kind][0])
        if not isinstance(at.aws.answer, ByUser):
            at.aws.answer = ByUser()
        at.aws.answer.answers[self.record_id] = self.answers
        self.fields = {
            "csrfmiddlewaretoken": at.person.token(CREATE_RECORDS),
            "record_input": RECORD % self.record_id,
            "intent": "create",
            "key": str(uuid4()),
        }
        self.answer: Future[tuple[int, dict[str, str], str, float]] = Future()

    def begin(self) -> None:
        """Press, and return when AWS has the request."""
        self.start()
        self.wait_for_aws()

    def start(self) -> None:
        threads = ThreadPoolExecutor(1)
        self.answer = threads.submit(self.send)
        threads.shutdown(wait=False)

    def wait_for_aws(self) -> None:
        if not self.answers.arrived.wait(30):
            raise AssertionError(self.answer.result(30)[2])

    def let_aws_answer(self) -> None:
        self.answers.may_answer.set()

    def send(self) -> tuple[int, dict[str, str], str, float]:
        return self.at.send(CREATE_RECORDS, by=self.by, **self.fields)

    def page(self) -> str:
        """Let AWS answer, and return the text of the page that is shown, or led to."""
        self.let_aws_answer()
        status, headers, page, seconds = self.answer.result(60)
        assert seconds < 45
        if status == 302:
            status, headers, page, _seconds = self.at.send(headers["location"])
        assert status == 200, page[:3000]
        return text(page)

    def rows(self) -> list[tuple[object, ...]]:
        rows = [tuple(each) for each in self.at.database.rows(ROWS) if each[0] == self.record_id]
        return [(*each[1:5], str(each[5]).partition(" (reached")[0]) for each in rows]


def begun(at: Console, presses: Iterable[tuple[str, str]]) -> list[Press]:
    """Return presses of each kind, which AWS has the requests of."""
    found = [Press(at, kind, by) for kind, by in presses]
    for each in found:
        each.start()
    for each in found:
        each.wait_for_aws()
    return found


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
