"""A console in production, without the proxy that is before it: what it asks of a proxy is sent along."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.served import Served, clean_variables, free_port, manage, start, wait_until_healthy

HOST = "console.example"
SECRET_KEY = "k3Vw9-Zq7_pX1sT8mB4nR6yU2cE5gJ0hLdFaQiWoPzKxNvMbYt"
PASSWORD = "long-enough-for-tests"


def production_variables(data: Path, **variables: str) -> dict[str, str]:
    """Return the environment variables of a console in production behind a proxy that it trusts."""
    own = {
        "DJANGO_SETTINGS_MODULE": "console.production",
        "CONSOLE_SECRET_KEY": SECRET_KEY,
        "CONSOLE_ALLOWED_HOSTS": HOST,
        "CONSOLE_TRUSTED_PROXY": "1",
    }
    return clean_variables(data, **{**own, **variables})


def make_administrator(variables: dict[str, str], name: str = "ada") -> None:
    """Make an administrator as the README says."""
    manage("createsuperuser", "--noinput", variables={**variables, **superuser(name)})


def superuser(name: str) -> dict[str, str]:
    """Return what createsuperuser reads."""
    prefix = "DJANGO_SUPERUSER_"
    return {f"{prefix}USERNAME": name, f"{prefix}EMAIL": f"{name}@example.com", f"{prefix}PASSWORD": PASSWORD}


@contextmanager
def serve_production(data: Path, **variables: str) -> Iterator[Served]:
    """Serve a migrated console in production with one administrator, and end it as systemd does."""
    all_variables = production_variables(data, **variables)
    manage("migrate", "--verbosity=0", variables=all_variables)
    make_administrator(all_variables)
    served = start(data / "serve.log", free_port(), all_variables)
    try:
        wait_until_healthy(served)
        yield served
    finally:
        served.process.terminate()
        served.process.wait(60)


class Proxied:
    """Somebody behind the proxy, which says that they came with TLS; their browser keeps cookies."""

    def __init__(self, served: Served) -> None:
        self._url = served.url
        # What is sent here without TLS came with it to the proxy.
        policy = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        self.cookies = http.cookiejar.CookieJar(policy)
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open

    def at(self, served: Served) -> "Proxied":
        """Return the same browser, whose requests another process answers."""
        other = Proxied(served)
        other.cookies = self.cookies
        other._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open
        return other

    def request(self, path: str, body: bytes | None = None) -> urllib.request.Request:
        """Return a request as the proxy passes it on."""
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        headers |= {"Origin": f"https://{HOST}"} if body is not None else {}
        return urllib.request.Request(f"{self._url}{path}", body, headers)

    def get(self, path: str) -> str:
        """Return a page."""
        with self._open(self.request(path), timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    def post(self, path: str, **fields: str) -> str:
        """Send the form of a page to its own address, and return the page that follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode()
        with self._open(self.request(path, body), timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    def sign_in(self, name: str = "ada", password: str = PASSWORD) -> "Proxied":
        """Sign in, and return the same person."""
        self.post("/sign-in/", username=name, password=password)
        return self
