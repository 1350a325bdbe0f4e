"""`personalize-local` as a process: started, asked by its controls, and ended."""

import json
import select
import shlex
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pytest_personalize_local.environments import own_environment
from pytest_personalize_local.errors import PersonalizeLocalError

# In memory, at a free port, and ended with the process of the tests, also if that is killed.
OPTIONS = ("--memory", "--port=0", "--json", "--end-with-stdin", "--any-time")
SECONDS_TO_START = 60.0
SECONDS_TO_ANSWER = 60.0
SECONDS_TO_END = 20.0
MOST_PRINTED = 4000
JSON = "application/json"
# The service is on this machine, whatever proxy the variables name.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Service:
    """A service that runs until it is stopped, or until this process ends."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start the service by its command line; raise PersonalizeLocalError if it does not get ready."""
        self._command = shlex.join(command)
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  # `stop` closes it.
        try:
            self._process = subprocess.Popen(
                [*command, *OPTIONS],
                env=own_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._output,
            )
        except OSError as error:
            self._output.close()
            raise PersonalizeLocalError(f"{self._command} cannot be started: {error.strerror}.") from error
        try:
            printed = self._printed()
            self.endpoint_url: str = printed["endpoint_url"]
            self.environment: Mapping[str, str] = printed["environment"]
            self._token = self.environment["PERSONALIZE_LOCAL_TOKEN"]
        except BaseException:
            self.stop()
            raise

    def check(self) -> None:
        """Raise PersonalizeLocalError if the service has ended."""
        status = self._process.poll()
        if status is not None:
            raise PersonalizeLocalError(f"personalize-local has ended with status {status}. {self._said()}")

    def ask(self, control: str, **query: str) -> bytes:
        """Return what a control answers that reads; raise PersonalizeLocalError."""
        return self._asked(f"{control}?{urlencode(query)}", None, JSON)

    def tell(self, control: str, **members: Any) -> Any:
        """Return what a control answers that changes something; raise PersonalizeLocalError."""
        return json.loads(self._asked(control, json.dumps(members).encode(), JSON))

    def send(self, control: str, body: bytes, content_type: str) -> None:
        """Send a body to a control; raise PersonalizeLocalError."""
        self._asked(control, body, content_type)

    def stop(self) -> None:
        """End the service, and wait until it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._output.close()

    def _printed(self) -> Any:
        """Return what the service prints once it is ready."""
        stdout = self._process.stdout
        assert stdout is not None
        if not select.select([stdout], [], [], SECONDS_TO_START)[0]:
            raise PersonalizeLocalError(
                f"{self._command} was not ready within {SECONDS_TO_START:.0f} seconds. {self._said()}"
            )
        line = stdout.readline()
        try:
            return json.loads(line)
        except ValueError as error:
            self._process.wait(SECONDS_TO_END)
            raise PersonalizeLocalError(
                f"{self._command} did not start: it ended with status {self._process.returncode}. {self._said(line)}"
            ) from error

    def _asked(self, control: str, body: bytes | None, content_type: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": content_type}
        request = urllib.request.Request(f"{self.endpoint_url}/_local/{control}", body, headers)
        try:
            with _opener.open(request, timeout=SECONDS_TO_ANSWER) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.HTTPError as error:
            with error:
                raise PersonalizeLocalError(_sentence(error.read())) from error
        except OSError as error:
            self.check()
            raise PersonalizeLocalError(f"personalize-local did not answer: {error}. {self._said()}") from error

    def _said(self, first: bytes = b"") -> str:
        """Return the end of what the service has printed."""
        self._output.seek(0)
        printed = (first + self._output.read()).decode(errors="replace")[-MOST_PRINTED:].strip()
        return f"It printed:\n{printed}" if printed else "It printed nothing."


def _sentence(answered: bytes) -> str:
    try:
        return str(json.loads(answered)["message"])
    except (ValueError, LookupError, TypeError):
        return answered.decode(errors="replace")[:MOST_PRINTED]
