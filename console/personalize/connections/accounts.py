"""The account that an environment works in, for the eyes: asked of STS beside the pages, which never wait for it.

The local service's account and that of a role are known of themselves. Of another environment, GetCallerIdentity says
it, which needs no permission: a thread asks once, and pages that are opened after it has its answer show it. Where an
environment has an endpoint of its own, its credentials may be meant for that endpoint alone, so STS is not asked, and
the account is what the ARNs of its dataset groups say.
"""

import logging
import time
from dataclasses import dataclass
from threading import Lock, Thread

from console.personalize import calls
from console.personalize.connections.connections import connection_of, same_connections
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError

log = logging.getLogger(__name__)

# Credentials are seldom those of another account than before. What cannot be said now may soon be.
SECONDS_KEPT = 60 * 60
SECONDS_UNTIL_ASKED_AGAIN = 5 * 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """An account as it is known, until when, by the clock that never goes back, and for which configuration."""

    account: str
    until: float
    configuration: int


_asked: dict[Environment, _Asked] = {}
_lock = Lock()


def account_of(environment: Environment) -> str:
    """Return the id of an environment's account as far as it is known now, "" if it is not; never wait for it."""
    if environment.account or not calls.asks_sts(environment):
        return environment.account or calls.account_in_arns(environment)
    now, configuration = time.monotonic(), connection_of(environment).configuration
    with _lock:
        asked = _asked.get(environment)
        if asked and asked.configuration != configuration:
            # It may be another account's.
            asked = None
        if asked and now < asked.until:
            return asked.account
        account = asked.account if asked else ""
        # Whoever comes next finds that somebody has asked.
        _asked[environment] = _Asked(account, now + SECONDS_UNTIL_ASKED_AGAIN, configuration)
    Thread(target=_ask, args=(environment,), name=f"account of {environment.name}", daemon=True).start()
    return account


def forget_accounts() -> None:
    """Ask for every account anew."""
    with _lock:
        _asked.clear()


def _ask(environment: Environment) -> None:
    with same_connections():
        configuration = connection_of(environment).configuration
        try:
            identity = calls.caller_identity(environment)
        except PersonalizeError:
            # It is in the log, and what does not work is said on the environment's own pages.
            return
    with _lock:
        _asked[environment] = _Asked(identity.account, time.monotonic() + SECONDS_KEPT, configuration)
