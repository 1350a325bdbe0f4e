"""What the ARNs of an environment begin with: partition, region and account, as `arn:aws:personalize:eu-west-1:1…`.

With the endpoint it says where an environment's records go, and so which part of the trail is its own.
"""

import hashlib
import os
import time
from contextlib import suppress
from threading import Lock, Thread

import botocore.session
from botocore.exceptions import BotoCoreError
from django.conf import settings

from console.personalize import calls
from console.personalize.endpoints import AWS, endpoint_of
from console.personalize.environments import Environment
from console.personalize.failures import PersonalizeError

# How long a page waits to know what another environment than its own is, and how long it does not ask again then.
SECONDS_TO_WAIT, SECONDS_UNTIL_ASKED_AGAIN = 2.0, 30.0
# What of a profile of boto3's configuration tells the account. A new key may be one of another account.
TELLING = ("role_arn", "sso_account_id", "aws_access_key_id", "credential_process")


def known_arn_prefix(environment: Environment) -> str:
    """Return what the ARNs of an environment begin with as far as it is known without a call, "" if it is not."""
    return _configured(environment) or calls.known_arn_prefix(environment)


def arn_prefix(environment: Environment) -> str:
    """Return what the ARNs of an environment begin with; raise PersonalizeError where nobody says it.

    AWS is asked once, where the environment does not name the account.
    """
    return _configured(environment) or calls.arn_prefix(environment)


def arn_prefix_soon(environment: Environment) -> str:
    """Return what the ARNs of an environment begin with, "" where that is not known in two seconds."""
    if not known_arn_prefix(environment):
        _start(environment).join(SECONDS_TO_WAIT)
    return known_arn_prefix(environment)


def account_mark(environment: Environment) -> str:
    """Return a text that becomes another one where an environment's configuration may lead to another account.

    It is "" where no mark is needed, since the environment names its account, and where the account is not a matter of
    the configuration, as with the role of a machine.
    """
    if _configured(environment):
        return ""
    telling = environment.role_arn or ":".join(_telling(environment))
    if not telling:
        return ""
    parts = (environment.name, environment.region, endpoint_of(environment), telling)
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()


def ask_anew() -> None:
    """Ask for all of them anew."""
    calls.forget_arn_prefixes()
    with _lock:
        _asking.clear()


# Threads that ask what the ARNs of an environment begin with, and when the next one may.
_asking: dict[Environment, tuple[Thread, float]] = {}
_lock = Lock()


def _start(environment: Environment) -> Thread:
    now = time.monotonic()
    with _lock:
        thread, until = _asking.get(environment, (None, now))
        if thread is None or (not thread.is_alive() and until < now):
            thread = Thread(target=_ask, args=(environment,), name=f"ARNs of {environment.name}", daemon=True)
            _asking[environment] = thread, now + SECONDS_UNTIL_ASKED_AGAIN
            thread.start()
        return thread


def _ask(environment: Environment) -> None:
    # What fails is in the log, and the environment's own pages say what does not work.
    with suppress(PersonalizeError):
        calls.arn_prefix(environment)


def _configured(environment: Environment) -> str:
    """Return what the ARNs begin with where the environment itself names the account, "" where it does not."""
    if environment.is_local:
        return f"arn:aws:personalize:{environment.region}:{settings.CONSOLE_LOCAL_ACCOUNT}"
    # What stands in for AWS may give ARNs of any account.
    if not environment.role_arn or endpoint_of(environment) != AWS:
        return ""
    _arn, partition, _iam, _region, account, _role = environment.role_arn.split(":", 5)
    return f"arn:{partition}:personalize:{environment.region}:{account}"


def _telling(environment: Environment) -> list[str]:
    """Return what of boto3's configuration tells the account, as it is now."""
    try:
        found = botocore.session.Session(profile=environment.profile).get_scoped_config()
    except BotoCoreError:
        # Nothing can be asked with such a configuration; the pages say what is wrong with it.
        return []
    # Variables count where the environment names no profile.
    variables = {} if environment.profile else {"aws_access_key_id": os.environ.get("AWS_ACCESS_KEY_ID")}
    telling = {**found, **{name: value for name, value in variables.items() if value}}
    return [str(telling[name]) for name in TELLING if name in telling]
