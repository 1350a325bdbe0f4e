"""boto3 clients, one for each environment and service, and where a role is assumed, for each person.

Credentials, profiles, regions and endpoints come from boto3's own configuration, but for what the environment says
itself. For the local environment the signed request is handed to the local service instead of a network.
"""

import hashlib
import math
import os
import re
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from functools import partial
from threading import Lock, RLock
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
from botocore.loaders import Loader
from django.conf import settings
from django.utils.module_loading import import_string

from console.personalize.account_clues import clue_of_configuration, clue_of_session, configuration_mark
from console.personalize.answers import check_acknowledgement
from console.personalize.attempts import watch
from console.personalize.endpoints import forget_endpoint
from console.personalize.environments import Environment

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

MOST_ATTEMPTS = 3
# The address that requests to the local service are signed for; nothing is ever sent there.
LOCAL_ENDPOINT = "http://local-service.internal"
# Of a role's session that nobody in particular works in.
ROLE_SESSION_NAME = "personalize-console"
# What STS takes as RoleSessionName, and its length, in its API reference of AssumeRole.
OTHER_CHARACTER = re.compile(r"[^\w+=,.@-]", re.ASCII)
SHORTEST_SESSION_NAME, LONGEST_SESSION_NAME = 2, 64
# People who work at the same time. Beyond them, whoever came longest ago has their role assumed anew.
MOST_SESSIONS = 100
SECONDS_BETWEEN_LOOKS = 30.0


class _SharedLoader(Loader):
    """botocore's descriptions of services, read once for all sessions, each of which would add a place to look in."""

    @property
    def search_paths(self) -> list[str]:
        return list(super().search_paths)


@dataclass(slots=True)
class _Kept:
    """A session of boto3, its clients by service, the credentials that it assumes a role with, and its account's clue.

    The clue is there with the first client.
    """

    session: boto3.Session
    source: Credentials | None = None
    clients: dict[str, Any] = field(default_factory=dict)
    clue: str = ""


# By environment and the name of the role's session; the one that was used last is last.
_clients: OrderedDict[tuple[Environment, str], _Kept] = OrderedDict()
_keeping = Lock()
# Sessions may not make two clients at once; a slow environment must not hold up another one.
_making: defaultdict[Environment, RLock] = defaultdict(RLock)
_loader = _SharedLoader(include_default_search_paths=True)


@overload
def client(environment: Environment, service: Literal["personalize"]) -> "PersonalizeClient": ...
@overload
def client(environment: Environment, service: Literal["personalize-events"]) -> "PersonalizeEventsClient": ...
@overload
def client(environment: Environment, service: Literal["sts"]) -> Any: ...
def client(environment: Environment, service: str) -> Any:
    """Return the environment's client of a service, which threads may share; raise BotoCoreError if none can be made.

    It is kept until it is forgotten, or until many others were asked for since.
    """
    key = environment, session_name(environment.person_name) if environment.role_arn else ""
    kept = _found(key)
    if kept and service in kept.clients:
        return kept.clients[service]
    with _making[environment]:
        kept = _found(key) or _new(environment)
        if service not in kept.clients:
            kept.clients[service] = _made(kept.session, environment, service)
            kept.clue = clue_of_session(kept.session._session)
        _keep(key, kept)
        return kept.clients[service]


def client_config() -> Config:
    """Return how long botocore waits, and how often it tries: what is lost may be asked for again in the same time.

    PutUsers may be repeated: it replaces users by id.
    """
    return Config(
        connect_timeout=settings.CONSOLE_CONNECT_SECONDS,
        read_timeout=settings.CONSOLE_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": MOST_ATTEMPTS},
        user_agent_extra="personalize-console",
    )


def account_clue(environment: Environment) -> str:
    """Return the clue to an environment's account: that of its clients, or what it would be now if there are none."""
    if environment.role_arn:
        return environment.role_arn
    kept = _found((environment, ""))
    return kept.clue if kept else clue_of_configuration(environment.profile)


# When the configuration of an environment was looked at last, and its mark then.
_looks: dict[Environment, tuple[float, str]] = {}


def is_configured_anew(environment: Environment) -> bool:
    """Say whether boto3's configuration of an environment was changed; it is looked at every 30 seconds."""
    now = time.monotonic()
    last, mark_then = _looks.get(environment, (-math.inf, ""))
    if environment.is_local or now < last + SECONDS_BETWEEN_LOOKS:
        return False
    mark = configuration_mark(environment.profile)
    _looks[environment] = now, mark
    return bool(mark_then) and mark != mark_then


def forget_clients(environment: Environment) -> None:
    """Forget an environment's clients: the next one is made with the configuration and credentials of then."""
    forget_endpoint(environment)
    with _keeping:
        for key in [key for key in _clients if key[0] == environment]:
            del _clients[key]
    # Whoever still makes one may be waiting for credentials that never come.
    _making.pop(environment, None)


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


def _found(key: tuple[Environment, str]) -> _Kept | None:
    with _keeping:
        kept = _clients.get(key)
        if kept:
            _clients.move_to_end(key)
        return kept


def _keep(key: tuple[Environment, str], kept: _Kept) -> None:
    with _keeping:
        _clients[key] = kept
        while len(_clients) > MOST_SESSIONS:
            _clients.popitem(last=False)


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
    made.meta.events.register("before-parse.personalize-events.PutUsers", check_acknowledgement)
    return made


def _new(environment: Environment) -> _Kept:
    if environment.is_local:
        return _Kept(_local_session(environment))
    # What is sent and what is said of it are to be of the same configuration.
    forget_endpoint(environment)
    session = botocore.session.Session(profile=environment.profile)
    session.register_component("data_loader", _loader)
    source = _assume_role(session, environment, environment.role_arn) if environment.role_arn else None
    return _Kept(boto3.Session(botocore_session=session, region_name=environment.region), source)


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


def _source(session: botocore.session.Session, environment: Environment) -> Credentials:
    """Return the credentials that people assume a role with: found once for all of them. Raise NoCredentialsError."""
    with _keeping:
        kept = next((kept for key, kept in _clients.items() if key[0] == environment and kept.source), None)
    # Not by get_credentials, which would keep them as the session's own.
    source = kept.source if kept else session.get_component("credential_provider").load_credentials()
    if source is None:
        raise NoCredentialsError
    return source


def _assume_role(session: botocore.session.Session, environment: Environment, role_arn: str) -> Credentials:
    """Let a session act as the environment's role, and return the credentials that the role is taken with.

    Raise NoCredentialsError if there are none: without the role it must not act at all.
    """
    source = _source(session, environment)
    in_region = partial(session.create_client, region_name=environment.region, config=client_config())

    def create_client(*names: Any, **more: Any) -> Any:
        with _making[environment]:
            return in_region(*names, **more)

    extra = {"RoleSessionName": session_name(environment.person_name)}
    if environment.external_id:
        extra["ExternalId"] = environment.external_id
    fetcher = AssumeRoleCredentialFetcher(create_client, source, role_arn, extra_args=extra)
    session.register_component("credential_provider", CredentialResolver([_RoleProvider(fetcher)]))
    return source
