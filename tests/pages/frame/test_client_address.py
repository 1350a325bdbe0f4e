from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from console.pages.frame.middleware.client_address import client_address
from tests.support.production import production_variables
from tests.support.served import manage


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, nonsense", "127.0.0.1"),
        ("", "127.0.0.1"),
        (None, "127.0.0.1"),
    ],
)
def test_takes_the_address_that_the_proxy_has_seen(told: str | None, expected: str) -> None:
    seen: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if told is None else {"X-Forwarded-For": told}
    client_address(page)(RequestFactory().get("/", headers=headers))
    assert seen == [expected]


@pytest.mark.parametrize(("trusted", "expected"), [("1", True), ("0", False)])
def test_only_a_trusted_proxy_is_believed(tmp_path: Path, trusted: str, expected: bool) -> None:
    variables = production_variables(tmp_path, CONSOLE_TRUSTED_PROXY=trusted)
    code = "from django.conf import settings; print(settings.MIDDLEWARE[0])"
    first = manage("shell", "--no-imports", "-c", code, variables=variables)
    assert (first == "console.pages.frame.middleware.client_address.client_address\n") is expected
