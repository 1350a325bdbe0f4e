"""Virtual environments in the user's cache: one for each requirement, installed once, for all tests of the machine.

The service needs packages in versions of its own, such as a newer Django, and its package has a common name. In the
environment of the tests, either could be in the way.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytest_personalize_local.errors import PersonalizeLocalError

NAME = "pytest-personalize-local"
# Written last: an environment without it was not finished.
MARK = "installed"
LENGTH_OF_KEY = 16
MOST_PRINTED = 4000
# What has Python look for packages elsewhere than in the environment that it runs in.
LEADING_ELSEWHERE = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "DJANGO_SETTINGS_MODULE")


def installed_command(requirement: str, command: str) -> str:
    """Return the path of a command from a requirement as pip takes it; install that if it is not there yet.

    Others that start at the same time wait until it is. Raise PersonalizeLocalError with pip's output.
    """
    environment = cache_directory() / _key(requirement)
    with _locked(environment.with_suffix(".lock")):
        if not (environment / MARK).exists():
            _install(environment, requirement)
    found = environment / "bin" / command
    if not found.exists():
        raise PersonalizeLocalError(f"{requirement} has no command {command}.")
    return str(found)


def cache_directory() -> Path:
    """Return where the environments are, made if it is not there: the XDG Base Directory Specification and Apple's."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(stated):
        cache = Path(stated)
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path.home() / ".cache"
    directory = cache / NAME
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def own_environment() -> dict[str, str]:
    """Return the environment variables for a Python that is not that of the tests."""
    return {name: value for name, value in os.environ.items() if name not in LEADING_ELSEWHERE}


def _key(requirement: str) -> str:
    """Return the name of the environment of a requirement: another Python or another wheel has another one."""
    said = [requirement, sys.version, sys.base_prefix]
    path = Path(requirement.partition("[")[0])
    content = path.read_bytes() if path.is_file() else b""
    return hashlib.sha256("\0".join(said).encode() + content).hexdigest()[:LENGTH_OF_KEY]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _install(environment: Path, requirement: str) -> None:
    # What was not finished, as by Ctrl-C.
    shutil.rmtree(environment, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(environment)], "The virtual environment of personalize-local", environment)
    python = str(environment / "bin" / "python")
    _run([python, "-m", "pip", "install", "--quiet", requirement], requirement, environment)
    (environment / MARK).touch()


def _run(command: list[str], what: str, environment: Path) -> None:
    done = subprocess.run(
        command, env=own_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        shutil.rmtree(environment, ignore_errors=True)
        printed = done.stdout.decode(errors="replace")[-MOST_PRINTED:]
        raise PersonalizeLocalError(f"{what} could not be installed. The output was:\n{printed}")
