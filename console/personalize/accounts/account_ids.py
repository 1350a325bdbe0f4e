"""The account that an environment works in, for the eyes: asked of STS beside the pages, which never wait for it.

The local service's account and that of a role are known of themselves. Of another environment, GetCallerIdentity says
it, which needs no permission: a thread asks once, and pages that are opened after it has its answer show it. Where an
environment has an endpoint of its own, its credentials may be meant for that endpoint alone, so STS is not asked, and
the account is what the ARNs of its dataset groups say.
"""

from threading import Thread

from django.core.cache import cache

from console.personalize import arns
from console.personalize.connections.connections import connection_of, same_connections
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError

# Credentials are seldom those of another account than before. What cannot be said now may soon be.
SECONDS_KEPT = 60 * 60
SECONDS_UNTIL_ASKED_AGAIN = 5 * 60


def account_of(environment: Environment) -> str:
    """Return the id of an environment's account as far as it is known now, "" if it is not; never wait for it.

    Account ids are plain data, so they are in Django's cache. The configuration of boto3 is part of the key, since
    another configuration may be of another account.
    """
    if environment.account or not arns.asks_sts(environment):
        return environment.account or arns.account_in_arns(environment)
    known, asked = _keys(environment)
    # `add` succeeds for one of several threads, which asks. The id that was known stays until there is an answer.
    if cache.add(asked, True, SECONDS_UNTIL_ASKED_AGAIN):
        try:
            Thread(target=_ask, args=(environment,), name=f"account of {environment.name}", daemon=True).start()
        except RuntimeError:
            # The system has no thread left: the next page asks.
            cache.delete(asked)
    return str(cache.get(known, ""))


def _ask(environment: Environment) -> None:
    with same_connections():
        known, asked = _keys(environment)
        try:
            identity = arns.caller_identity(environment)
        except PersonalizeError:
            # It is in the log, and what does not work is said on the environment's own pages.
            return
    cache.set(known, identity.account, None)
    cache.set(asked, True, SECONDS_KEPT)


def _keys(environment: Environment) -> tuple[str, str]:
    """Return the cache keys of an environment's account id, and of the mark that it needs not be asked for now."""
    of_configuration = f"{environment.cache_key}-{connection_of(environment).configuration}"
    return f"account-{of_configuration}", f"account-asked-{of_configuration}"
