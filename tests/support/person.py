"""A person of a served console without a browser: signs in, and sends forms as a browser does."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from tests.support.served import Served


class Person:
    """Somebody who is signed in to a served console by their name, which is their password too."""

    def __init__(self, served: Served, name: str) -> None:
        self._url = served.url
        self.cookies = CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies)).open
        self.post("/sign-in/", username=name, password=name)

    def get(self, path: str) -> str:
        """Return a page."""
        with self._open(f"{self._url}{path}") as answer:
            text: str = answer.read().decode()
        return text

    def newest_submission(self, submissions: str) -> str:
        """Return the path of the first submission on a page that lists them."""
        return self._first_link(r"/submissions/[0-9a-f-]{36}/", submissions)

    def newest_event(self, dataset: str) -> str:
        """Return the path of the first event on the page of a dataset of events."""
        return self._first_link(r"/stored-event/\?event=\d+", dataset)

    def _first_link(self, end: str, path: str) -> str:
        found = re.search(rf'href="(/[^"]+{end})"', self.get(path))
        assert found
        return found[1]

    def at(self, served: Served) -> None:
        """Go on at another server with the same database."""
        self._url = served.url

    def token(self, path: str) -> str:
        """Return what the form of a page carries against forgery."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        return token[1]

    def post(self, path: str, **fields: str) -> str:
        """Send the form of a page to its own address, and return the page that follows."""
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token(path)}).encode()
        with self._open(urllib.request.Request(f"{self._url}{path}", body, {"Referer": self._url})) as answer:
            text: str = answer.read().decode()
        return text
