"""boto3 clients, one for each environment and service.

Credentials, profiles, regions and endpoints come from boto3's own configuration, but for what the environment says
itself. For the local environment the signed request is handed to the local service instead of a network.
"""

import os
from collections import defaultdict
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, overload

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    Credentials,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import InvalidConfigError, InvalidEndpointConfigurationError, NoCredentialsError
from django.conf import settings
from django.utils.module_loading import import_string

from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

# A page waits for an answer, so that nothing is left to the defaults of a minute. PutUsers may be repeated: it
# replaces users by id.
CLIENT_CONFIG = Config(
    connect_timeout=3,
    read_timeout=settings.CONSOLE_READ_SECONDS,
    retries={"mode": "standard", "total_max_attempts": 3},
    user_agent_extra="personalize-console",
)
# The address that requests to the local service are signed for; nothing is ever sent there.
LOCAL_ENDPOINT = "http://local-service.internal"
ROLE_SESSION_NAME = "personalize-console"

_clients: dict[tuple[Environment, str], Any] = {}
# Sessions may not make two clients at once; a slow environment must not hold up another one.
_making: defaultdict[Environment, Lock] = defaultdict(Lock)


@overload
def client(environment: Environment, service: Literal["personalize"]) -> "PersonalizeClient": ...
@overload
def client(environment: Environment, service: Literal["personalize-events"]) -> "PersonalizeEventsClient": ...
def client(environment: Environment, service: str) -> Any:
    """Return the environment's client of a service, which threads may share; raise BotoCoreError if none can be made.

    It is kept until it is forgotten.
    """
    found = _clients.get((environment, service))
    if found is None:
        with _making[environment]:
            found = _clients.setdefault((environment, service), _made(environment, service))
    return found


def forget_clients(environment: Environment) -> None:
    """Forget an environment's clients: the next one is made with the configuration and credentials of then."""
    for key in [key for key in list(_clients) if key[0] == environment]:
        _clients.pop(key, None)


def _made(environment: Environment, service: str) -> Any:
    session = _local_session(environment) if environment.is_local else _session(environment)
    endpoint_url = LOCAL_ENDPOINT if environment.is_local else environment.endpoint_url
    try:
        # The stubs know each service's name as a literal only.
        return session.client(service, endpoint_url=endpoint_url, config=CLIENT_CONFIG)  # type: ignore[call-overload]
    except ValueError as error:
        # botocore's way of saying that an endpoint URL is none, or a setting no number.
        if "endpoint" in str(error):
            raise InvalidEndpointConfigurationError(msg=str(error)) from error
        raise InvalidConfigError(error_msg=str(error)) from error


def _session(environment: Environment) -> boto3.Session:
    session = botocore.session.Session(profile=environment.profile)
    if environment.role_arn:
        _assume_role(session, environment.role_arn, environment.region)
    return boto3.Session(botocore_session=session, region_name=environment.region)


def _local_session(environment: Environment) -> boto3.Session:
    # The local service must work on a machine whose AWS configuration is missing or broken, so none of it is read:
    # each variable of the session has its default, and the files are empty.
    own = {
        name: (None, None, default, conversion)
        for name, (_key, _variable, default, conversion) in botocore.session.Session.SESSION_VARIABLES.items()
    }
    files = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    session = botocore.session.Session(session_vars={**own, **files})
    session.register("before-send", import_string(settings.CONSOLE_LOCAL_DOOR))
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


def _assume_role(session: botocore.session.Session, role_arn: str, region: str) -> None:
    """Let a session act as a role, taken with the credentials that the session has of itself.

    Raise NoCredentialsError if it has none: without the role it must not act at all.
    """
    # Not by get_credentials, which would keep them as the session's own.
    source: Credentials | None = session.get_component("credential_provider").load_credentials()
    if source is None:
        raise NoCredentialsError
    create_client = partial(session.create_client, region_name=region, config=CLIENT_CONFIG)
    extra = {"RoleSessionName": ROLE_SESSION_NAME}
    fetcher = AssumeRoleCredentialFetcher(create_client, source, role_arn, extra_args=extra)
    session.register_component("credential_provider", CredentialResolver([_RoleProvider(fetcher)]))
