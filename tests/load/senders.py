"""People who send records one after another, at whichever server there is, and what they saw of each."""

import http.client
import re
import urllib.parse
from threading import Event, Lock, Thread
from uuid import uuid4

from tests.support.aws_stand_in import RECORD
from tests.support.person import Person
from tests.support.served import Served

GROUP = "/staging/dataset-groups/loyalty"
CREATE_RECORDS = f"{GROUP}/datasets/users/create-records/"


class Senders:
    """Threads that press Create record(s) with one user each, whose ids are `user-1`, `user-2` and so on.

    They do it with the session of one person, and press anew as soon as they have an answer or their connection breaks.
    """

    def __init__(self, person: Person, number: int) -> None:
        """Begin to send when there is a server, see `at`."""
        self.keys: dict[str, str] = {}
        # The address of the Response that followed a press, None where the connection broke before.
        self.answers: dict[str, str | None] = {}
        self.under_way: set[str] = set()
        self._token = person.token(CREATE_RECORDS)
        self._cookies = "; ".join(f"{each.name}={each.value}" for each in person.cookies)
        self._server: str | None = None
        self._is_over = Event()
        self._lock = Lock()
        self._threads = [Thread(target=self._run, daemon=True) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def at(self, served: Served | None) -> None:
        """Send to another server from now on, or to none."""
        self._server = served.url.removeprefix("http://") if served else None

    def stop(self) -> None:
        """Let nobody press any more, and return when all have their answers."""
        self._is_over.set()
        for thread in self._threads:
            thread.join(60)

    def press(self, server: str, user_id: str) -> str:
        """Press Create record(s), and return the address of the Response; raise OSError or HTTPException."""
        fields = {
            "csrfmiddlewaretoken": self._token,
            "record_input": RECORD % user_id,
            "intent": "create",
            "key": self.keys[user_id],
        }
        headers = {"Cookie": self._cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection(server, timeout=60)
        try:
            # Whoever comes before the server does has pressed nothing.
            connection.connect()
            self.under_way.add(user_id)
            connection.request("POST", CREATE_RECORDS, urllib.parse.urlencode(fields), headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.status == 409:
                # The key is retired: the page shows the submission that it was used for.
                (earlier,) = re.findall(rf'href="{GROUP}/submissions/([0-9a-f-]+)/">View the earlier', page)
                return f"{CREATE_RECORDS}?submission={earlier}"
            assert answer.status == 302, f"{user_id} was answered with {answer.status}: {page[:2000]}"
            return answer.headers["Location"]
        finally:
            self.under_way.discard(user_id)
            connection.close()

    def _run(self) -> None:
        while not self._is_over.wait(0.001):
            server = self._server
            if server is None:
                continue
            with self._lock:
                user_id = f"user-{len(self.keys) + 1}"
                self.keys[user_id] = str(uuid4())
            try:
                self.answers[user_id] = self.press(server, user_id)
            except (OSError, http.client.HTTPException):
                self.answers[user_id] = None
