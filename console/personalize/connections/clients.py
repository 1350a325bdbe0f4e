"""boto3 clients, one for each environment and service, and where a role is assumed, for each person.

Credentials, profiles, regions and endpoints come from boto3's own configuration, but for what the environment says
itself. For the local environment the signed request is handed to the local service instead of a network.
"""

import hashlib
import os
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, overload

import boto3
import botocore.session
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    Credentials,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import InvalidConfigError, InvalidEndpointConfigurationError, NoCredentialsError
from botocore.loaders import Loader
from django.conf import settings

from console.local import api as local_api
from console.personalize.answers import check_acknowledgement
from console.personalize.attempts import watch
from console.personalize.connections.account_clues import clue_of_session
from console.personalize.connections.client_config import client_config
from console.personalize.connections.connections import Connection, OpenSession, check_unchanged, connection_of
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

# The address that requests to the local service are signed for; nothing is ever sent there.
LOCAL_ENDPOINT = "http://local-service.internal"
# Of a role's session that nobody in particular works in.
ROLE_SESSION_NAME = "personalize-console"
# What STS takes as RoleSessionName, and its length, in its API reference of AssumeRole.
OTHER_CHARACTER = re.compile(r"[^\w+=,.@-]", re.ASCII)
SHORTEST_SESSION_NAME, LONGEST_SESSION_NAME = 2, 64


class _SharedLoader(Loader):
    """botocore's descriptions of services, read once for all sessions, each of which would add a place to look in."""

    @property
    def search_paths(self) -> list[str]:
        return list(super().search_paths)


_loader = _SharedLoader(include_default_search_paths=True)


@overload
def client(environment: Environment, service: Literal["personalize"]) -> "PersonalizeClient": ...
@overload
def client(environment: Environment, service: Literal["personalize-events"]) -> "PersonalizeEventsClient": ...
@overload
def client(environment: Environment, service: Literal["sts"]) -> Any: ...
def client(environment: Environment, service: str) -> Any:
    """Return the environment's client of a service, which threads may share; raise BotoCoreError if none can be made.

    It is kept with the environment's connection, or until many others were asked for since.
    """
    connection = connection_of(environment)
    name = session_name(environment.person_name) if environment.role_arn else ""
    kept = connection.sessions.get(name)
    if kept and service in kept.clients:
        return kept.clients[service]
    # Sessions may not make two clients at once; a slow environment must not hold up another one.
    with connection.making:
        kept = found = connection.sessions.get(name)
        kept = kept or _new(environment, connection)
        if service not in kept.clients:
            kept.clients[service] = _made(kept.session, environment, service)
            clue = clue_of_session(kept.session._session)
            if found is None and not environment.is_local:
                # The files were read again for the session and its credentials.
                check_unchanged(environment, connection)
            connection.clue = clue
        connection.sessions.put(name, kept)
        return kept.clients[service]


def session_name(person_name: str) -> str:
    """Return the name of a role's session for a person, as AWS CloudTrail will show it.

    It is the person's own name if STS takes that. Otherwise what STS does not take is replaced, and what tells the
    person from others of a similar name is added.
    """
    if not person_name:
        return ROLE_SESSION_NAME
    name = OTHER_CHARACTER.sub("-", person_name)
    if name == person_name and SHORTEST_SESSION_NAME <= len(name) <= LONGEST_SESSION_NAME:
        return name
    mark = hashlib.sha256(person_name.encode(errors="replace")).hexdigest()[:8]
    return f"{name[: LONGEST_SESSION_NAME - len(mark) - 1]}-{mark}"


def _made(session: boto3.Session, environment: Environment, service: str) -> Any:
    endpoint_url = LOCAL_ENDPOINT if environment.is_local else environment.endpoint_url
    if service == "sts":
        endpoint_url = None
    try:
        # The stubs know each service's name as a literal only.
        made = session.client(service, endpoint_url=endpoint_url, config=client_config())  # type: ignore[call-overload]
    except ValueError as error:
        # botocore's way of saying that an endpoint URL is none, or a setting no number.
        if "endpoint" in str(error):
            raise InvalidEndpointConfigurationError(msg=str(error)) from error
        raise InvalidConfigError(error_msg=str(error)) from error
    watch(made, has_network=not environment.is_local)
    made.meta.events.register("before-parse.personalize-events", check_acknowledgement)
    return made


def _new(environment: Environment, connection: Connection) -> OpenSession:
    if environment.is_local:
        return OpenSession(_local_session(environment))
    session = botocore.session.Session(profile=environment.profile)
    session.register_component("data_loader", _loader)
    source = _assume_role(session, environment, connection) if environment.role_arn else None
    return OpenSession(boto3.Session(botocore_session=session, region_name=environment.region), source)


def _local_session(environment: Environment) -> boto3.Session:
    # The local service must work on a machine whose AWS configuration is missing or broken, so none of it is read:
    # each variable of the session has its default, and the files are empty.
    own = {
        name: (None, None, default, conversion)
        for name, (_key, _variable, default, conversion) in botocore.session.Session.SESSION_VARIABLES.items()
    }
    files = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    session = botocore.session.Session(session_vars={**own, **files})
    session.register("before-send", local_api.before_send)
    return boto3.Session(
        botocore_session=session,
        region_name=environment.region,
        aws_access_key_id=settings.CONSOLE_LOCAL_ACCESS_KEY_ID,
        aws_secret_access_key=settings.CONSOLE_LOCAL_SECRET_ACCESS_KEY,
    )


class _RoleProvider(CredentialProvider):
    """Gives a role's credentials, fetched at the first call and renewed in time."""

    METHOD = "assume-role"

    def __init__(self, fetcher: AssumeRoleCredentialFetcher) -> None:
        super().__init__()
        self.fetcher = fetcher

    def load(self) -> Credentials:
        return DeferredRefreshableCredentials(self.fetcher.fetch_credentials, self.METHOD)


def _source(session: botocore.session.Session, connection: Connection) -> Credentials:
    """Return the credentials that people assume a role with: found once for all of them. Raise NoCredentialsError."""
    source = next((each.source for each in connection.sessions.values() if each.source), None)
    # Not by get_credentials, which would keep them as the session's own.
    source = source or session.get_component("credential_provider").load_credentials()
    if source is None:
        raise NoCredentialsError
    return source


def _assume_role(session: botocore.session.Session, environment: Environment, connection: Connection) -> Credentials:
    """Let a session act as the environment's role, and return the credentials that the role is taken with.

    Raise NoCredentialsError if there are none: without the role it must not act at all.
    """
    source = _source(session, connection)
    in_region = partial(session.create_client, region_name=environment.region, config=client_config())

    def create_client(*names: Any, **more: Any) -> Any:
        with connection.making:
            return in_region(*names, **more)

    extra = {"RoleSessionName": session_name(environment.person_name)}
    if environment.external_id:
        extra["ExternalId"] = environment.external_id
    assert environment.role_arn
    fetcher = AssumeRoleCredentialFetcher(create_client, source, environment.role_arn, extra_args=extra)
    session.register_component("credential_provider", CredentialResolver([_RoleProvider(fetcher)]))
    return source
