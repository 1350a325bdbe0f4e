"""The clients of AWS that the tests drive: how each is started, which version is pinned, and what it does by itself."""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.clients.walking import HERE, Caller, program
from tests.support.served import ROOT

JAVASCRIPT = HERE / "javascript"
# What can go wrong with a call, as the local service simulates it.
THROTTLED, FAILED, DROPPED = "ThrottlingException", "InternalFailure", "dropped"
ALL = frozenset({THROTTLED, FAILED, DROPPED})

type Start = Callable[[Mapping[str, str]], AbstractContextManager[Caller]]


@dataclass(frozen=True)
class Client:
    """A client: its name in the documents, how it is started with environment variables, and its pinned version.

    `has_classes` says whether it has a class for each error of the service, `retries` which failures it tries again
    without being asked to, and `lacks` which operations it does not have. CI runs those that are `in_ci`. The version of
    one that is not `pinned` is the machine's.
    """

    name: str
    start: Start
    version: Callable[[], str]
    has_classes: bool
    retries: frozenset[str]
    lacks: frozenset[str] = frozenset()
    in_ci: bool = False
    pinned: bool = True


def _node(script: str) -> Start:
    return lambda variables: program(["node", script], JAVASCRIPT, variables)


def _python(module: str, python: Callable[[], Path | str] = lambda: sys.executable) -> Start:
    return lambda variables: program([str(python()), "-m", f"tests.clients.python.{module}"], ROOT, variables)


def _of_npm(package: str) -> Callable[[], str]:
    def version() -> str:
        lock = json.loads((JAVASCRIPT / "package-lock.json").read_text())
        found: str = lock["packages"][f"node_modules/{package}"]["version"]
        return found

    return version


def _of_pip(package: str, requirements: Path = ROOT / "requirements" / "test.txt") -> Callable[[], str]:
    def version() -> str:
        found = re.search(rf"^{re.escape(package)}==([^\s;]+)", requirements.read_text(), re.MULTILINE)
        assert found, f"{requirements} does not pin {package}."
        return found[1]

    return version


def variables_of(key: Mapping[str, str], region: str) -> dict[str, str]:
    """Return the environment variables of a client: the machine's without what they say of AWS, a key, and a region."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {
        **others,
        **key,
        "AWS_REGION": region,
        # Some know the one, and some the other.
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
        # What they print of themselves: that versions end, of the SDK and of Node.js.
        "AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE": "1",
        "NODE_NO_WARNINGS": "1",
        "PYTHONUTF8": "1",
    }


CLIENTS = (
    Client(
        "AWS SDK for JavaScript 3",
        _node("version_3.mjs"),
        _of_npm("@aws-sdk/client-personalize-events"),
        has_classes=True,
        retries=ALL,
        in_ci=True,
    ),
    Client("AWS SDK for JavaScript 2", _node("version_2.mjs"), _of_npm("aws-sdk"), has_classes=False, retries=ALL),
    Client("boto3", _python("botocore_client"), _of_pip("boto3"), has_classes=True, retries=ALL, in_ci=True),
)
