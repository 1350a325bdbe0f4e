"""The fixture of pytest.

Each process of pytest-xdist starts a service of its own. It ends with that process, whatever happens to it; a service
that all shared would have nobody to end it, and would be one Python at work for all of them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pytest_personalize_local.commands import COMMAND_VARIABLE, REQUIREMENT_VARIABLE, Settings
from pytest_personalize_local.errors import PersonalizeLocalError
from pytest_personalize_local.local import Local
from pytest_personalize_local.running import running_service
from pytest_personalize_local.sessions import default_session

# By the names of the options in pytest's configuration.
VARIABLES = {
    "personalize_local_command": COMMAND_VARIABLE,
    "personalize_local_requirement": REQUIREMENT_VARIABLE,
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let pytest's configuration say which `personalize-local` is started."""
    command, requirement = VARIABLES
    parser.addini(command, "the command line that starts personalize-local", default="")
    parser.addini(requirement, "what pip installs personalize-local from, into an environment of its own", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Let the context manager, which tests of unittest have, start the same service as the fixture."""
    for option, variable in VARIABLES.items():
        if config.getini(option):
            os.environ.setdefault(variable, config.getini(option))


@pytest.fixture
def personalize_local(monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    """An account of the test's own in a local Amazon Personalize, which AWS's clients call during the test."""
    with _failing_in_a_sentence():
        local = Local(running_service(Settings()))
        with default_session(), monkeypatch.context() as patched:
            for name, value in local.environment.items():
                if value is None:
                    patched.delenv(name, raising=False)
                else:
                    patched.setenv(name, value)
            yield local
        local.reset()


@contextmanager
def _failing_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except PersonalizeLocalError as error:
        # As `pytest.fail` does, without the traceback of what it comes from.
        raise pytest.fail.Exception(str(error), pytrace=False) from None
