"""Readers of environment variables: each stops the process with a sentence where a value is not valid."""

import math
import os
import re
import sys
from zoneinfo import ZoneInfo

from console.variables.names import read_names

# As Django compares them: a name, one with all that are below it after a dot, an address, or * for any. It refuses
# requests for names with an underscore or other letters, and leaves out a dot at their end.
HOST_NAME = re.compile(r"\*|\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE | re.ASCII)
# A number as people write it.
NUMBER = re.compile(r"\s*-?([0-9]+\.?[0-9]*|\.[0-9]+)\s*")


def text(name: str, default: str = "") -> str:
    """Return an environment variable, or the default if it is unset or empty."""
    read_names.add(name)
    return os.environ.get(name) or default


def words(name: str) -> list[str]:
    """Return the words of an environment variable that are separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def host_names(name: str) -> list[str]:
    """Return the host names of an environment variable; stop with a sentence, which repeats none, if one cannot be."""
    found = words(name)
    for position, host in enumerate(found, 1):
        if not HOST_NAME.fullmatch(host):
            sys.exit(
                f"{name}: expected host names such as console.example.com, of letters, digits and hyphens in ASCII, "
                f"separated by commas, without scheme, port, path and a dot at the end; number {position} is not one."
            )
    return found


def key_text(name: str, default: str, form: re.Pattern[str], words: str) -> str:
    """Return a part of an access key; stop with a sentence, which does not repeat it, if it has not the form."""
    found = text(name, default)
    if not form.fullmatch(found):
        sys.exit(f"{name}: expected {words}.")
    return found


def number(name: str, default: float, *, least: int = 0, most: int) -> float:
    """Return the number of an environment variable; stop with a sentence if it is not within its limits."""
    given = text(name, str(default))
    # Python reads 1_000, 1e3 and the digits of other scripts too.
    found = float(given) if NUMBER.fullmatch(given) else math.nan
    if least <= found <= most:
        return found
    sys.exit(f"{name}: expected a number from {least} to {most}; found {given}.")


def whole_number(name: str, default: int, *, most: int) -> int:
    """Return the whole number of an environment variable; stop with a sentence if it is none from 0 to `most`."""
    found = number(name, default, most=most)
    return int(found) if found.is_integer() else sys.exit(f"{name}: expected a whole number; found {found}.")


def time_zone(name: str, default: str) -> str:
    """Return a time zone's name from an environment variable; stop with a sentence if the machine knows none such."""
    found = text(name, default)
    try:
        # A machine without time zone data knows GMT nevertheless.
        return found if found == "GMT" else ZoneInfo(found).key
    except (LookupError, ValueError, OSError):
        sys.exit(
            f"{name}: expected a time zone that this machine knows, such as Europe/Berlin; found {found}. "
            "Its names are those of the IANA's time zone database, which the system's package tzdata has."
        )


def flag(name: str, *, default: bool) -> bool:
    """Return whether an environment variable is 1, or the default if it is unset or empty; stop if it is neither."""
    given = text(name, str(int(default)))
    return given == "1" if given in ("0", "1") else sys.exit(f"{name}: expected 0 or 1; found {given}.")
