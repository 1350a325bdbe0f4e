"""Record input: validating it, and its page as requests to the server that `make run` starts."""

import json
import re
from urllib.parse import urlencode

import pytest
import urllib3
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from console.records.record_input import validate_record_input
from tests.pages.records.test_create_records import PAGE, VALID
from tests.records.tables import RECORD_OF_25, SCHEMA_OF_25
from tests.support.served import Served


class Visitor:
    """Somebody who is signed in, by a name that is their password too, on a connection that is kept."""

    def __init__(self, served: Served, name: str = "operator") -> None:
        self.pool = urllib3.connection_from_url(served.url)
        self.headers = {"Content-Type": "application/x-www-form-urlencoded"}
        page = self.pool.request("GET", "/sign-in/")
        self.take_cookies(page)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.data.decode())
        assert token
        account = {"username": name, "password": name, "csrfmiddlewaretoken": token[1]}
        self.take_cookies(
            self.pool.request("POST", "/sign-in/", body=urlencode(account), headers=self.headers, redirect=False)
        )

    def take_cookies(self, answer: urllib3.BaseHTTPResponse) -> None:
        """Send the cookies of an answer from now on, as a browser with htmx does with the token among them."""
        cookies = [cookie.partition(";")[0] for cookie in answer.headers.getlist("Set-Cookie")]
        self.headers["Cookie"] = "; ".join(cookies)
        for cookie in cookies:
            name, _, value = cookie.partition("=")
            if name == "csrftoken":
                self.headers |= {"X-CSRFToken": value, "HX-Request": "true"}

    def get(self, path: str) -> int:
        """Return the status of a page."""
        page = {"Cookie": self.headers["Cookie"]}
        return self.pool.request("GET", path, headers=page).status

    def post(self, path: str, form: dict[str, str]) -> int:
        """Return the status of the answer to a form."""
        return self.pool.request("POST", path, body=urlencode(form), headers=self.headers).status


@pytest.fixture
def visitor(served: Served) -> Visitor:
    return Visitor(served)


def test_validating_ten_records_of_a_schema_with_25_fields(benchmark: BenchmarkFixture) -> None:
    text = json.dumps([{"USER_ID": f"u-{number}", **RECORD_OF_25} for number in range(10)], indent=2)
    assert len(benchmark(validate_record_input, SCHEMA_OF_25, text).records) == 10


def test_validating_ten_records_that_are_all_wrong(benchmark: BenchmarkFixture) -> None:
    text = json.dumps([{"USER_ID": number, "FIELD_0": "x", "FIELD_4": 7} for number in range(10)], indent=2)
    assert len(benchmark(validate_record_input, SCHEMA_OF_25, text).problems) == 100


def test_rendering_the_page(benchmark: BenchmarkFixture, visitor: Visitor) -> None:
    assert benchmark(visitor.get, PAGE) == 200


def test_one_validation_while_typing(benchmark: BenchmarkFixture, visitor: Visitor) -> None:
    form = {"record_input": VALID, "intent": "typing"}
    assert benchmark(visitor.post, PAGE, form) == 200


def test_one_validation_of_ten_cards(benchmark: BenchmarkFixture, visitor: Visitor) -> None:
    cards = {f"origin-{number}": "" for number in range(10)} | {
        f"value-{number}-USER_ID": f"u-{number}" for number in range(10)
    }
    form = {"record_input": "[]", "view": "form", "intent": "typing", **cards}
    assert benchmark(visitor.post, PAGE, form) == 200


def test_creating_a_record(benchmark: BenchmarkFixture, operator: Client) -> None:
    answer = benchmark(operator.post, PAGE, {"record_input": VALID, "intent": "create"})
    assert answer.status_code == 302
