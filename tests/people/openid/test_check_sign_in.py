"""manage.py check_sign_in tries a real provider, says what does not work of it, and prints no secret."""

import json
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from joserfc.jwk import RSAKey

from console.people.openid import deadline, provider, provider_answers, sign_in_checks
from tests.support.answering import answering_in_thread
from tests.support.openid_provider import CLIENT_SECRET, OpenIdProvider, openid_provider
from tests.support.served import free_port

HERE = "https://console.example.com"
BACK = f"{HERE}/sign-in/provider/answer/"
OTHER = "https://elsewhere.example.com"

# Their sentences name the deadline that there is when they are imported: before a test shortens it.
WITH_THE_DEADLINE = (provider_answers, sign_in_checks)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenIdProvider]:
    """A provider that knows the console at one address."""
    with openid_provider(tmp_path_factory.mktemp("provider"), free_port()) as found:
        found.has_client(BACK)
        yield found


@pytest.fixture
def known(running: OpenIdProvider, settings: LazySettings) -> Iterator[LazySettings]:
    """The settings of a console that knows the provider."""
    for name, value in running.variables().items():
        setattr(settings, name, value)
    provider.forget_provider()
    yield settings
    provider.forget_provider()


def check(*addresses: str) -> tuple[int, str]:
    """Return the status of the command and what it prints, which has no secret."""
    printed = StringIO()
    try:
        call_command("check_sign_in", *(f"--address={each}" for each in addresses), stdout=printed)
        status = 0
    except SystemExit as ended:
        status = int(str(ended.code))
    assert CLIENT_SECRET not in printed.getvalue()
    return status, printed.getvalue()


def test_says_that_all_works(known: LazySettings) -> None:
    known.CONSOLE_OIDC_OPERATORS, known.CONSOLE_OIDC_ADMINISTRATORS = ["data-team"], ["platform"]
    status, printed = check(HERE)
    assert status == 0
    for line in (
        "note   People sign in with a password.",
        f"note   Provider {known.CONSOLE_OIDC_ISSUER}, client console with a secret, scopes openid profile email.",
        "note   Operators: data-team; administrators: platform; may sign in: everybody.",
        "works  Discovery: the provider names its endpoints and signing algorithms.",
        "works  Keys: 1 to verify the provider's signatures with.",
        "works  Client: the provider accepts the client ID and secret.",
        f"works  Address: the provider sends browsers back to {BACK}.",
    ):
        assert f"{line}\n" in printed, line
    assert "fails" not in printed


def test_says_that_an_address_is_not_registered(known: LazySettings) -> None:
    status, printed = check(HERE, f"{OTHER}/")
    assert status == 1
    assert f"works  Address: the provider sends browsers back to {BACK}." in printed
    there = f"{OTHER}/sign-in/provider/answer/"
    assert f"fails  Address: the provider does not send browsers back to {there} (HTTP status 400)." in printed
    assert f"Register {there} at the provider, exactly as it is written here." in printed


@pytest.mark.parametrize(
    "changed", [{"CONSOLE_OIDC_CLIENT_SECRET": "another-secret"}, {"CONSOLE_OIDC_CLIENT_ID": "another"}]
)
def test_says_that_the_client_is_not_known(known: LazySettings, changed: dict[str, str]) -> None:
    for name, value in changed.items():
        setattr(known, name, value)
    status, printed = check(HERE)
    assert status == 1
    assert "fails  Client: the provider does not accept the client ID and secret (invalid_client)." in printed
    assert "another-secret" not in printed


def test_says_that_the_issuer_is_written_otherwise(known: LazySettings) -> None:
    issuer = known.CONSOLE_OIDC_ISSUER
    known.CONSOLE_OIDC_ISSUER = f"{issuer}/"
    status, printed = check(HERE)
    assert status == 1
    assert f"the provider calls itself {issuer}, and CONSOLE_OIDC_ISSUER is {issuer}/." in printed


def test_says_that_nobody_can_administer(known: LazySettings) -> None:
    known.CONSOLE_PASSWORD_SIGN_IN = False
    status, printed = check(HERE)
    assert status == 1
    assert "fails  Nobody can be an administrator" in printed


def test_says_who_cannot_come_in(known: LazySettings) -> None:
    known.CONSOLE_OIDC_OPERATORS, known.CONSOLE_OIDC_ALLOWED = ["data-team", "staff"], ["staff"]
    assert (
        "Members of data-team may sign in only if they are in a group of CONSOLE_OIDC_ALLOWED too." in check(HERE)[1]
    )


def test_there_may_be_no_provider(settings: LazySettings) -> None:
    assert settings.CONSOLE_OIDC_ISSUER == ""
    status, printed = check()
    assert (status, "There is no OpenID provider: CONSOLE_OIDC_ISSUER is not set." in printed) == (0, True)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "console.example.com",
            "ftp://x",
            "https://user:pw@x",
            "https://[",
            "https://a b",
            "https://",
            "https://a_b",
        ),
        *("https://c.example/x?y", "https://c.example/#z", "https://c.example:x", "https://c.example/\n"),
    ],
)
def test_an_address_must_be_one(address: str) -> None:
    with pytest.raises(CommandError, match="--address: expected where people open the console"):
        check(address)


def test_the_addresses_are_those_of_the_allowed_hosts(known: LazySettings) -> None:
    known.ALLOWED_HOSTS = [*known.OWN_HOSTS, "console.example.com", ".example.org"]
    assert f"works  Address: the provider sends browsers back to {BACK}." in check()[1]


@dataclass
class Drops:
    """An answer whose body, or whose head, comes byte by byte and has no end."""

    of_head: bool

    def send(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if not self.of_head:
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
        handler.flush_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"x: " if self.of_head else b" ")
                time.sleep(0.1)


class Answers(BaseHTTPRequestHandler):
    """Says what a test lets it say, by path."""

    answers: Mapping[str, tuple[int, object]]

    def do_GET(self) -> None:
        status, content = self.answers.get(self.path.partition("?")[0], (404, {}))
        if isinstance(content, Drops):
            content.send(self)
            return
        text = content if isinstance(content, str) else json.dumps(content)
        body = text.replace("ISSUER", f"http://{self.headers['Host']}").encode()
        self.send_response(status)
        if status == HTTPStatus.FOUND:
            self.send_header("Location", text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


DISCOVERY = "/.well-known/openid-configuration"
WHOLE = {
    "issuer": "ISSUER",
    "authorization_endpoint": "ISSUER/authorize",
    "token_endpoint": "ISSUER/token",
    "jwks_uri": "ISSUER/keys",
}
TOKEN: dict[str, tuple[int, object]] = {"/token": (400, {"error": "invalid_grant"})}
RSA_KEY = RSAKey.generate_key(2048, auto_kid=True).as_dict(private=False)
NO_KEYS: dict[str, tuple[int, object]] = {"/keys": (200, {"keys": []})}


def printed_of(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, answers: Mapping[str, tuple[int, object]]
) -> tuple[int, str]:
    """Return the status of the command and what it prints of a server with some answers."""
    with answering(settings, monkeypatch, answers):
        return check(HERE)


@contextmanager
def answering(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, answers: Mapping[str, tuple[int, object]]
) -> Iterator[None]:
    """Let the provider be a server with some answers."""
    monkeypatch.setattr(Answers, "answers", answers, raising=False)
    with answering_in_thread(ThreadingHTTPServer(("127.0.0.1", 0), Answers)) as server:
        try:
            settings.CONSOLE_OIDC_ISSUER = f"http://127.0.0.1:{server.server_port}"
            settings.CONSOLE_OIDC_CLIENT_ID, settings.CONSOLE_OIDC_CLIENT_SECRET = "console", CLIENT_SECRET
            provider.forget_provider()
            yield
        finally:
            provider.forget_provider()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Discovery: 127.0.0.1 responded with HTTP status 404."),
        ({DISCOVERY: (200, "<html>")}, "Discovery: the response of 127.0.0.1 is not JSON."),
        ({DISCOVERY: (200, [])}, "Discovery: the provider's response is not a JSON object."),
        ({DISCOVERY: (200, "[" * 100_000)}, "Discovery: the response of 127.0.0.1 is not JSON."),
        ({DISCOVERY: (200, {})}, "Discovery: the provider calls itself nothing, and CONSOLE_OIDC_ISSUER is http"),
        (
            {DISCOVERY: (200, {**WHOLE, "issuer": "https://user:hunter2@other\n"})},
            "Discovery: the provider calls itself https://…@other, and",
        ),
        (
            {DISCOVERY: (200, {**WHOLE, "jwks_uri": 7, "token_endpoint": "javascript:x"})},
            "Discovery: the provider names no token_endpoint, jwks_uri that can be used.",
        ),
        (
            {DISCOVERY: (200, {**WHOLE, "id_token_signing_alg_values_supported": ["none", "HS256"]})},
            "Discovery: the provider uses no signing algorithm that a public key can verify.",
        ),
        ({DISCOVERY: (200, WHOLE)}, "Keys: 127.0.0.1 responded with HTTP status 404."),
        ({DISCOVERY: (200, WHOLE), **NO_KEYS}, "Keys: the provider publishes none that can verify its signatures."),
        (
            {DISCOVERY: (200, WHOLE), "/keys": (200, {"keys": [{"kty": "RSA"}, 7]})},
            "Keys: the provider publishes none that can verify its signatures.",
        ),
        (
            {DISCOVERY: (200, WHOLE), "/token": (200, "<html>")},
            "Client: the token endpoint does not respond as one should",
        ),
        (
            {DISCOVERY: (200, WHOLE), "/token": (500, "{}")},
            "Client: the token endpoint does not respond as one should",
        ),
        (
            {DISCOVERY: (200, WHOLE), "/token": (200, {"access_token": "x", "token_type": "Bearer"})},
            "Client: the provider accepted a code that it never issued.",
        ),
        (
            {DISCOVERY: (200, WHOLE), "/token": (200, {"message": "OK"})},
            "Client: the token endpoint does not respond as one should (neither a token nor an error).",
        ),
        *(
            (
                {DISCOVERY: (200, WHOLE), "/token": (status, content)},
                f"Client: the token endpoint does not respond as one should (HTTP status {status}).\n"
                "       Check the token_endpoint that the provider names, CONSOLE_OIDC_CLIENT_ID and "
                "CONSOLE_OIDC_CLIENT_SECRET.\n",
            )
            for status, content in ((403, {"message": "Forbidden"}), (404, {}), (429, "<html>"))
        ),
        (
            {DISCOVERY: (200, WHOLE), "/authorize": (403, "")},
            f"Address: the provider does not send browsers back to {BACK} (HTTP status 403).",
        ),
    ],
)
def test_says_what_a_provider_does_wrong(
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    answers: dict[str, tuple[int, object]],
    sentence: str,
) -> None:
    status, printed = printed_of(settings, monkeypatch, answers)
    assert status == 1
    assert f"fails  {sentence}" in printed
    assert "hunter2" not in printed


NOT_ADDRESSES = ["http://[::1", "http://", "http://a b", "http://[::1]x/", "http://127.0.0.1:99999/", "http://\udc00"]


@pytest.mark.parametrize("address", NOT_ADDRESSES)
@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_says_that_an_endpoint_cannot_be_an_address(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, endpoint: str, address: str
) -> None:
    answers = {DISCOVERY: (200, {**WHOLE, endpoint: address})}
    assert (
        f"fails  Discovery: the provider names no {endpoint} that can be used."
        in printed_of(settings, monkeypatch, answers)[1]
    )
    with answering(settings, monkeypatch, answers), pytest.raises(provider.NoAnswerError, match="cannot be reached"):
        provider.begin(BACK)


@pytest.mark.parametrize("address", NOT_ADDRESSES[:5])
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (DISCOVERY, "Discovery: "),
        ("/keys", "Keys: "),
        ("/token", "Client: the token endpoint does not respond as one should"),
        ("/authorize", "Address: the provider "),
    ],
)
def test_says_that_a_redirect_leads_to_what_cannot_be_an_address(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str, address: str
) -> None:
    answers = {DISCOVERY: (200, WHOLE), **TOKEN, path: (302, address)}
    printed = printed_of(settings, monkeypatch, answers)[1]
    assert f"  {sentence}" in printed
    if address == "http://[::1" and path in (DISCOVERY, "/keys"):
        assert f"{sentence}127.0.0.1 redirects to an address that is not valid." in printed
    if address == "http://[::1" and path == "/authorize":
        assert f"{sentence}sends browsers to an address that is not valid." in printed


@pytest.mark.parametrize("issuer", ["http://[::1", "http://", "http://a b", "https://[::1]x"])
def test_says_that_the_issuer_cannot_be_an_address(settings: LazySettings, issuer: str) -> None:
    settings.CONSOLE_OIDC_CLIENT_ID, settings.CONSOLE_OIDC_CLIENT_SECRET = "console", CLIENT_SECRET
    settings.CONSOLE_OIDC_ISSUER = issuer
    provider.forget_provider()
    status, printed = check(HERE)
    assert (status, "fails  Discovery: the address is not valid." in printed) == (1, True)
    with pytest.raises(provider.NoAnswerError, match="cannot be reached"):
        provider.begin(BACK)


@pytest.mark.parametrize("of_head", [False, True], ids=["body", "head"])
@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (DISCOVERY, "Discovery: 127.0.0.1 did not respond within 10 seconds."),
        ("/keys", "Keys: 127.0.0.1 did not respond within 10 seconds."),
        ("/token", "Client: the token endpoint did not respond within 10 seconds."),
        ("/authorize", "Address: the provider did not respond within 10 seconds."),
    ],
)
def test_an_answer_that_comes_byte_by_byte_has_a_deadline(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str, of_head: bool
) -> None:
    monkeypatch.setattr(deadline, "SECONDS", 1)
    answers = {DISCOVERY: (200, WHOLE), **TOKEN, path: (200, Drops(of_head))}
    with answering(settings, monkeypatch, answers):
        began = time.monotonic()
        status, printed = check(HERE)
        assert time.monotonic() - began < 20
        assert (status, f"fails  {sentence}" in printed) == (1, True)
        if path in (DISCOVERY, "/token"):
            provider.forget_provider()
            with pytest.raises(provider.NoAnswerError, match="cannot be reached"):
                provider.finish("code", BACK, "nonce", "verifier")


@pytest.mark.parametrize("path", [DISCOVERY, "/keys"])
def test_an_answer_has_a_size(settings: LazySettings, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    long = " " * 1_100_000 + "{}"
    printed = printed_of(settings, monkeypatch, {DISCOVERY: (200, WHOLE), **TOKEN, path: (200, long)})[1]
    assert "the response of 127.0.0.1 is too long." in printed


def test_a_key_that_verifies_nothing_is_not_counted(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ"}
    others = [{**RSA_KEY, "use": "enc"}, {**RSA_KEY, "key_ops": ["encrypt"]}, secret, {"kty": "new"}]
    keys: dict[str, tuple[int, object]]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        keys = {DISCOVERY: (200, WHOLE), **TOKEN, "/keys": (200, {"keys": others})}
        printed = printed_of(settings, monkeypatch, keys)[1]
        assert "fails  Keys: the provider publishes none that can verify its signatures." in printed
        keys["/keys"] = (200, {"keys": [*others, {**RSA_KEY, "use": "sig"}]})
        assert "works  Keys: 1 to verify the provider's signatures with." in printed_of(settings, monkeypatch, keys)[1]


def test_does_not_say_more_than_it_knows(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    # Such a provider shows its page whatever address it is to send people back to.
    page = {DISCOVERY: (200, WHOLE), "/authorize": (200, "<html>Sign in</html>"), "/token": (400, {"error": "odd\n"})}
    printed = printed_of(settings, monkeypatch, page)[1]
    assert "note   Address: the provider shows a page of its own, so it may or may not send browsers back" in printed
    assert (
        "note   Client: the provider responded with odd, which does not show whether the client ID and secret are right."
        in printed
    )
    assert "note   Groups: the provider does not list the claim groups." in printed


@pytest.mark.parametrize(
    "said",
    [
        "Client secret S3cret+/=77 is wrong",
        "Client secret s3CRET+/=77 is wrong",
        "Client secret S3cret%2B%2F%3D77 is wrong",
        # The header of the request: `printf %s 'console:S3cret+/=77' | base64`.
        "Client secret Y29uc29sZTpTM2NyZXQrLz03Nw== is wrong",
    ],
)
def test_does_not_repeat_the_secret_that_a_provider_says(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    back = f"{BACK}?error={quote(said)}"
    answers = {DISCOVERY: (200, WHOLE), "/token": (400, {"error": said}), "/authorize": (302, back)}
    with answering(settings, monkeypatch, answers):
        settings.CONSOLE_OIDC_CLIENT_SECRET = "S3cret+/=77"
        printed = check(HERE)[1]
    assert "note   Client: the provider responded with Client secret ••• is wrong, which does not show" in printed
    assert "fails  Address: the provider refuses the request (Client secret ••• is wrong)." in printed


def test_says_that_a_file_of_certificates_is_not_there(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    settings.CONSOLE_OIDC_CLIENT_ID, settings.CONSOLE_OIDC_CLIENT_SECRET = "console", CLIENT_SECRET
    settings.CONSOLE_OIDC_ISSUER = f"https://127.0.0.1:{free_port()}"
    status, printed = check(HERE)
    assert status == 1
    assert "fails  Discovery: a file of certificates cannot be read." in printed
    provider.forget_provider()
    with pytest.raises(provider.NoAnswerError, match="cannot be reached"):
        provider.begin(BACK)


def test_says_that_nobody_answers_there(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_OIDC_CLIENT_ID, settings.CONSOLE_OIDC_CLIENT_SECRET = "console", CLIENT_SECRET
    for issuer, sentence in (
        (f"http://127.0.0.1:{free_port()}", "Discovery: 127.0.0.1 cannot be reached."),
        ("https://nowhere.invalid", "Discovery: "),
    ):
        settings.CONSOLE_OIDC_ISSUER = issuer
        status, printed = check(HERE)
        assert (status, sentence in printed) == (1, True)
