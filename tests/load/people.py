"""People of a console for Locust: each signs in, and does the main job from its first page on, again and again.

`python -m locust -f tests/load/people.py --answers FILE …` writes a JSON object a line for each answer. The console is
in production, so that each person comes as the proxy with TLS passes them on.
"""

import html
import json
import random
import re
import time
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from typing import Any, ClassVar
from urllib.parse import urlsplit

from locust import FastHttpUser, SequentialTaskSet, between, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment

from tests.load.answers import GROUPS, STATIC_FILE, Answer, person_name
from tests.support.production import PASSWORD

# Seconds for which a person reads a page before they go on, and pauses while they type.
READING, TYPING = (5, 10), (1, 3)
PAUSES = 3
CREATE_RECORDS = "Create user record(s)"
# What a page's form carries along that nobody types.
HIDDEN = ("csrfmiddlewaretoken", "key", "view", "typed_by")


def add_arguments(parser: LocustArgumentParser) -> None:
    """Let the command line name the file for the answers."""
    parser.add_argument("--answers", required=True)


def write_answers(environment: Environment, **_more: Any) -> None:
    """Write each answer down as it comes."""
    # The file is open for as long as the process lives.
    file = open(environment.parsed_options.answers, "w", buffering=1)  # type: ignore[union-attr]  # noqa: SIM115

    def write(
        name: str, response_time: float, start_time: float, exception: object, context: dict[str, str], **_more: Any
    ) -> None:
        answer: Answer = {
            "page": name,
            "began": start_time,
            "milliseconds": response_time,
            "problem": str(exception) if exception else "",
            "user_id": context.get("user_id", ""),
            "group": context.get("group", ""),
        }
        file.write(json.dumps(answer) + "\n")

    environment.events.request.add_listener(write)  # type: ignore[no-untyped-call]


events.init_command_line_parser.add_listener(add_arguments)  # type: ignore[no-untyped-call]
events.init.add_listener(write_answers)  # type: ignore[no-untyped-call]


class MainJob(SequentialTaskSet):
    """From the first page to the answer of PutUsers; a page is read before the next one is asked for."""

    user: "Person"

    @task
    def open_the_console(self) -> None:
        self.user.open("Dataset groups", "/", "Dataset groups")

    @task
    def find_the_dataset_group(self) -> None:
        """Type a part of its name into the filter, which htmx sends."""
        part = self.user.dataset_group[:5]
        self.user.ask("Dataset groups, filtered", f"/local/dataset-groups/?filter={part}", self.user.dataset_group)

    @task
    def choose_the_dataset_group(self) -> None:
        self.user.open("Dataset group", self.user.path, self.user.dataset_group)

    @task
    def choose_datasets(self) -> None:
        self.user.open("Datasets", f"{self.user.path}datasets/", "Datasets")

    @task
    def choose_the_users_dataset(self) -> None:
        self.user.open("Users dataset", f"{self.user.path}datasets/users/", "Modify dataset")

    @task
    def create_a_record(self) -> None:
        """Open the page of Modify dataset > Create record, fill the record in, and press the button."""
        path = f"{self.user.path}datasets/users/create-records/"
        fields = hidden_fields(self.user.open(CREATE_RECORDS, path, CREATE_RECORDS))
        self.wait()  # type: ignore[no-untyped-call]
        user_id = self.user.next_user_id()
        record = GROUPS[self.user.dataset_group] % user_id
        for number in range(1, PAUSES + 1):
            typed = record[: len(record) * number // PAUSES]
            form = fields | {"record_input": typed, "known_record": "", "intent": "typing"}
            self.user.ask("validated while typing", path, "Request", form)
            time.sleep(random.uniform(*TYPING))
        form = fields | {"record_input": record, "known_record": "", "intent": "create"}
        context = {"record_id": user_id, "group": self.user.dataset_group}
        self.user.ask("Create record(s)", path, "1 user record created or replaced", form, context)


class Person(FastHttpUser):
    """Somebody with a browser of their own, at an address of their own, who works with one dataset group."""

    tasks = [MainJob]  # noqa: RUF012  # Locust wants a list.
    wait_time = between(*READING)
    numbers: ClassVar[Any] = count()
    network_timeout = 60.0

    def on_start(self) -> None:
        """Sign in, as everybody does who opens the console for the first time on a day."""
        self.number = next(self.numbers)
        self.dataset_group = list(GROUPS)[self.number % len(GROUPS)]
        self.path = f"/local/dataset-groups/{self.dataset_group}/"
        self.record_ids = count()
        self.static_files: set[str] = set()
        # What is sent here without TLS came with it to the proxy.
        self.client.cookiejar.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
        fields = hidden_fields(self.open("Sign in", "/", "Sign in"))
        time.sleep(random.uniform(*TYPING))
        account = {"username": person_name(self.number), "password": PASSWORD}
        self._send(
            "Sign in, pressed, to Dataset groups", "/sign-in/", "Dataset groups", {**fields, **account, "next": "/"}
        )
        self.wait()  # type: ignore[no-untyped-call]

    def next_user_id(self) -> str:
        """Return the id of a user whom nobody has sent yet."""
        return f"user-{self.number}-{next(self.record_ids)}"

    def open(self, name: str, path: str, expected: str) -> str:
        """Open a page, and what it needs that the browser has not kept; return its text."""
        text = self._send(name, path, expected)
        for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', text):
            # Their names say what they hold: browsers keep them for good.
            if address not in self.static_files:
                self.static_files.add(address)
                self._send(STATIC_FILE, address, "")
        return text

    def ask(
        self,
        name: str,
        path: str,
        expected: str,
        form: dict[str, str] | None = None,
        context: dict[str, str] | None = None,
    ) -> None:
        """Ask for a part of a page, as htmx does."""
        headers = {"HX-Request": "true", "HX-Current-URL": f"https://{urlsplit(str(self.host)).netloc}{path}"}
        self._send(name, path, expected, form, context, headers)

    def _send(
        self,
        name: str,
        path: str,
        expected: str,
        form: dict[str, str] | None = None,
        context: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> str:
        address = urlsplit(str(self.host)).netloc
        own = {"X-Forwarded-Proto": "https", "X-Forwarded-For": f"192.0.2.{self.number + 1}", **(headers or {})}
        if form is not None:
            own |= {"Origin": f"https://{address}"}
        method = "GET" if form is None else "POST"
        with self.client.request(
            method, path, name=name, data=form, headers=own, context=context or {}, catch_response=True
        ) as answer:
            text = answer.text or ""
            if answer.status_code != 200:
                answer.failure(f"status {answer.status_code}")
            elif expected not in text:
                answer.failure(f"the page does not say “{expected}”")
        return text


def hidden_fields(page: str) -> dict[str, str]:
    """Return the fields that the form of a page carries along."""
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in HIDDEN}
    return {name: html.unescape(match[1]) for name, match in found.items() if match}
