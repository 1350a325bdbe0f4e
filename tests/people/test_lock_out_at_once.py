"""Many who try a password at once have no more tries than one after another."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

from tests.support.served import Served


def status_of_a_try(url: str, name: str) -> int:
    """Return the status of the answer to a wrong password, in a browser of its own."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{url}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    form = {"username": name, "password": "wrong", "csrfmiddlewaretoken": token[1]}
    try:
        browser.open(f"{url}/sign-in/", urllib.parse.urlencode(form).encode())
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    raise AssertionError("A wrong password signed somebody in.")


def test_thirty_tries_at_once_have_five_failures_and_the_others_are_locked_out(served: Served) -> None:
    with ThreadPoolExecutor(15) as pool:
        answers = list(pool.map(lambda _: status_of_a_try(served.url, "somebody"), range(30)))
    assert Counter(answers) == {422: 5, 429: 25}
