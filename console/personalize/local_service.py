"""What the local service offers beside AWS's calls, for demonstrations, reached by a dotted path in the settings.

Amazon Personalize has nothing of it, so that only pages of the environment `local` may ask for it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

# The response of a simulation that only delays.
AS_EVER = "as ever"


class StoredUser(Protocol):
    """A user as the service holds it; `properties` is the text of a JSON object by property name."""

    user_id: str
    properties: str
    created_at: datetime
    replaced_at: datetime


class UsersPage(Protocol):
    """Some users in order of their ids, and whether there are others before and after them."""

    @property
    def users(self) -> Sequence[StoredUser]: ...
    @property
    def has_previous(self) -> bool: ...
    @property
    def has_next(self) -> bool: ...


class Simulation(Protocol):
    """What calls of PutUsers are answered with, after some seconds; `calls` and `remaining` are None for all calls."""

    response: str
    seconds: float
    calls: int | None
    remaining: int | None
    started_by: str
    started_at: datetime


class DemoContents(Protocol):
    """The names of the demo's dataset groups, and how many of each kind of record its datasets hold."""

    @property
    def groups(self) -> list[str]: ...
    @property
    def records(self) -> list[tuple[str, int]]: ...


class LocalService(Protocol):
    """The module that the setting names."""

    def users_page(
        self, dataset_arn: str, prefix: str, after: str | None, before: str | None, size: int
    ) -> UsersPage: ...
    def count_users(self, dataset_arn: str, prefix: str, most: int) -> int: ...
    def find_user(self, dataset_arn: str, user_id: str) -> StoredUser | None: ...
    def find_users(self, dataset_arn: str, user_ids: Collection[str]) -> Mapping[str, StoredUser]: ...
    def responses(self) -> Mapping[str, str]: ...
    def simulate(self, response: str, seconds: float, calls: int | None, person_name: str) -> None: ...
    def stop_simulating(self) -> bool: ...
    def simulation(self) -> Simulation | None: ...
    def reset_demo_data(self) -> str: ...
    def demo_contents(self) -> DemoContents: ...


def local_service() -> LocalService:
    """Return what the local service offers."""
    return cast("LocalService", import_module(settings.CONSOLE_LOCAL_DEMONSTRATION))
