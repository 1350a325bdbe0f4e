"""Connections to environments, each made from a single state of boto3's configuration.

Endpoint, credentials, clients, and the account that AWS named for them belong together: records go where the page and
the trail say. When boto3's configuration changes, all of it is replaced within half a minute. A page or a call that
has begun by then continues with its connection.
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
    """A boto3 session, its clients by service, and the credentials with which it assumes a role."""

    session: "boto3.Session"
    source: "Credentials | None" = None
    clients: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Connection:
    """All that belongs together for an environment, and the state of the configuration it was made from.

    `endpoint_url` is boto3's own for PutUsers, "" if the configuration cannot be read. `clue` is explained in
    `account_clues.py`. `arn_prefix` is the beginning of the ARNs, "" until AWS has returned it. `sessions` are by the
    role session name. The lock `making` is held while clients are created.
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
    """Return the connection to an environment: within `same_connections`, always the same one."""
    begun = _begun.get()
    if begun is None:
        return _current(environment)
    if environment not in begun:
        begun[environment] = _current(environment)
    return begun[environment]


@contextmanager
def same_connections() -> Iterator[None]:
    """Let a block keep the connections that it begins with; nested blocks share those of the outer one."""
    if _begun.get() is not None:
        yield
        return
    token = _begun.set({})
    try:
        yield
    finally:
        _begun.reset(token)


def forget_connection(environment: Environment) -> None:
    """Make later pages and calls use a new connection, with the configuration and credentials of that time."""
    _connections.forget(environment)


def forget_connections() -> None:
    """Replace all connections."""
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
    """Return a connection for the present configuration: the previous one if it is unchanged. Raise BROKEN."""
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
