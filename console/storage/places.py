"""Locations of the console's files and data, in a checkout or in an installed wheel."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# The folder of the package: a checkout's, or one of all packages that are installed.
CODE = PACKAGE.parent
# A wheel has the folders `templates` and `static` of the repository in the package: see pyproject.toml.
IS_INSTALLED = (PACKAGE / "templates").is_dir()
_files = PACKAGE if IS_INSTALLED else CODE
TEMPLATES, STATIC = _files / "templates", _files / "static"
# How people start the console, and let it use another port.
RUN = "personalize-console run" if IS_INSTALLED else "make run"
RUN_AT_9000 = "personalize-console run --port 9000" if IS_INSTALLED else "PORT=9000 make run"


def default_data(name: str) -> Path:
    """Return a program's default data directory, which may not exist yet.

    A checkout keeps data in `var`, and an installed program in the directory that the user's system has for that. That
    is two lines, by the XDG Base Directory Specification and Apple's File System Programming Guide; a package for them
    would be one more for each installation.
    """
    if not IS_INSTALLED:
        return CODE / "var"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / name
    stated = os.environ.get("XDG_DATA_HOME", "")
    # The specification has relative paths ignored.
    return (Path(stated) if os.path.isabs(stated) else Path.home() / ".local" / "share") / name


def manage_command() -> list[str]:
    """Return the command line that runs Django's commands, without the name of one.

    What is installed is not looked for in the current folder, which may have a package `console` of its own.
    """
    program = ["-P", "-m", "console.command_line.manage"] if IS_INSTALLED else [str(CODE / "manage.py")]
    return [sys.executable, *program]
