"""The account id of an environment, for display: requested from STS in the background, so that pages never wait.

The accounts of the local service and of roles are known without a call. For other environments GetCallerIdentity
returns it, which needs no permission: a thread asks once, and pages opened after its answer show it. If an environment
has its own endpoint, its credentials may be meant for that endpoint only, so STS is not asked, and the account is
taken from the ARNs of its dataset groups.
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
    """Return the id of an environment's account if it is known now, else ""; never wait for it.

    Account ids are plain data, and so in Django's cache. The key includes boto3's configuration, since another
    configuration may mean another account.
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
    """Return the cache keys of an environment's account id, and of the mark that it need not be requested for now."""
    of_configuration = f"{environment.cache_key}-{connection_of(environment).configuration}"
    return f"account-{of_configuration}", f"account-asked-{of_configuration}"
