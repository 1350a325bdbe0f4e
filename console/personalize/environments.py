"""Environments: a named account and region with a way to sign in, or the local service."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

LOCAL = "local"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
ROLE_ARN = re.compile(r"arn:[a-z-]+:iam::[0-9]{12}:role/\S+")
# The pattern and length of STS for ExternalId, in its API reference of AssumeRole.
EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
# The colours of Cloudscape's badges.
COLOURS = ("blue", "green", "grey", "red", "yellow")
REQUIRED_KEYS = ("name", "region")
TEXTS = ("name", "label", "region", "profile", "role_arn", "external_id", "endpoint_url", "colour")
SWITCHES = ("read_only", "guarded")
GROUPS = ("viewers", "operators")
KEYS = (*TEXTS, *SWITCHES, *GROUPS)
# First parts of the console's own addresses.
RESERVED_NAMES = (
    "admin",
    "aws",
    "change-password",
    "healthz",
    "metrics",
    "readyz",
    "settings",
    "sign-in",
    "sign-out",
    "sign-out-everywhere",
    "static",
    "table-preferences",
)


class EnvironmentsError(ValueError):
    """The file of environments cannot be used; the text says where and what is expected."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An account and region to work in. What is not given is left to boto3's own configuration.

    `viewers` and `operators` are the names of the groups that see it and write to it; None for what holds of itself.
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
    viewers: tuple[str, ...] | None = None
    operators: tuple[str, ...] | None = None
    person_name: str = field(default="", compare=False)

    @property
    def is_local(self) -> bool:
        """Whether this is the embedded local service."""
        return self.name == LOCAL

    @property
    def account(self) -> str:
        """The account's id as far as it is known without a call: the local service's, or the role's; else nothing."""
        if self.is_local:
            account: str = settings.CONSOLE_LOCAL_ACCOUNT
            return account
        return self.role_arn.split(":")[4] if self.role_arn else ""

    def of_person(self, person_name: str) -> "Environment":
        """Return this environment as a person works in it, whom a role's session is named after."""
        return replace(self, person_name=person_name)


@cache
def environments() -> dict[str, Environment]:
    """Return the environments by name, the default first; raise EnvironmentsError if the file cannot be used.

    Those of the file CONSOLE_ENVIRONMENTS come first, in its order. `local` is always there, after them.
    """
    local = Environment(LOCAL, "Local service", settings.CONSOLE_LOCAL_REGION)
    configured = read_environments(Path(settings.CONSOLE_ENVIRONMENTS)) if settings.CONSOLE_ENVIRONMENTS else []
    return {environment.name: environment for environment in [*configured, local]}


def read_environments(path: Path) -> list[Environment]:
    """Return the environments of a TOML file with tables `[[environments]]`; raise EnvironmentsError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EnvironmentsError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise EnvironmentsError(f"{path} is not TOML: {error}") from error
    tables = content.get("environments")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise EnvironmentsError(f"{path} needs at least one table [[environments]].")
    found = [_environment(f"{path}, table {position}", table) for position, table in enumerate(tables, 1)]
    names = [environment.name for environment in found]
    for name in names:
        if names.count(name) > 1:
            raise EnvironmentsError(f"{path} has two environments with the name {name}.")
    return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _environment(place: str, table: dict[str, Any]) -> Environment:
    for key, value in table.items():
        _check_kind(place, key, value)
    for key in REQUIRED_KEYS:
        if key not in table:
            raise EnvironmentsError(f"{place}: {key} is missing.")
    name = table["name"]
    if not NAME.fullmatch(name):
        raise EnvironmentsError(f"{place}: the name {name!r} must be of lower-case letters, digits and hyphens.")
    if name in (LOCAL, *RESERVED_NAMES):
        raise EnvironmentsError(f"{place}: the name {name} is taken by the console itself.")
    _check_access(place, table)
    if table.get("colour", COLOURS[0]) not in COLOURS:
        raise EnvironmentsError(f"{place}: colour must be one of {', '.join(COLOURS)}.")
    groups = {key: tuple(table[key]) for key in GROUPS if key in table}
    return Environment(**{"label": name, **table, **groups})


def _check_kind(place: str, key: str, value: object) -> None:
    """Raise EnvironmentsError for a key that is not known, or a value that is not of its kind."""
    if key not in KEYS:
        raise EnvironmentsError(f"{place}: {key} is not known. Expected {', '.join(KEYS)}.")
    if key in SWITCHES:
        if not isinstance(value, bool):
            raise EnvironmentsError(f"{place}: {key} must be true or false.")
    elif key in GROUPS:
        if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
            raise EnvironmentsError(f'{place}: {key} must be a list of names of groups, such as ["operations"].')
    elif not isinstance(value, str) or not value:
        raise EnvironmentsError(f"{place}: {key} must be text that is not empty.")


def _check_access(place: str, table: dict[str, Any]) -> None:
    """Raise EnvironmentsError for a role, an external id or an endpoint URL that cannot be one."""
    if "role_arn" in table and not ROLE_ARN.fullmatch(table["role_arn"]):
        raise EnvironmentsError(f"{place}: role_arn must be as arn:aws:iam::123456789012:role/name.")
    if "external_id" in table and "role_arn" not in table:
        raise EnvironmentsError(f"{place}: external_id is for assuming a role, so it needs role_arn.")
    if "external_id" in table and not EXTERNAL_ID.fullmatch(table["external_id"]):
        allowed = "2 to 1224 letters, digits, and characters of +=,.@:/-_"
        raise EnvironmentsError(f"{place}: external_id must be of {allowed}.")
    if "endpoint_url" in table and not _is_address(table["endpoint_url"]):
        raise EnvironmentsError(f"{place}: endpoint_url must be an address such as https://personalize.example:8443.")
