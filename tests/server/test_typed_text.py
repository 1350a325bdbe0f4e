"""Nothing that was typed is lost: a text as long as it may be is kept when the session ended meanwhile."""

import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from tests.support.person import Person
from tests.support.served import DATABASE, Served

CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
END = {
    "the session was removed": "DELETE FROM people_session",
    "the session is over": "UPDATE people_session SET expire_date = '2020-01-01 00:00:00'",
}


def posted(person: Person, served: Served, path: str, fields: dict[str, str]) -> tuple[int, str]:
    """Send a form as a browser does, and return the status and the page."""
    request = urllib.request.Request(
        f"{served.url}{path}", urllib.parse.urlencode(fields).encode(), {"Origin": served.url}
    )
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(person.cookies))
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form to sign in."""
    form = page[page.index('action="/sign-in/"') :]
    form = form[: form.index("</form>")]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        found[name] = unescape(value)
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form):
        found[name] = unescape(value)
    return found


@pytest.mark.parametrize("end", END)
@pytest.mark.parametrize("character", ["{", "\N{GRINNING FACE}"])
def test_a_long_text_comes_back_after_signing_in_again(served: Served, end: str, character: str) -> None:
    person = Person(served, "operator")
    text = character * 400_000
    token = person.token(CREATE)
    path = Path(served.variables["CONSOLE_DATA_DIR"]) / DATABASE
    with closing(sqlite3.connect(path, timeout=20)) as database, database:
        database.execute(END[end])
    fields = {"record_input": text, "intent": "create", "csrfmiddlewaretoken": token}
    status, page = posted(person, served, CREATE, fields)
    assert status == 403
    assert "Your session has ended. Sign in to continue: the text that you typed is kept." in page
    kept = hidden(page)
    assert kept["record_input"] == text
    status, page = posted(person, served, "/sign-in/", {**kept, "username": "operator", "password": "operator"})
    assert status == 200
    assert text in unescape(page)


def test_a_browser_that_nobody_has_signed_in_with_is_told_what_to_do(served: Served) -> None:
    person = Person(served, "operator")
    person.cookies.clear()
    status, page = posted(person, served, CREATE, {"record_input": "x" * 100_000})
    assert status == 413
    assert "in another tab, then come back to what you typed here, and send it again." in unescape(page)
