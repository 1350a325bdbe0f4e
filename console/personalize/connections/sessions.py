"""Sessions of boto3, and the clients that are made of them.

Credentials, profiles, regions and endpoints come from boto3's own configuration, but for what the environment says
itself. For the local environment the signed request is handed to the local service instead of a network.
"""

import os
from functools import partial
from typing import Any

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
from django.conf import settings

from console.local import api as local_api
from console.personalize.answers import check_acknowledgement
from console.personalize.connections.account_clues import clue_of_session
from console.personalize.connections.client_config import client_config
from console.personalize.connections.configuration import LOADER, check_unchanged, new_session
from console.personalize.connections.connections import Connection, OpenSession
from console.personalize.connections.watching import watch
from console.personalize.environments import Environment

# The address that requests to the local service are signed for; nothing is ever sent there.
LOCAL_ENDPOINT = "http://local-service.internal"
# An environment's own endpoint is for Personalize.
OTHER_SERVICES = ("sts", "s3")


def make_client(connection: Connection, environment: Environment, name: str, service: str) -> Any:
    """Return a connection's client of a service, made if it is not there; `name` is that of the role's session, or "".

    Raise BotoCoreError if none can be made.
    """
    # Sessions may not make two clients at once; a slow environment must not delay another one.
    with connection.making:
        kept = found = connection.sessions.get(name)
        kept = kept or _new(environment, connection, name)
        if service not in kept.clients:
            kept.clients[service] = _made(kept.session, environment, service)
            clue = clue_of_session(kept.session._session)
            if found is None and not environment.is_local:
                # The files were read again for the session and its credentials.
                check_unchanged(environment, connection.configuration)
            connection.clue = clue
        connection.sessions.put(name, kept)
        return kept.clients[service]


def _made(session: boto3.Session, environment: Environment, service: str) -> Any:
    endpoint_url = LOCAL_ENDPOINT if environment.is_local else environment.endpoint_url
    if service in OTHER_SERVICES:
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
    for operations in ("personalize-events", "personalize.DeleteEventTracker"):
        made.meta.events.register(f"before-parse.{operations}", check_acknowledgement)
    return made


def _new(environment: Environment, connection: Connection, name: str) -> OpenSession:
    if environment.is_local:
        return OpenSession(_local_session(environment))
    session = new_session(environment)
    source = _assume_role(session, environment, connection, name) if environment.role_arn else None
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
    session.register_component("data_loader", LOADER)
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


def _assume_role(
    session: botocore.session.Session, environment: Environment, connection: Connection, name: str
) -> Credentials:
    """Let a session of a name act as the environment's role, and return the credentials that the role is taken with.

    Raise NoCredentialsError if there are none: without the role it must not act at all.
    """
    source = _source(session, connection)
    in_region = partial(session.create_client, region_name=environment.region, config=client_config())

    def create_client(*names: Any, **more: Any) -> Any:
        with connection.making:
            return in_region(*names, **more)

    extra = {"RoleSessionName": name}
    if environment.external_id:
        extra["ExternalId"] = environment.external_id
    assert environment.role_arn
    fetcher = AssumeRoleCredentialFetcher(create_client, source, environment.role_arn, extra_args=extra)
    session.register_component("credential_provider", CredentialResolver([_RoleProvider(fetcher)]))
    return source
