"""What a provider may say of itself, and what it must not: each is a sentence, and none a failure of the page."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import LazySettings

from console.people.openid.provider import NoAnswerError, begin, forget_provider
from tests.support.answering import answering_in_thread

BACK = "https://console.example/sign-in/provider/answer/"
ISSUER = "ISSUER"
WHOLE = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Answers(BaseHTTPRequestHandler):
    """Says the same to everybody."""

    status, body = 200, ""

    def do_GET(self) -> None:
        body = self.body.replace(ISSUER, f"http://{self.headers['Host']}").encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: LazySettings) -> Iterator[ThreadingHTTPServer]:
    """A server at the issuer's address."""
    with answering_in_thread(ThreadingHTTPServer(("127.0.0.1", 0), Answers)) as server:
        settings.CONSOLE_OIDC_ISSUER = f"http://127.0.0.1:{server.server_port}"
        settings.CONSOLE_OIDC_CLIENT_ID = settings.CONSOLE_OIDC_CLIENT_SECRET = "console"
        forget_provider()
        yield server
        forget_provider()


def says(monkeypatch: pytest.MonkeyPatch, body: object, status: int = 200) -> None:
    monkeypatch.setattr(Answers, "body", body if isinstance(body, str) else json.dumps(body))
    monkeypatch.setattr(Answers, "status", status)


@pytest.mark.parametrize(
    "more",
    [{}, {"id_token_signing_alg_values_supported": ["HS256", "ES256"]}, {"unknown": [1]}],
)
def test_takes_what_a_provider_says(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, more: dict[str, object]
) -> None:
    says(monkeypatch, {**WHOLE, **more})
    assert begin(BACK).url.startswith(f"http://127.0.0.1:{server.server_port}/authorize?")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 200),
        ("<html>", 200),
        ("[]", 200),
        ("null", 200),
        ('"text"', 200),
        ("{}", 200),
        ({**WHOLE, "issuer": "https://elsewhere.example"}, 200),
        ({**WHOLE, "issuer": None}, 200),
        ({**WHOLE, "authorization_endpoint": None}, 200),
        ({**WHOLE, "authorization_endpoint": 7}, 200),
        ({**WHOLE, "id_token_signing_alg_values_supported": ["HS256", "none"]}, 200),
        ({**WHOLE, "id_token_signing_alg_values_supported": []}, 200),
        ({**WHOLE, "id_token_signing_alg_values_supported": None}, 200),
        (WHOLE, 500),
        (WHOLE, 404),
    ],
)
def test_refuses_what_is_no_provider(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, body: object, status: int
) -> None:
    says(monkeypatch, body, status)
    with pytest.raises(NoAnswerError, match=r"^Single sign-on cannot be reached, or does not respond as it should\."):
        begin(BACK)


def test_a_provider_that_is_well_again_is_asked_again(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, {**WHOLE, "issuer": "https://elsewhere.example"})
    with pytest.raises(NoAnswerError):
        begin(BACK)
    says(monkeypatch, WHOLE)
    assert begin(BACK).nonce
