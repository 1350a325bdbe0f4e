"""What AWS's clients are asked to do, each in its own language: the steps of walk.json, one line of JSON at a time.

A program of a client reads a request on each line of its input, `{"endpoint", "service", "operation", "input"}`, calls
the operation, and prints a line:

- `{"answer", "attempts"}`: the answer's members by their names in AWS's model;
- `{"error", "class", "status", "attempts"}`: the error's code, the class that the client has for it or null, and the
  status of HTTP. What a client does not count or have is null;
- `{"unknown": true}`: the client does not have the operation.

The access key and the region are in its environment variables.
"""

import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, Protocol

from tests.support.served import ROOT

HERE = ROOT / "tests" / "clients"
WALK = HERE / "walk.json"
# Made from the records of walk.json, below the directory of S3.
FILES = {
    "users.csv": "USER_ID,AGE,MEMBERSHIP\ncem,28,Basic\n",
    "deleted.csv": "USER_ID\nbob\n",
}
# A machine with one processor starts a JVM while it compiles something else.
SECONDS_TO_ANSWER = 120
SECONDS_OF_JOBS = 60

type Request = Mapping[str, Any]
type Outcome = Mapping[str, Any]


class Caller(Protocol):
    """What calls an operation with a client, and returns what its program would print."""

    def __call__(self, request: Request) -> Outcome: ...


class ProgramFailed(AssertionError):
    """A program of a client ended, or did not answer."""


@contextmanager
def program(command: Sequence[str], directory: Path, variables: Mapping[str, str]) -> Iterator[Caller]:
    """Run the program of a client while the block runs."""
    process = subprocess.Popen(
        command,
        cwd=directory,
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    requests, answers, errors = process.stdin, process.stdout, process.stderr

    def call(request: Request) -> Outcome:
        patience = Timer(SECONDS_TO_ANSWER, process.kill)
        patience.start()
        try:
            print(json.dumps(request), file=requests, flush=True)
            line = answers.readline()
        except BrokenPipeError:
            line = ""
        finally:
            patience.cancel()
        if not line:
            process.kill()
            raise ProgramFailed(f"{' '.join(command)} did not answer:\n{errors.read()}")
        outcome: Outcome = json.loads(line)
        return outcome

    with process:
        try:
            yield call
        finally:
            process.kill()


def request_of(endpoint: str, operation: str, parameters: Mapping[str, Any]) -> Request:
    """Return the request of an operation: what begins with Put is of Personalize Events."""
    service = "personalize-events" if operation.startswith("Put") else "personalize"
    return {"endpoint": endpoint, "service": service, "operation": operation, "input": parameters}


def steps(account: str) -> list[dict[str, Any]]:
    """Return the steps of walk.json for an account."""
    found: list[dict[str, Any]] = json.loads(WALK.read_text(encoding="utf-8").replace("{account}", account))
    return found


def walk(call: Caller, endpoint: str, account: str) -> tuple[set[str], set[str], dict[str, str | None]]:
    """Take all steps, and fail at one that has not the outcome that it should have.

    Returns the operations that have answered, those that the client does not have, and the class of each error's code.
    """
    kept: dict[str, Any] = {}
    done, unknown, classes = set(), set(), {}
    for number, step in enumerate(steps(account), start=1):
        parameters = {name: _filled_in(value, kept) for name, value in step["input"].items()}
        request = request_of(endpoint, step["operation"], parameters)
        outcome = _when_done(call, request, step.get("until", {}))
        said = f"Step {number}, {step['operation']}: {outcome}"
        if "unknown" in outcome:
            unknown.add(step["operation"])
            continue
        if "error" in step:
            assert outcome.get("error") == step["error"]["code"], said
            assert outcome["status"] in (None, step["error"]["status"]), said
            classes[step["error"]["code"]] = outcome["class"]
            continue
        assert "answer" in outcome, said
        expected = {path: _filled_in(value, kept) for path, value in step.get("expect", {}).items()}
        assert {path: at(outcome["answer"], path) for path in expected} == expected, said
        kept |= {name: at(outcome["answer"], path) for name, path in step.get("keep", {}).items()}
        done.add(step["operation"])
    return done, unknown, classes


def at(value: Any, path: str) -> Any:
    """Return what stands at a path such as `datasets.0.name` in an answer, or None if nothing does."""
    for name in path.split("."):
        if isinstance(value, list):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _filled_in(value: Any, kept: Mapping[str, Any]) -> Any:
    """Return a value of a step, or what an earlier step has kept by the name after the `$`."""
    return kept.get(value[1:]) if isinstance(value, str) and value.startswith("$") else value


def _when_done(call: Caller, request: Request, until: Mapping[str, Any]) -> Outcome:
    """Call until the answer has what it is to have in the end, as clients wait for a job."""
    deadline = time.monotonic() + SECONDS_OF_JOBS
    while True:
        outcome = call(request)
        answer = outcome.get("answer")
        if answer is None or all(at(answer, path) == value for path, value in until.items()):
            return outcome
        assert time.monotonic() < deadline, outcome
        time.sleep(0.05)
