"""A real OpenID provider in a process of its own: django-oauth-toolkit, which insists on PKCE.

People sign in at it and say whether the console may know them,
and the tests change what an administrator of the provider would change: people with their groups, and its key.
"""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.served import ROOT

CLIENT_ID, CLIENT_SECRET = "console", "a-secret-of-the-console-with-256-bits-and-more"
PASSWORD = "correct horse battery"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class OpenIdProvider:
    """A running provider."""

    url: str
    process: "subprocess.Popen[bytes]"

    @property
    def issuer(self) -> str:
        """What the provider calls itself."""
        return f"{self.url}/o"

    def variables(self) -> dict[str, str]:
        """Return the settings of a console that knows the provider."""
        return {
            "CONSOLE_OIDC_ISSUER": self.issuer,
            "CONSOLE_OIDC_CLIENT_ID": CLIENT_ID,
            "CONSOLE_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        }

    def has_person(self, name: str, *groups: str, **claims: str) -> None:
        """Let the provider know a person who is in groups, and in no others."""
        self._change("person", name=name, groups=groups, **claims)

    def has_client(self, redirect_uri: str, algorithm: str = "RS256") -> None:
        """Let the provider know the console at one more address, and sign what it says to it by an algorithm."""
        self._change("client", redirect_uri=redirect_uri, algorithm=algorithm)

    def rotate_key(self, *, keeps_old: bool = False) -> None:
        """Let the provider sign with another key from now on."""
        self._change("key", keeps_old=keeps_old)

    def _change(self, what: str, **values: Any) -> None:
        with urllib.request.urlopen(f"{self.url}/change/{what}", json.dumps(values).encode()) as answer:
            assert answer.status == 200


@contextmanager
def openid_provider(directory: Path, port: int) -> Iterator[OpenIdProvider]:
    """Serve a provider, and end it."""
    with (directory / "provider.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.openid_provider", str(port), str(directory)],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
        )
    provider = OpenIdProvider(f"http://127.0.0.1:{port}", process)
    try:
        _wait(provider, directory / "provider.log")
        yield provider
    finally:
        process.terminate()
        process.wait(30)


def _wait(provider: OpenIdProvider, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(f"{provider.issuer}/.well-known/openid-configuration").close()
            return
        except OSError:
            if time.monotonic() > deadline or provider.process.poll() is not None:
                raise AssertionError(f"The provider did not start: {log.read_text()}") from None
            time.sleep(0.1)
