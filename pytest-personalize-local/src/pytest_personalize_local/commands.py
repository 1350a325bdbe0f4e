"""Which `personalize-local` is started: that of a setting, one that is installed for the tests, or that on PATH."""

import os
import shlex
import shutil
from dataclasses import dataclass

from pytest_personalize_local.environments import installed_command
from pytest_personalize_local.errors import PersonalizeLocalError

COMMAND = "personalize-local"
COMMAND_VARIABLE = "PERSONALIZE_LOCAL_COMMAND"
REQUIREMENT_VARIABLE = "PERSONALIZE_LOCAL_REQUIREMENT"
NO_COMMAND = (
    f"There is no {COMMAND} on the PATH. Install it there, as with pipx, name its command in {COMMAND_VARIABLE}, or "
    f"name in {REQUIREMENT_VARIABLE} what pip is to install it from, such as the path of its wheel. In pytest's "
    "configuration, these are personalize_local_command and personalize_local_requirement."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """A command line, and what pip installs the command from; "" where none is named."""

    command: str = ""
    requirement: str = ""


def find_command(settings: Settings) -> list[str]:
    """Return the command line that starts the service; environment variables come before the settings.

    Raise PersonalizeLocalError if there is none, or if it cannot be installed.
    """
    command = os.environ.get(COMMAND_VARIABLE) or settings.command
    if command:
        return shlex.split(command)
    requirement = os.environ.get(REQUIREMENT_VARIABLE) or settings.requirement
    if requirement:
        return [installed_command(requirement, COMMAND)]
    found = shutil.which(COMMAND)
    if found is None:
        raise PersonalizeLocalError(NO_COMMAND)
    return [found]
