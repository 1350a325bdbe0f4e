"""The clients of AWS that the tests drive: how each is started, which version is pinned, and what it does by itself."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.clients.toolchains import (
    GO,
    JAVA,
    REQUIREMENTS,
    RUST,
    aws_cli_2,
    go_program,
    java_classes,
    need,
    python_of,
    rust_program,
)
from tests.clients.walking import HERE, Caller, program
from tests.support.served import ROOT

JAVASCRIPT = HERE / "javascript"
AWS_CLI_1 = str(Path(sys.executable).with_name("aws"))
# What can go wrong with a call, as the local service simulates it.
THROTTLED, FAILED, DROPPED = "ThrottlingException", "InternalFailure", "dropped"
ALL = frozenset({THROTTLED, FAILED, DROPPED})

type Start = Callable[[Mapping[str, str]], AbstractContextManager[Caller]]


@dataclass(frozen=True)
class Client:
    """A client: its name in the documents, how it is started with environment variables, and the version that is pinned.

    `has_classes` says whether it has a class for each error of the service, `retries` which failures it tries again
    without being asked to, and `lacks` which operations it does not have. CI runs those that are `in_ci`. One that is
    `pinned` in a package of another version, or that is the machine's own, prints its `version`.
    """

    name: str
    start: Start
    pinned: Callable[[], str] | None
    has_classes: bool
    retries: frozenset[str]
    lacks: frozenset[str] = frozenset()
    in_ci: bool = False
    version: Callable[[], str] | None = None


def _node(script: str) -> Start:
    return lambda variables: program(["node", script], JAVASCRIPT, variables)


def _go(name: str) -> Start:
    return lambda variables: program([go_program(name)], ROOT, variables)


def _python(
    module: str,
    python: Callable[[], Path | str] = lambda: sys.executable,
    *arguments: Callable[[], str],
) -> Start:
    def start(variables: Mapping[str, str]) -> AbstractContextManager[Caller]:
        command = [str(python()), "-m", f"tests.clients.python.{module}", *(each() for each in arguments)]
        return program(command, ROOT, variables)

    return start


def _of_npm(package: str) -> Callable[[], str]:
    def version() -> str:
        lock = json.loads((JAVASCRIPT / "package-lock.json").read_text())
        found: str = lock["packages"][f"node_modules/{package}"]["version"]
        return found

    return version


def _named_in(file: Path, pattern: str) -> Callable[[], str]:
    """Return what finds a version in a file, by a pattern whose group it is."""

    def version() -> str:
        found = re.search(pattern, file.read_text(), re.MULTILINE)
        assert found, f"{file} has nothing like {pattern}."
        return found[1]

    return version


def _of_pip(package: str, requirements: Path = ROOT / "requirements" / "test.txt") -> Callable[[], str]:
    return _named_in(requirements, rf"^{re.escape(package)}==([^\s;]+)")


def _of_go(module: str) -> Callable[[], str]:
    return _named_in(GO / "go.mod", rf"^\s*{re.escape(module)} v(\S+)")


def _of_cargo(package: str) -> Callable[[], str]:
    return _named_in(RUST / "Cargo.lock", rf'^name = "{package}"\nversion = "(.+)"')


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
        # A warning at each start of old versions that they will end.
        "PYTHONWARNINGS": "ignore",
        "AWS_PAGER": "",
    }


def _printed(command: Callable[[], list[str]], pattern: str) -> Callable[[], str]:
    def version() -> str:
        found = re.match(pattern, subprocess.run(command(), capture_output=True, text=True, check=True).stdout)
        assert found
        return found[1]

    return version


KIN, FIRST, OF_AWS_CLI = (REQUIREMENTS / f"{name}.txt" for name in ("kin", "first", "aws_cli_2"))
# Operations that are newer than the first botocore with PutUsers.
NEWER = frozenset(
    {
        "CreateDataDeletionJob",
        "CreateDatasetExportJob",
        "DescribeDataDeletionJob",
        "DescribeDatasetExportJob",
        "ListDataDeletionJobs",
        "ListDatasetExportJobs",
        "ListTagsForResource",
        "PutActionInteractions",
        "PutActions",
        "TagResource",
        "UntagResource",
        "UpdateDataset",
    }
)
NOTHING: frozenset[str] = frozenset()

CLIENTS = (
    Client(
        "AWS SDK for Java 2",
        lambda variables: program(["java", "-cp", java_classes(), "AnswerLines"], JAVA, variables),
        _named_in(JAVA / "pom.xml", "<aws.version>(.+)</aws.version>"),
        has_classes=True,
        retries=ALL,
        in_ci=True,
    ),
    Client(
        "AWS SDK for JavaScript 3",
        _node("version_3.mjs"),
        _of_npm("@aws-sdk/client-personalize-events"),
        has_classes=True,
        retries=ALL,
        in_ci=True,
    ),
    Client("AWS SDK for JavaScript 2", _node("version_2.mjs"), _of_npm("aws-sdk"), has_classes=False, retries=ALL),
    Client(
        "AWS SDK for Go 1",
        _go("version1"),
        _of_go("github.com/aws/aws-sdk-go"),
        has_classes=True,
        retries=ALL,
        in_ci=True,
    ),
    Client(
        "AWS SDK for Rust",
        lambda variables: program([rust_program()], ROOT, variables),
        _of_cargo("aws-sdk-personalizeevents"),
        has_classes=True,
        retries=ALL,
    ),
    Client("boto3", _python("botocore_client"), _of_pip("boto3"), has_classes=True, retries=ALL, in_ci=True),
    Client(
        "boto3, the first with PutUsers",
        _python("botocore_client", lambda: python_of("first", old=True)),
        _of_pip("boto3", FIRST),
        has_classes=True,
        retries=ALL,
        lacks=NEWER,
    ),
    Client(
        "aiobotocore",
        _python("aiobotocore_client", lambda: python_of("kin")),
        _of_pip("aiobotocore", KIN),
        has_classes=True,
        retries=ALL,
    ),
    Client(
        "capo-personalize and capo-personalize-events",
        _python("capo_client", lambda: python_of("kin")),
        _of_pip("capo-personalize-events", KIN),
        has_classes=True,
        retries=ALL,
    ),
    Client(
        "AWS CLI 1",
        _python("aws_cli_client", lambda: sys.executable, lambda: AWS_CLI_1),
        _of_pip("awscli"),
        has_classes=False,
        retries=ALL,
    ),
    Client(
        "AWS CLI 2",
        _python("aws_cli_client", lambda: sys.executable, aws_cli_2),
        _of_pip("aws-cdk-asset-awscli-v2", OF_AWS_CLI),
        has_classes=False,
        retries=ALL,
        in_ci=True,
        version=_printed(lambda: [aws_cli_2(), "--version"], r"aws-cli/(\S+)"),
    ),
    Client("aws4, with node:http", _node("aws4_client.mjs"), _of_npm("aws4"), has_classes=False, retries=NOTHING),
    Client(
        "aws4fetch",
        _node("aws4fetch_client.mjs"),
        _of_npm("aws4fetch"),
        has_classes=False,
        retries=frozenset({FAILED}),
    ),
    Client(
        "AWS SDK for Go 2: its signer",
        _go("signer"),
        _of_go("github.com/aws/aws-sdk-go-v2"),
        has_classes=False,
        retries=NOTHING,
    ),
    Client(
        "requests-aws4auth, with requests",
        _python("requests_aws4auth_client", lambda: python_of("kin")),
        _of_pip("requests-aws4auth", KIN),
        has_classes=False,
        retries=NOTHING,
    ),
    Client(
        "awscrt: its signer",
        _python("awscrt_client", lambda: python_of("kin")),
        _of_pip("awscrt", KIN),
        has_classes=False,
        retries=NOTHING,
    ),
    Client(
        "awscurl",
        _python("awscurl_client", lambda: python_of("kin")),
        _of_pip("awscurl", KIN),
        has_classes=False,
        retries=NOTHING,
    ),
    Client(
        "curl --aws-sigv4",
        _python("curl_client"),
        None,
        has_classes=False,
        retries=NOTHING,
        version=_printed(lambda: [need("curl", "Install curl of version 7.75 or newer."), "--version"], r"curl (\S+)"),
    ),
)
