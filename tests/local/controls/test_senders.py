"""Who may use the controls, and what of a request is refused."""

import stat
from pathlib import Path
from typing import Any

import pytest

from console.local.controls.bounds import is_below, longest_body
from console.local.controls.token import control_token
from tests.local.controls.asking import ask, got, refused

NO_TOKEN = "The controls need the header Authorization: Bearer <token>, with the token of this local service."
FOREIGN = "The controls take no requests of pages of other sites."

pytestmark = pytest.mark.django_db


def test_the_token_is_for_its_owner_alone_and_stays(data_directory: Path) -> None:
    token = control_token()
    file = data_directory / "controls-token"
    assert len(token) >= 50
    assert file.read_text() == token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert control_token() == token


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Authorization": ""}, (401, NO_TOKEN)),
        ({"Authorization": "Bearer another"}, (401, NO_TOKEN)),
        ({"Authorization": "Bearer \u00fc"}, (401, NO_TOKEN)),
        ({"Authorization": "Basic YTpi"}, (401, NO_TOKEN)),
        ({"Origin": "https://example.com"}, (403, FOREIGN)),
        ({"Origin": "null"}, (403, FOREIGN)),
        ({"Origin": "http://["}, (403, FOREIGN)),
        ({"Sec-Fetch-Site": "cross-site"}, (403, FOREIGN)),
        ({"Sec-Fetch-Site": "same-site"}, (403, FOREIGN)),
        (
            {"Host": "example.com"},
            (403, "The console does not accept the host name of this request: see CONSOLE_ALLOWED_HOSTS."),
        ),
    ],
)
def test_strangers_and_other_sites_are_refused(headers: dict[str, str], expected: tuple[int, str]) -> None:
    answer = ask("POST", "/reset", {}, headers=headers)
    assert refused(answer) == expected
    assert answer.get("WWW-Authenticate") == ("Bearer" if expected[0] == 401 else None)


def test_a_program_and_a_page_of_its_own_address_are_taken() -> None:
    assert got(ask("GET", "/health")) == {"status": "ok"}
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert got(ask("GET", "/health", headers=own)) == {"status": "ok"}


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
@pytest.mark.parametrize("path", ["/reset", "/keys", "/simulations", "/simulations/clear", "/state"])
def test_what_changes_something_is_json(path: str, content_type: str) -> None:
    status, sentence = refused(ask("POST", path, b"{}", content_type=content_type))
    assert status == 415
    assert sentence.endswith("application/json.")


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/reset", b"", (405, "This control takes POST, and no GET.")),
        ("DELETE", "/simulations", b"", (405, "This control takes GET and POST, and no DELETE.")),
        ("POST", "/reset", b"{", (400, "The body is not JSON in UTF-8.")),
        ("POST", "/reset", b"\xff", (400, "The body is not JSON in UTF-8.")),
        ("POST", "/reset", b"[" * 10_000, (400, "The body is not JSON in UTF-8.")),
        ("POST", "/reset", b"[]", (400, "The body is not a JSON object.")),
        ("POST", "/reset", b'{"accounts": []}', (400, "The body has accounts, which is unknown: it takes account.")),
        ("POST", "/reset", b'{"account": 1}', (400, "account must be an account of 12 digits, as text.")),
        ("POST", "/keys", b'{"readOnly": "yes"}', (400, "readOnly must be true or false.")),
        ("POST", "/reset", b" " * 20_000, (413, "The body of the request is longer than 16384 bytes.")),
        ("GET", "/health?a=b", b"", (400, "The address has a, which is unknown: it takes nothing.")),
        ("GET", "/records", b"", (400, "The address needs datasetArn.")),
        ("GET", "/records?datasetArn=arn:none", b"", (404, "There is no dataset arn:none.")),
        ("GET", "/calls?account=1", b"", (400, "account must be an account of 12 digits, as text.")),
    ],
)
def test_a_refusal_says_what_is_wrong(method: str, path: str, body: bytes, expected: tuple[int, str]) -> None:
    assert refused(ask(method, path, body)) == expected


def test_an_address_that_is_no_control_names_those_that_are() -> None:
    status, sentence = refused(ask("GET", "/rest"))
    assert status == 404
    assert "/aws/_local/reset, /aws/_local/keys" in sentence
    assert refused(ask("GET", ""))[0] == 404


def test_a_body_may_be_as_long_as_its_control_needs_and_nothing_without_the_token() -> None:
    def bound(path: str, token: str) -> int:
        environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_AUTHORIZATION": f"Bearer {token}"}
        return longest_body(environ)

    assert bound("/aws/_local/state", control_token()) == 64 * 1024 * 1024
    assert bound("/aws//_local/reset", control_token()) == 16 * 1024
    assert bound("/aws/_local/state", "another") == 0
    assert [is_below(each) for each in ("/aws/_local", "/aws/_locals", "/aws/users", "/_local/")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("path", ["/reset", "/keys", "/simulations", "/simulations/clear"])
def test_a_name_with_half_a_character_is_unknown(path: str) -> None:
    status, sentence = refused(ask("POST", path, b'{"\\ud800": 1}'))
    assert status == 400
    assert sentence.startswith("The body has \ud800, which is unknown: it takes ")


def test_an_arn_with_a_character_that_no_text_has_is_refused() -> None:
    assert refused(ask("GET", "/records?datasetArn=%00")) == (400, "datasetArn must be text.")
