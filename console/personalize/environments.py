"""Environments: a named account and region with a way to sign in, or the local service."""

import hashlib
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from console.personalize.environment_values import GROUPS, KEYS, EnvironmentsError, check_access, check_kind
from console.records.json.nodes import shortened

LOCAL = "local"
TABLES = "environments"
# A file of environments has some thousands of bytes; another path may never end.
LONGEST_REASON = 250
MOST_BYTES = 1024 * 1024
REQUIRED_KEYS = ("name", "region")
# First parts of the console's own addresses.
RESERVED_NAMES = (
    "activity",
    "admin",
    "aws",
    "change-password",
    "environments",
    "former-environments",
    "healthz",
    "metrics",
    "people",
    "readyz",
    "set-password",
    "settings",
    "sign-in",
    "sign-out",
    "sign-out-everywhere",
    "static",
    "table-preferences",
)


@dataclass(frozen=True, slots=True)
class Environment:
    """An account and region to work in. What is not given is left to boto3's own configuration.

    The console writes the files of jobs to `import_bucket`, which `import_role_arn` may read; "" where it writes none.
    `viewers` and `operators` are the names of the groups that see it and write to it; None where roles alone decide.
    `origin` is the key of what was sent where it is a former one: then nothing can be asked of it.
    `person_name` is who works in it: the same environment for another person is equal.
    """

    name: str
    label: str
    region: str
    profile: str | None = None
    role_arn: str | None = None
    endpoint_url: str | None = None
    external_id: str | None = None
    read_only: bool = False
    guarded: bool = False
    colour: str = ""
    import_bucket: str = ""
    import_role_arn: str = ""
    viewers: tuple[str, ...] | None = None
    operators: tuple[str, ...] | None = None
    origin: int | None = None
    person_name: str = field(default="", compare=False)

    @property
    def is_local(self) -> bool:
        """Whether this is the embedded local service."""
        return self.name == LOCAL

    @property
    def is_former(self) -> bool:
        """Whether it is there no longer as it was when something was sent from it."""
        return self.origin is not None

    @property
    def account(self) -> str:
        """The account's id as far as it is known without a call: the local service's, or the role's; else nothing."""
        if self.is_local:
            account: str = settings.CONSOLE_LOCAL_ACCOUNT
            return account
        return self.role_arn.split(":")[4] if self.role_arn else ""

    @property
    def cache_key(self) -> str:
        """A part of a key of Django's cache, the same for environments that are equal and for no others."""
        return hashlib.sha256(repr(self.of_person("")).encode(errors="replace")).hexdigest()

    def of_person(self, person_name: str) -> "Environment":
        """Return this environment as a person works in it, whom a role's session is named after."""
        return replace(self, person_name=person_name)


def former_environment(name: str, label: str, region: str, origin: int) -> Environment:
    """Return an environment as it was when something was sent from it: `origin` is the key of that.

    Its label may be the name of another one today, but its name is not.
    """
    return Environment(name, label, region, read_only=True, origin=origin)


@cache
def environments() -> dict[str, Environment]:
    """Return the environments by name, the default first; raise EnvironmentsError if the file cannot be used.

    Those of the file CONSOLE_ENVIRONMENTS come first, in its order. `local` is always there, after them.
    """
    local = Environment(LOCAL, "Local service", settings.CONSOLE_LOCAL_REGION)
    if "://" in settings.CONSOLE_ENVIRONMENTS:
        # It is not repeated: a path has no place for a password, and none would be left out of it.
        raise EnvironmentsError("CONSOLE_ENVIRONMENTS has a URL. Give it the path of a file on this machine.")
    configured = read_environments(Path(settings.CONSOLE_ENVIRONMENTS)) if settings.CONSOLE_ENVIRONMENTS else []
    return {environment.name: environment for environment in [*configured, local]}


def read_environments(path: Path) -> list[Environment]:
    """Return the environments of a TOML file with tables `[[environments]]`; raise EnvironmentsError."""
    content = _content(path)
    for key in content:
        if key != TABLES:
            raise EnvironmentsError(
                f"{path}: {_shown(key)} is not known. Everything in the file belongs in [[{TABLES}]] tables, one for "
                "each environment."
            )
    tables = content.get(TABLES)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise EnvironmentsError(f"{path} needs at least one table [[{TABLES}]].")
    found = [_environment(f"{path}, table {position}", table) for position, table in enumerate(tables, 1)]
    names = [environment.name for environment in found]
    for name in names:
        if names.count(name) > 1:
            raise EnvironmentsError(f"{path} has two environments with the name {name}.")
    return found


def _content(path: Path) -> dict[str, Any]:
    """Return the tables of a TOML file, which may begin with UTF-8's byte order mark; raise EnvironmentsError."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise EnvironmentsError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise EnvironmentsError(f"{path} is longer than 1 MiB. Name the file with your environments.")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise EnvironmentsError(f"{path} is not TOML: it is not UTF-8. Save it with that encoding.") from error
    except RecursionError as error:
        raise EnvironmentsError(f"{path} has brackets that are nested too deeply to be read.") from error
    except ValueError as error:
        raise EnvironmentsError(f"{path} is not TOML: {_without_middle(str(error))}.") from error


def _without_middle(reason: str) -> str:
    """Return a reason of tomllib, which may repeat a key of any length, and says in the end where that is."""
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:100]}…{reason[-100:]}"


def _shown(key: str) -> str:
    return shortened(key if key and key.isprintable() else repr(key))


def _environment(place: str, table: dict[str, Any]) -> Environment:
    for key, value in table.items():
        if key not in KEYS:
            raise EnvironmentsError(f"{place}: {_shown(key)} is not known. Expected {', '.join(KEYS)}.")
        check_kind(place, key, value)
    for key in REQUIRED_KEYS:
        if key not in table:
            raise EnvironmentsError(f"{place}: {key} is missing.")
    name = table["name"]
    if name in (LOCAL, *RESERVED_NAMES):
        raise EnvironmentsError(f"{place}: the name {name} is reserved for the console itself.")
    check_access(place, table)
    groups = {key: tuple(table[key]) for key in GROUPS if key in table}
    return Environment(**{"label": name, **table, **groups})
