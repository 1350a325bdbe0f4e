"""The context manager, for unittest and whatever else is not pytest."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType

from pytest_personalize_local.commands import Settings
from pytest_personalize_local.local import Local
from pytest_personalize_local.running import running_service
from pytest_personalize_local.sessions import default_session


class PersonalizeLocal:
    """`with PersonalizeLocal() as local:` has an account of its own, and AWS's clients call the local service.

    The service is started once in a process, and ends with it. `command` is the command line that starts it, and
    `requirement` what pip installs it from, instead of those of the environment variables.
    """

    def __init__(self, *, command: str = "", requirement: str = "") -> None:
        """Start nothing yet."""
        self._settings = Settings(command, requirement)

    def __enter__(self) -> Local:
        """Return an account that has nothing yet; raise PersonalizeLocalError."""
        local = Local(running_service(self._settings))
        with ExitStack() as opened:
            opened.callback(local.reset)
            opened.enter_context(_environment(local.environment))
            opened.enter_context(default_session())
            self._opened = opened.pop_all()
        return local

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put the environment variables back, and remove what the account has."""
        self._opened.close()


@contextmanager
def _environment(variables: dict[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    _set(variables)
    try:
        yield
    finally:
        _set(before)


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
