"""Each request has an id, which its answer, its error page and the log share."""

import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.test import Client

from console.output.logs import JsonFormatter
from tests.pages.html import text_of

GROUPS = "/local/dataset-groups/"


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """The lines that production logs while a test runs."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    requests = logging.getLogger("console.requests")
    requests.setLevel(logging.INFO)
    yield lines
    requests.setLevel(logging.WARNING)
    logging.getLogger().removeHandler(handler)


def test_each_answer_has_an_id_of_its_own(operator: Client) -> None:
    ids = [operator.get(path)["X-Request-ID"] for path in (GROUPS, GROUPS, "/nowhere/", "/healthz")]
    assert len(set(ids)) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


def test_an_id_from_outside_is_not_taken(operator: Client) -> None:
    assert operator.get(GROUPS, headers={"X-Request-ID": "mine"})["X-Request-ID"] != "mine"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/local/dataset-groups/missing/datasets/", 404), ("/local/simulate-responses/", 403)],
)
def test_an_error_page_names_its_request(viewer: Client, path: str, status: int) -> None:
    answer = viewer.get(path)
    assert answer.status_code == status
    assert f"Request ID in the console's log: {answer['X-Request-ID']}" in text_of(answer)


def test_a_form_that_was_open_for_too_long_names_its_request(operator: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = operator.cookies
    answer = client.post("/settings/", {"mode": "dark", "density": "compact"})
    assert answer.status_code == 403
    assert answer["X-Request-ID"] in text_of(answer)


def test_other_pages_name_none(operator: Client) -> None:
    assert "Request ID in the console" not in text_of(operator.get(GROUPS))


def test_a_defect_names_its_request_and_is_logged_without_its_message(
    operator: Client, logged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def defective(*_arguments: object) -> None:
        try:
            raise ValueError("a value that was typed")
        except ValueError as error:
            raise RuntimeError("the same value again") from error

    monkeypatch.setattr("console.personalize.calls.newest_dataset_groups", defective)
    operator.raise_request_exception = False
    answer = operator.get(f"{GROUPS}?filter=in-the-query")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in text_of(answer)
    defect, request = (json.loads(line) for line in logged)
    assert defect["level"] == "ERROR"
    assert defect["message"] == f"Internal Server Error: {GROUPS}"
    assert defect["exception"][0] == "builtins.RuntimeError"
    assert "builtins.ValueError" in defect["exception"]
    assert re.search(r"test_request_ids\.py:\d+ in defective$", defect["exception"][1])
    assert {"status": 500, "path": GROUPS}.items() <= request.items()
    assert defect["request_id"] == request["request_id"] == answer["X-Request-ID"]
    for secret in ("typed", "again", "in-the-query"):
        assert secret not in "".join(logged)


def test_the_log_says_who_sent_a_request(operator: Client, logged: list[str]) -> None:
    operator.get(GROUPS)
    operator.get("/healthz")
    operator.logout()
    operator.get("/sign-in/")
    operator.get(GROUPS)
    seen = [(each["path"], each["status"], each["person_id"] is None) for each in map(json.loads, logged)]
    assert seen == [(GROUPS, 200, False), ("/sign-in/", 200, True), (GROUPS, 302, True)]


def test_a_refused_form_is_logged_without_the_query_of_its_page(operator: Client, logged: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = operator.cookies
    address = "https://other.example/page?record_id=in-the-query&more"
    client.post("/settings/", {"mode": "dark"}, secure=True, headers={"Referer": address})
    messages = [json.loads(line)["message"] for line in logged]
    assert (
        "Forbidden (Referer checking failed - https://other.example/page?… does not match any trusted origins.): /settings/"
        in messages
    )
    assert "in-the-query" not in "".join(logged)


def test_why_a_database_cannot_be_used_is_logged(logged: list[str]) -> None:
    try:
        raise OperationalError("connection refused") from OSError(111, "Connection refused")
    except OperationalError:
        logging.getLogger("console").exception("Not ready.")
    (line,) = logged
    exception = json.loads(line)["exception"]
    assert exception[0] == "django.db.utils.OperationalError: connection refused"
    assert "builtins.ConnectionRefusedError: [Errno 111] Connection refused" in exception


def test_a_line_break_in_an_address_begins_no_new_line(operator: Client, logged: list[str]) -> None:
    operator.get("/nowhere%0A%7B%22level%22/")
    (line,) = logged
    assert "\n" not in line
    assert json.loads(line)["path"] == '/nowhere\n{"level"/'
