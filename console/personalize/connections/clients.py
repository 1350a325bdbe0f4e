"""boto3 clients: one for each environment and service, and for each person if a role is assumed.

`sessions.py` creates them.
"""

import hashlib
import re
from typing import TYPE_CHECKING, Any, Literal, overload

from console.personalize.connections.connections import connection_of
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

# The role session name when no particular person is at work.
ROLE_SESSION_NAME = "personalize-console"
# Characters that STS accepts in RoleSessionName, and its length (API reference, AssumeRole).
OTHER_CHARACTER = re.compile(r"[^\w+=,.@-]", re.ASCII)
SHORTEST_SESSION_NAME, LONGEST_SESSION_NAME = 2, 64


@overload
def client(environment: Environment, service: Literal["personalize"]) -> "PersonalizeClient": ...
@overload
def client(environment: Environment, service: Literal["personalize-events"]) -> "PersonalizeEventsClient": ...
@overload
def client(environment: Environment, service: Literal["sts", "s3"]) -> Any: ...
def client(environment: Environment, service: str) -> Any:
    """Return the environment's thread-safe client of a service; raise BotoCoreError if it cannot be created.

    It is kept with the environment's connection, until many others have been requested since.
    """
    connection = connection_of(environment)
    name = session_name(environment.person_name) if environment.role_arn else ""
    kept = connection.sessions.get(name)
    if kept and service in kept.clients:
        return kept.clients[service]
    # boto3 takes as long to import as the rest of a command does to start: it waits for the first client.
    from console.personalize.connections.sessions import make_client

    return make_client(connection, environment, name, service)


def session_name(person_name: str) -> str:
    """Return the role session name of a person, as AWS CloudTrail shows it.

    It is the person's own name if STS accepts that. Otherwise invalid characters are replaced, and a suffix
    distinguishes people with similar names.
    """
    if not person_name:
        return ROLE_SESSION_NAME
    name = OTHER_CHARACTER.sub("-", person_name)
    if name == person_name and SHORTEST_SESSION_NAME <= len(name) <= LONGEST_SESSION_NAME:
        return name
    mark = hashlib.sha256(person_name.encode(errors="replace")).hexdigest()[:8]
    return f"{name[: LONGEST_SESSION_NAME - len(mark) - 1]}-{mark}"
