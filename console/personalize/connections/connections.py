"""What the console works with in an environment: all of it is of one state of boto3's configuration.

Endpoint, credentials, clients, and the account that AWS named for them belong together: records are sent to what the
page and the trail say. When boto3's configuration is changed, all of it is made anew within half a minute. What has
begun by then, a page or a call, goes on with what it began with.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, Any

from console.personalize.environments import Environment
from console.storage.process_cache import ProcessCache

if TYPE_CHECKING:
    import boto3
    from botocore.credentials import Credentials

SECONDS_BETWEEN_LOOKS = 30.0
# People who work at the same time. Beyond them, the one who came longest ago has the role assumed again.
MOST_SESSIONS = 100


@dataclass(slots=True, eq=False)
class OpenSession:
    """A session of boto3, its clients by service, and the credentials that it assumes a role with."""

    session: "boto3.Session"
    source: "Credentials | None" = None
    clients: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Connection:
    """What belongs together of an environment, and the state of the configuration that it was made of.

    `endpoint_url` is boto3's own for PutUsers, "" where the configuration cannot be read. `clue` is as
    `account_clues.py` has it. `arn_prefix` is what AWS says the ARNs begin with, "" until it has. `sessions` are by
    the name of the role's session. The lock `making` is taken while clients are made.
    """

    configuration: int = 0
    endpoint_url: str = ""
    clue: str = ""
    arn_prefix: str = ""
    sessions: ProcessCache[str, OpenSession] = field(default_factory=lambda: ProcessCache(most=MOST_SESSIONS))
    making: RLock = field(default_factory=RLock)


_connections: ProcessCache[Environment, Connection] = ProcessCache(SECONDS_BETWEEN_LOOKS)
# Those that a page or a call has begun with.
_begun: ContextVar[dict[Environment, Connection] | None] = ContextVar("connections_begun_with", default=None)


def connection_of(environment: Environment) -> Connection:
    """Return what an environment is worked with: within `same_connections`, the same each time."""
    begun = _begun.get()
    if begun is None:
        return _current(environment)
    if environment not in begun:
        begun[environment] = _current(environment)
    return begun[environment]


@contextmanager
def same_connections() -> Iterator[None]:
    """Let a block go on with the connections that it begins with; one in another such block has those of that."""
    if _begun.get() is not None:
        yield
        return
    token = _begun.set({})
    try:
        yield
    finally:
        _begun.reset(token)


def forget_connection(environment: Environment) -> None:
    """Have a new connection made for what begins from now on, with the configuration and credentials of then."""
    _connections.forget(environment)


def forget_connections() -> None:
    """Have all of them made again."""
    _connections.clear()


def _current(environment: Environment) -> Connection:
    if environment.is_local:
        return _connections.get_or_make(environment, lambda before: before or Connection())
    # It imports botocore, which commands that call no AWS start without.
    from console.personalize.connections.configuration import BROKEN

    try:
        return _connections.get_or_make(environment, lambda before: _read(environment, before))
    except BROKEN:
        # Without a connection nothing can be asked, and the pages say what is wrong with the configuration.
        return Connection()


def _read(environment: Environment, before: Connection | None) -> Connection:
    """Return the connection of the configuration as it is: the one before if that is the same. Raise BROKEN."""
    from console.personalize.connections.account_clues import clue_of_configuration
    from console.personalize.connections.configuration import BROKEN, endpoint_url, new_session, state_of

    try:
        session = new_session(environment)
        configuration = state_of(session)
        if before and before.configuration == configuration:
            return before
        url = environment.endpoint_url or endpoint_url(session, environment.region)
        return Connection(configuration, url, clue_of_configuration(session))
    except BROKEN:
        if before is None:
            raise
        # A file that is being written changes nothing.
        return before
