"""A console in production, without the proxy that is before it: what it asks of a proxy is sent along."""

import http.cookiejar
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.made_once import made_once
from tests.support.postgresql_templates import MIGRATED, copy_template
from tests.support.served import (
    DATABASE,
    Served,
    clean_variables,
    free_port,
    manage,
    migrate,
    starting,
    wait_until_healthy,
)

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
    """Make an administrator as docs/deploy.md says."""
    manage("createsuperuser", "--noinput", variables={**variables, **superuser(name)})


def superuser(name: str) -> dict[str, str]:
    """Return what createsuperuser reads."""
    prefix = "DJANGO_SUPERUSER_"
    return {f"{prefix}USERNAME": name, f"{prefix}EMAIL": f"{name}@example.com", f"{prefix}PASSWORD": PASSWORD}


@contextmanager
def serve_production(data: Path, **variables: str) -> Iterator[Served]:
    """Serve a migrated console in production with one administrator, and end it as systemd does."""
    all_variables = production_variables(data, **variables)
    if "DATABASE_URL" in variables:
        copy_template(MIGRATED, variables["DATABASE_URL"])
    else:
        shutil.copy(made_once("migrated", _migrate_new) / DATABASE, data)
    with starting(data / "serve.log", free_port(), all_variables) as served:
        wait_until_healthy(served)
        yield served
        served.process.terminate()
        served.process.wait(60)


def _migrate_new(data: Path) -> None:
    migrate(data)
    make_administrator(production_variables(data))


def migrate_production(variables: dict[str, str]) -> None:
    """Migrate an empty database, and make one administrator."""
    manage("migrate", "--verbosity=0", variables=variables)
    make_administrator(variables)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirects."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def answer_to(request: urllib.request.Request | str) -> tuple[int, dict[str, str], str]:
    """Return the status, the headers by their names in small letters, and the body of an answer."""
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, headers, answer.read().decode()


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
        with self._open(self._form(path, fields), timeout=60) as answer:
            text: str = answer.read().decode()
        return text

    def send(self, path: str, **fields: str) -> tuple[int, dict[str, str], str]:
        """Send the form of a page, or ask for it if there are no fields, and return the answer itself."""
        return answer_to(self.form(path, **fields) if fields else self._with_cookies(self.request(path)))

    def form(self, path: str, **fields: str) -> urllib.request.Request:
        """Return the request that sends the form of a page, with the browser's cookies."""
        return self._with_cookies(self._form(path, fields))

    def _with_cookies(self, made: urllib.request.Request) -> urllib.request.Request:
        self.cookies.add_cookie_header(made)
        return made

    def _form(self, path: str, fields: dict[str, str]) -> urllib.request.Request:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        return self.request(path, urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1]}).encode())

    def sign_in(self, name: str = "ada", password: str = PASSWORD) -> "Proxied":
        """Sign in, and return the same person."""
        self.post("/sign-in/", username=name, password=password)
        return self


GROUP = "/staging/dataset-groups/loyalty-programme"
CREATE_RECORDS = f"{GROUP}/datasets/users/create-records/"
RECORD = (
    '{"userId": "%s", "membershipType": "Premium Class", "memberSince": 1600000000, "totalSpend": 12.5, '
    '"newsletter": true}'
)


def environment_of(aws: Served, directory: Path) -> dict[str, str]:
    """Return the variables with which a console has the environment `staging`: another console's local service."""
    file = directory / "environments.toml"
    table = f'name = "staging"\nregion = "us-east-1"\nendpoint_url = "{aws.endpoint}"\n'
    file.write_text(f"[[environments]]\n{table}")
    keys = {"AWS_ACCESS_KEY_ID": "AKIALOCALDEMOEXAMPLE", "AWS_SECRET_ACCESS_KEY": "local-demo-secret-key"}
    return {"CONSOLE_ENVIRONMENTS": str(file), **keys}
