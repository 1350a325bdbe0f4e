"""A person's browser at the provider, without scripts: it signs in there, and brings the answer back."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import requests
from django.contrib.auth.models import User
from django.test import Client

from tests.support.openid_provider import PASSWORD

SIGN_IN = "/sign-in/provider/"
ANSWER = "http://testserver/sign-in/provider/answer/"
GROUPS = "/local/dataset-groups/"


def start(client: Client, next_path: str = "/local/dataset-groups/") -> str:
    """Return where the console sends a person who signs in with the provider."""
    answer = client.get(SIGN_IN, {"next": next_path})
    assert answer.status_code == 302
    return answer["Location"]


def with_parameters(address: str, **changed: str) -> str:
    """Return an address with some parameters of its query changed."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | changed)))


def at_provider(address: str, name: str, *, allows: bool = True) -> str:
    """Sign a person in at the provider, let them allow the console or not, and return where it sends them back to."""
    browser = requests.Session()
    signed_in = _submit(browser, browser.get(address), username=name, password=PASSWORD)
    answer = _submit(browser, signed_in, follow=False, **({"allow": "Authorize"} if allows else {}))
    return answer.headers["Location"]


def path_of(address: str) -> str:
    """Return the path and query of an address."""
    return urlunsplit(urlsplit(address)._replace(scheme="", netloc=""))


def _submit(
    browser: requests.Session, page: requests.Response, *, follow: bool = True, **fields: str
) -> requests.Response:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" (?:value="([^"]*)")?', page.text)
    form = {name: unescape(value) for name, value in hidden} | fields
    return browser.post(urljoin(page.url, ""), form, allow_redirects=follow, timeout=30)


def walk(client: Client, name: str, next_path: str = GROUPS, **changed: str) -> Any:
    """Sign a person in with the provider, and return the console's last answer."""
    return client.get(path_of(at_provider(with_parameters(start(client, next_path), **changed), name)))


def account(name: str) -> User:
    """Return the account of a name."""
    return User.objects.get(username=name)
