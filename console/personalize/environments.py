"""Environments: a named account and region with a way to sign in, or the local service."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

LOCAL = "local"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
ROLE_ARN = re.compile(r"arn:[a-z-]+:iam::[0-9]{12}:role/\S+")
REQUIRED_KEYS = ("name", "region")
KEYS = ("name", "label", "region", "profile", "role_arn", "endpoint_url")
# First parts of the console's own addresses.
RESERVED_NAMES = ("admin", "aws", "healthz", "settings", "sign-in", "sign-out", "static", "table-preferences")


class EnvironmentsError(ValueError):
    """The file of environments cannot be used; the text says where and what is expected."""


@dataclass(frozen=True, slots=True)
class Environment:
    """An account and region to work in. What is not given is left to boto3's own configuration."""

    name: str
    label: str
    region: str
    profile: str | None = None
    role_arn: str | None = None
    endpoint_url: str | None = None

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

    @property
    def words(self) -> str:
        """The environment with its region and account, as the top navigation names it."""
        return " · ".join(filter(None, (self.label, self.region, self.account)))


@cache
def environments() -> dict[str, Environment]:
    """Return the environments by name, the default first; raise EnvironmentsError if the file cannot be used.

    Those of the file CONSOLE_ENVIRONMENTS come first, in its order. `local` is always there, after them.
    """
    local = Environment(LOCAL, "Local service", settings.CONSOLE_LOCAL_REGION)
    configured = read_environments(Path(settings.CONSOLE_ENVIRONMENTS)) if settings.CONSOLE_ENVIRONMENTS else []
    return {environment.name: environment for environment in [*configured, local]}


def default_environment() -> Environment:
    """Return the environment that the console opens with."""
    return next(iter(environments().values()))


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
        if key not in KEYS:
            raise EnvironmentsError(f"{place}: {key} is not known. Expected {', '.join(KEYS)}.")
        if not isinstance(value, str) or not value:
            raise EnvironmentsError(f"{place}: {key} must be text that is not empty.")
    for key in REQUIRED_KEYS:
        if key not in table:
            raise EnvironmentsError(f"{place}: {key} is missing.")
    name = table["name"]
    if not NAME.fullmatch(name):
        raise EnvironmentsError(f"{place}: the name {name!r} must be of lower-case letters, digits and hyphens.")
    if "role_arn" in table and not ROLE_ARN.fullmatch(table["role_arn"]):
        raise EnvironmentsError(f"{place}: role_arn must be as arn:aws:iam::123456789012:role/name.")
    if "endpoint_url" in table and not _is_address(table["endpoint_url"]):
        raise EnvironmentsError(f"{place}: endpoint_url must be an address such as https://personalize.example:8443.")
    if name in (LOCAL, *RESERVED_NAMES):
        raise EnvironmentsError(f"{place}: the name {name} is taken by the console itself.")
    return Environment(**{"label": name, **table})
