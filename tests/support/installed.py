"""The product as people install it: its wheel in a virtual environment, outside of the repository."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from tests.support.numbers import PROCESSES
from tests.support.served import ROOT

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

PIP = ("-m", "pip", "--disable-pip-version-check")


@dataclass(frozen=True)
class Installed:
    """A virtual environment, a home for who uses it, and an empty folder to work in."""

    environment: Path
    home: Path
    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables of a shell that has just been opened."""
        return {"HOME": str(self.home), "PATH": os.defpath, "PYTHON_CPU_COUNT": PROCESSES}

    def command(self, name: str) -> str:
        """Return the path of an installed command."""
        return str(self.environment / "bin" / name)

    def pip(self, *arguments: str) -> str:
        """Run the tests' own pip for the environment, which has none, and return what it prints."""
        command = [sys.executable, *PIP, f"--python={self.command('python')}", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def run(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run an installed command to its end."""
        command = [self.command(name), *arguments]
        return subprocess.run(command, env=self.variables, cwd=self.folder, capture_output=True, text=True, timeout=60)

    def start(self, name: str, *arguments: str, log: Path) -> "subprocess.Popen[bytes]":
        """Start an installed command, which prints into a file."""
        with log.open("wb") as output:
            return subprocess.Popen(
                [self.command(name), *arguments],
                env=self.variables,
                cwd=self.folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def files(self) -> dict[str, int]:
        """Return when each file of the environment was last changed, in nanoseconds, by its path."""
        return {str(path): path.stat().st_mtime_ns for path in self.environment.rglob("*") if path.is_file()}


def build_wheel(directory: Path, source: Path = ROOT) -> Path:
    """Build a wheel with the tests' own packages, without a look at the registry, and return it."""
    command = [sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation", f"--wheel-dir={directory}"]
    subprocess.run([*command, str(source)], check=True)
    (wheel,) = directory.iterdir()
    return wheel


def install(directory: Path, requirement: str) -> Installed:
    """Install a requirement into a new virtual environment, with the versions that are pinned for the console."""
    pins = directory / "constraints.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in pinned("run")))
    installed = Installed(directory / "environment", directory / "home", directory / "folder")
    for each in (installed.home, installed.folder):
        each.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(installed.environment)], check=True)
    installed.pip("install", f"--constraint={pins}", requirement)
    return installed


def pinned(name: str) -> list[tuple[str, str]]:
    """Return the packages of a file of `requirements/` with their versions, by its name such as `run`."""
    text = (ROOT / f"requirements/{name}.txt").read_text()
    return re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s;]+)", text, re.MULTILINE)


@dataclass(frozen=True)
class LocalService:
    """A `personalize-local` that is ready, and what it has printed for its clients."""

    process: "subprocess.Popen[str]"
    printed: dict[str, Any]

    def control(self, account: str = "000000000000", below: str = "/aws") -> "PersonalizeClient":
        """Return a client of an account for resources; `below` is the path of the endpoint."""
        return boto3.client("personalize", **self._of(account, below))

    def events(self, account: str = "000000000000") -> "PersonalizeEventsClient":
        """Return a client of an account for records."""
        return boto3.client("personalize-events", **self._of(account))

    def _of(self, account: str, below: str = "/aws") -> Any:
        key = self.printed["accounts"][account]
        return {
            "endpoint_url": self.printed["endpoint_url"].removesuffix("/aws") + below,
            "region_name": self.printed["environment"]["AWS_REGION"],
            "aws_access_key_id": key["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": key["AWS_SECRET_ACCESS_KEY"],
        }

    def end(self, number: int) -> int:
        """Send a signal to it, and return the status that it ends with."""
        self.process.send_signal(number)
        return self.process.wait(30)


@contextmanager
def local_service(installed: Installed, *arguments: str) -> Iterator[LocalService]:
    """Run `personalize-local` at a free port, and end it in the end if it runs on."""
    with _service([installed.command("personalize-local")], arguments, installed.folder, installed.variables) as found:
        yield found


@contextmanager
def local_service_of_tree(*arguments: str) -> Iterator[LocalService]:
    """Run the same from the repository, as it is now."""
    with _service([sys.executable, "-m", "console.alone"], arguments, ROOT, os.environ) as found:
        yield found


@contextmanager
def _service(
    command: Sequence[str], arguments: Sequence[str], folder: Path, variables: Mapping[str, str]
) -> Iterator[LocalService]:
    process = subprocess.Popen(
        [*command, "--json", "--port=0", *arguments], env=variables, cwd=folder, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        try:
            yield LocalService(process, json.loads(process.stdout.readline()))
        finally:
            process.kill()
