"""boto3's configuration, as its files and variables are now."""

import botocore.session
from botocore.exceptions import BotoCoreError
from botocore.loaders import Loader

from console.personalize.connections.client_config import client_config
from console.personalize.environments import Environment

# Errors raised for a broken configuration, whichever part of it is read.
BROKEN = (BotoCoreError, ValueError, TypeError)


class ConfigurationChangedError(BotoCoreError):
    """boto3's configuration changed between two reads that must see the same state."""

    fmt = "The configuration of boto3 was changed while it was read."


class _SharedLoader(Loader):
    """botocore's service descriptions, read once for all sessions, each of which would add a search path."""

    @property
    def search_paths(self) -> list[str]:
        return list(super().search_paths)


# A session with a loader of its own takes six times as long to make its first client.
LOADER = _SharedLoader(include_default_search_paths=True)


def new_session(environment: Environment) -> botocore.session.Session:
    """Return a session that reads the configuration of an environment's profile; raise BROKEN."""
    session = botocore.session.Session(profile=environment.profile)
    session.register_component("data_loader", LOADER)
    return session


def state_of(session: botocore.session.Session) -> int:
    """Return a number that changes whenever the configuration changes; raise BROKEN."""
    # Profiles may refer to one another and to other sections, so all of them count.
    return hash(repr((session.full_config, session.get_scoped_config())))


def check_unchanged(environment: Environment, state: int) -> None:
    """Raise ConfigurationChangedError unless the configuration is in a state that `state_of` returned."""
    try:
        is_same = state == state_of(new_session(environment))
    except BROKEN as error:
        raise ConfigurationChangedError from error
    if not is_same:
        raise ConfigurationChangedError


def endpoint_url(session: botocore.session.Session, region: str) -> str:
    """Return the endpoint that PutUsers is sent to in a region; raise BROKEN."""
    # It calls nothing. With keys of its own it does not look for credentials either, which may take long.
    client = session.create_client(
        "personalize-events",
        region_name=region,
        aws_access_key_id="none",
        aws_secret_access_key="none",
        config=client_config(),
    )
    url: str = client.meta.endpoint_url
    return url
