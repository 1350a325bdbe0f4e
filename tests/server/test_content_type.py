"""Content types that Django cannot read, or reads as another encoding than that of forms."""

import pytest

from console.server.http.content_type import plain_content_type
from tests.fuzz.cases import CSRF, Case, send

PLAIN = {
    "application/x-www-form-urlencoded": "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16": "application/x-www-form-urlencoded",
    " text/plain;charset=idna": "text/plain",
    "multipart/form-data; boundary=abc": "multipart/form-data; boundary=abc",
    'multipart/form-data; charset=utf-7; BOUNDARY="a b"; x=y': 'multipart/form-data; boundary="a b"',
    "multipart/form-data; boundary=": "multipart/form-data",
    "application/json; charset*=none'en'x": "application/json",
    "application/vnd.api+json": "application/vnd.api+json",
    "text": "",
    "": "",
    "\xff/\xff": "",
    "text/plain text/html": "",
    f"text/{'a' * 101}": "",
    f"multipart/form-data; boundary={'a' * 201}": "multipart/form-data",
}


@pytest.mark.parametrize("text", PLAIN)
def test_keeps_the_kind_and_the_boundary_alone(text: str) -> None:
    assert plain_content_type(text) == PLAIN[text]


@pytest.mark.parametrize("content_type", ["text/plain; charset=idna", "a/b; c*=none'en'd", f"a/b; c={'d' * 20_000}"])
def test_a_content_type_that_django_cannot_read_is_no_defect(
    db: None, caplog: pytest.LogCaptureFixture, content_type: str
) -> None:
    answer = send(Case("signed out", "GET", "/sign-in/", "next=%FF", content_type), cookies="")
    assert answer.status == 200
    assert not caplog.records


def test_a_form_is_utf_8_whatever_it_says_of_itself(db: None) -> None:
    form, fields = "application/x-www-form-urlencoded; charset=utf-16", b"username=Zo%C3%AB&password=x"
    answer = send(Case("signed out", "POST", "/sign-in/", "", form, fields, (CSRF,)), cookies="")
    assert answer.status == 422
    assert 'value="Zoë"' in answer.body.decode()
