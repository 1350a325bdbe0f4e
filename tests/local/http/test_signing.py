"""Signed headers whose names or values WSGI cannot give: the server gives them as they came, beside WSGI's own.

What real clients do with a real server is in tests/clients/test_signing.py.
"""

import re
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from django.http import HttpResponse

from console.local.http.endpoints import RAW_HEADERS, read_headers
from console.local.models import StoredRecord
from tests.local import wsgi
from tests.local.http.test_endpoints import MISMATCH, error, signed

pytestmark = pytest.mark.usefixtures("demo")

type Headers = list[tuple[bytes, bytes]]


def send(request: AWSRequest, sent: Headers) -> HttpResponse:
    """Send a signed request as the server hands it on, with other headers in place of those that it was signed with."""
    kept = {"Host": "testserver", "Content-Type": "application/json"}
    for name in ("X-Amz-Date", "Authorization"):
        kept[name] = request.headers[name]
    raw = [(name.encode(), value.encode()) for name, value in kept.items()] + sent
    return wsgi.request("POST", "/aws/users", request.data, kept, more={RAW_HEADERS: raw})  # type: ignore[arg-type]  # It is bytes here.


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"x_tenant": "a", "x-tenant": "b"}, [(b"x-tenant", b"b"), (b"x_tenant", b"a")]),
        ({"x_tenant": "a"}, [(b"X_Tenant", b"a"), (b"x-tenant", b"of a proxy")]),
        ({"x-city": "Zürich"}, [(b"x-city", "Zürich".encode("latin-1"))]),
        ({"x-city": "Zürich"}, [(b"x-city", "Zürich".encode())]),
        ({"x-city": "à la carte"}, [(b"x-city", "à la carte".encode("latin-1"))]),
        ({"x-city": "à la carte"}, [(b"x-city", "à la carte".encode())]),
        ({"x-city": "東京"}, [(b"x-city", "東京".encode())]),
        ({"x-many": "a,b c"}, [(b"x-many", b"a"), (b"X-Many", b"b  c")]),
        ({"x-city": "\xa0a\xa0b"}, [(b"x-city", "\xa0a\xa0b".encode())]),
        ({"x-city": "a\x85b"}, [(b"x-city", "a\x85b".encode("latin-1"))]),
        ({"x-city": "a\xa0b", "x-a": "1"}, [(b"x-city", b"a\xa0b"), (b"x-a", b"\t1 ")]),
    ],
)
def test_is_verified_as_it_was_sent(headers: dict[str, str], sent: Headers) -> None:
    assert send(signed(headers=headers), sent).status_code == 200
    assert StoredRecord.objects.exists()


@pytest.mark.parametrize("city", ["a\xa0b", "\xa0a  b\xa0", "a\x85\tb"])
def test_a_no_break_space_is_no_space_to_javascript(monkeypatch: pytest.MonkeyPatch, city: str) -> None:
    # As getCanonicalHeaders.js of @smithy/signature-v4 has it.
    monkeypatch.setattr(SigV4Auth, "_header_value", lambda _, value: re.sub(r"[ \t]+", " ", value))
    assert send(signed(headers={"x-city": city}), [(b"x-city", city.encode("latin-1"))]).status_code == 200


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"x_tenant": "a", "x-tenant": "b"}, [(b"x-tenant", b"a"), (b"x_tenant", b"b")]),
        ({"x-city": "Zürich"}, [(b"x-city", b"Zurich")]),
        ({"x-city": "Zürich"}, [(b"x-city", b"")]),
        ({"x-city": "Zürich"}, [(b"x-city", b"Z\xff")]),
        ({"x-many": "a,b"}, [(b"x-many", b"b"), (b"x-many", b"a")]),
        ({"x-many": "a,b"}, [(b"x-many", b"a")]),
    ],
)
def test_is_refused_where_it_was_altered(headers: dict[str, str], sent: Headers) -> None:
    assert error(send(signed(headers=headers), sent)) == MISMATCH
    assert not StoredRecord.objects.exists()


def test_two_signatures_are_none() -> None:
    request = signed()
    authorization: Any = request.headers["Authorization"]
    answer = send(request, [(b"authorization", authorization.encode())])
    assert error(answer) == (403, "IncompleteSignatureException")


def test_names_are_as_they_came_where_the_server_gives_them() -> None:
    raw = [(b"X_A", b"1"), (b"x-a", b" 2"), (b"X-A", b"3 ")]
    assert read_headers({RAW_HEADERS: raw, "HTTP_X_A": "2,3"}) == {"x_a": "1", "x-a": "2,3"}
    assert read_headers({"HTTP_X_A": "2", "CONTENT_TYPE": "", "OTHER": "x"}) == {"x-a": "2"}
