"""What could not be answered has a page of its own, in the frame of all pages."""

from http import HTTPStatus
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from console.server.http.refusals import RefusedBody
from tests.pages.html import text_of
from tests.submissions.presses.breaking_presses import broken

GROUPS = "/local/dataset-groups/"
NOTHING_SENT = "Nothing was done, and nothing was sent."
NAVIGATION = 'aria-label="Side navigation"'


def test_an_address_without_a_page_says_so_beside_the_navigation(operator: Client) -> None:
    for path in ("/nowhere/", "/local/nowhere/", "/elsewhere/dataset-groups/"):
        answer = operator.get(path)
        assert answer.status_code == 404
        assert "There is nothing at this address. Check it, or start from the dataset groups." in text_of(answer)
        assert NAVIGATION in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_the_environment_stays_where_its_address_has_no_page(operator: Client) -> None:
    operator.post("/local/simulate-responses/", {"response": "dropped", "scope": "all"})
    assert "Responses are simulated." in text_of(operator.get("/local/nowhere/"))
    assert "Responses are simulated." not in text_of(operator.get("/nowhere/"))


def test_nobody_needs_to_sign_in_to_be_told(db: None, client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "Page not found" in text_of(answer)
    assert NAVIGATION not in answer.content.decode()


def test_who_may_not_is_told_why(viewer: Client) -> None:
    answer = viewer.get("/local/simulate-responses/")
    assert answer.status_code == 403
    assert "Your role, viewer, may not simulate responses. Ask an administrator for a role." in text_of(answer)
    assert NAVIGATION in answer.content.decode()


@pytest.mark.parametrize("path", [GROUPS, "/sign-out/"])
def test_a_method_that_a_page_does_not_take_has_a_page(operator: Client, path: str) -> None:
    answer = operator.get(path) if path == "/sign-out/" else operator.post(path)
    assert answer.status_code == 405
    assert answer["Allow"] == ("POST" if path == "/sign-out/" else "GET, HEAD")
    assert "This page does not accept requests of this kind." in text_of(answer)
    assert NAVIGATION in answer.content.decode()


def test_a_request_that_is_too_long_has_a_page(operator: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = operator.post("/settings/", {"mode": "x" * 1001})
    assert answer.status_code == 413
    assert "This request is longer than the console accepts, so nothing was done." in text_of(answer)
    assert NAVIGATION in answer.content.decode()


def test_a_request_of_somebody_whom_the_database_cannot_name_has_a_page(
    db: None, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    body = RefusedBody(HTTPStatus.SERVICE_UNAVAILABLE, cause=broken())
    path = f"{GROUPS}loyalty-programme/datasets/users/create-records/"
    form = {"content_type": "application/x-www-form-urlencoded", "CONTENT_LENGTH": "1", "wsgi.input": body}
    for more in ({}, {"HTTP_HX_REQUEST": "true"}):
        sent: dict[str, Any] = {**form, **more}
        answer = client.generic("POST", path, **sent)
        assert answer.status_code == 503
        assert NOTHING_SENT in text_of(answer)
        assert answer["Retry-After"] == "5"
    assert "The database cannot be used: away (unable to open database file)." in caplog.text
    assert "Traceback" not in caplog.text


def test_a_request_that_cannot_be_read_has_a_page(operator: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = operator.post("/settings/", {"mode": "dark", "density": "compact", "next": "/"})
    assert answer.status_code == 400
    assert "This request has more fields than the console reads, so nothing was done." in text_of(answer)


def test_an_address_with_too_many_fields_has_a_page(operator: Client, caplog: pytest.LogCaptureFixture) -> None:
    for path in ("/settings/", "/local/dataset-groups/"):
        answer = operator.get(f"{path}?{'a&' * 10_001}")
        assert answer.status_code == 400
        assert "This request has more fields than the console reads, so nothing was done." in text_of(answer)
    # What somebody asks is no defect of the console.
    assert not caplog.records


def test_a_file_is_refused(operator: Client) -> None:
    file = SimpleUploadedFile("settings.txt", b"x" * 3_000_000)
    for fields in ({"mode": "dark", "density": "compact", "file": file}, {"mode": file, "density": "compact"}):
        answer = operator.post("/settings/", fields)
        assert answer.status_code == 400
        assert "This form has a file, which only the page Import records from a file accepts" in text_of(answer)


def test_another_host_name_has_a_page(db: None, client: Client) -> None:
    answer = client.get("/sign-in/", headers={"host": "other.example"})
    assert answer.status_code == 400
    assert "This request could not be read." in text_of(answer)
    assert answer["X-Frame-Options"] == "DENY"


def test_a_form_that_was_open_for_too_long_has_a_page(operator: Client) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = operator.cookies
    answer = client.post("/settings/", {"mode": "dark", "density": "compact"})
    assert answer.status_code == 403
    assert "This page was open for too long, so nothing was done." in text_of(answer)
    assert NAVIGATION in answer.content.decode()


def test_aws_that_does_not_answer_leaves_the_navigation(operator: Client) -> None:
    answer = operator.get("/local/dataset-groups/missing/datasets/")
    assert answer.status_code == 404
    html = answer.content.decode()
    assert NAVIGATION in html
    assert '<a href="/local/dataset-groups/">Dataset groups</a>' in html


def test_a_defect_has_a_page_that_asks_nothing_of_the_database(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defective(*_arguments: object) -> None:
        # From here on the database answers nothing.
        connection.close()
        monkeypatch.setattr(connection, "ensure_connection", _no_database)
        raise RuntimeError("a defect")

    monkeypatch.setattr("console.personalize.calls.newest_dataset_groups", defective)
    operator.raise_request_exception = False
    answer = operator.get(GROUPS)
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "Something went wrong in the console itself. Its log has the details." in text_of(answer)
    assert "Unofficial" in text_of(answer)
    assert "a defect<" not in answer.content.decode()


def _no_database() -> None:
    raise AssertionError("The page asked the database.")


def test_pages_are_compressed_and_never_twice_the_same_length(operator: Client) -> None:
    answers = [operator.get(GROUPS, headers={"accept-encoding": "gzip"}) for _attempt in range(8)]
    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1
