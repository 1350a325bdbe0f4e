"""The beginning of an environment's ARNs: partition, region and account, as `arn:aws:personalize:eu-west-1:1…`.

Together with the endpoint it says where an environment's records go, and so which part of the trail is its own.
"""

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from threading import Lock, Thread

from django.conf import settings

from console.personalize import arns
from console.personalize.connections.connections import connection_of, forget_connections
from console.personalize.connections.endpoints import AWS, endpoint_of
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.storage.process_cache import ProcessCache

# How long a page waits to know what environments are, and how long it does not ask again then.
SECONDS_TO_WAIT, SECONDS_UNTIL_ASKED_AGAIN = 2.0, 30.0


def known_arn_prefix(environment: Environment) -> str:
    """Return the beginning of an environment's ARNs if it is known without a call, else ""."""
    return _configured(environment) or arns.known_arn_prefix(environment)


def arn_prefix(environment: Environment) -> str:
    """Return the beginning of an environment's ARNs; raise PersonalizeError if it cannot be determined.

    AWS is asked once, if the environment does not name its account.
    """
    return _configured(environment) or arns.arn_prefix(environment)


def ask_for_arn_prefixes(asked: Iterable[Environment]) -> None:
    """Request the unknown ARN prefixes of environments from AWS, and wait two seconds for them.

    They are requested concurrently. A request that others have already waited for is not waited for again.
    """
    asking = []
    for each in asked:
        if not known_arn_prefix(each):
            # Where the system has no thread left, it is asked for another time.
            with suppress(RuntimeError):
                asking.append(_start(each))
    for thread, until in asking:
        thread.join(max(0.0, until - time.monotonic()))


def account_mark(environment: Environment) -> str:
    """Return a digest that changes when an environment's credentials may belong to another account.

    It is "" if no digest is needed, because the environment names its account, and if nothing hints at the account, as
    with a machine's role.
    """
    if _configured(environment):
        return ""
    clue = environment.role_arn or connection_of(environment).clue
    if not clue:
        return ""
    parts = (environment.name, environment.region, endpoint_of(environment), clue)
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()


def ask_anew() -> None:
    """Forget all prefixes, so that they are requested again."""
    forget_connections()
    _asking.clear()


# Threads that ask what the ARNs of an environment begin with, and when they began.
_asking: ProcessCache[Environment, tuple[Thread, float]] = ProcessCache(SECONDS_UNTIL_ASKED_AGAIN)
_starting = Lock()


def _start(environment: Environment) -> tuple[Thread, float]:
    """Return the thread that requests an environment's prefix, and until when to wait for it."""
    # Of several threads that arrive together, one starts it.
    with _starting:
        thread, began = _asking.get_or_make(environment, lambda before: _started(environment, before))
    return thread, began + SECONDS_TO_WAIT


def _started(environment: Environment, before: tuple[Thread, float] | None) -> tuple[Thread, float]:
    """Return a running thread and when it started: the previous one if it still runs."""
    if before and before[0].is_alive():
        return before
    thread = Thread(target=_ask, args=(environment,), name=f"ARNs of {environment.name}", daemon=True)
    thread.start()
    return thread, time.monotonic()


def _ask(environment: Environment) -> None:
    # Failures are in the log, and the environment's own pages show them.
    with suppress(PersonalizeError):
        arns.arn_prefix(environment)


def _configured(environment: Environment) -> str:
    """Return the ARN prefix if the environment itself names its account, else ""."""
    if environment.is_local:
        return f"arn:aws:personalize:{environment.region}:{settings.CONSOLE_LOCAL_ACCOUNT}"
    # An endpoint other than AWS may return ARNs of any account.
    if not environment.role_arn or endpoint_of(environment) != AWS:
        return ""
    _arn, partition, _iam, _region, account, _role = environment.role_arn.split(":", 5)
    return f"arn:{partition}:personalize:{environment.region}:{account}"
