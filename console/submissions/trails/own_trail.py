"""The part of the trail that belongs to an environment as it is today, not to its name."""

from collections.abc import Iterable
from contextlib import suppress

from django.core.cache import cache
from django.db import DatabaseError, transaction

from console.people.roles import ADMINISTRATOR, Person, may_see, role_of
from console.personalize.accounts.arn_prefixes import (
    account_mark,
    arn_prefix,
    ask_for_arn_prefixes,
    known_arn_prefix,
)
from console.personalize.connections.endpoints import UNKNOWN, endpoint_of
from console.personalize.environments import LOCAL, Environment, environments, former_environment
from console.personalize.errors import PersonalizeError
from console.submissions.origins import (
    NO_ORIGIN,
    OF_ORIGIN,
    Origin,
    origin_of_dataset,
    remember,
    remembered,
    superseded,
)


def origin_of(environment: Environment) -> int:
    """Return the key of an environment's origin, NO_ORIGIN if nothing was sent from it.

    If the environment does not name its account, AWS is asked, once. If AWS is slow, its last answer for the same
    credentials counts; without one, raise PersonalizeError.
    """
    if environment.origin is not None:
        return environment.origin
    if endpoint_of(environment) == UNKNOWN:
        # This raises what is wrong with the configuration.
        arn_prefix(environment)
    of_endpoint = Origin.objects.filter(environment=environment.name, endpoint=endpoint_of(environment))
    # Among several generations, the last one is current.
    keys = dict(of_endpoint.order_by("generation").values_list("arn_prefix", "pk"))
    if not keys:
        return NO_ORIGIN
    known = known_arn_prefix(environment)
    last = None if known else remembered(account_mark(environment))
    if last:
        ask_for_arn_prefixes([environment])
        known = known_arn_prefix(environment)
        if not known:
            return last.pk
    prefix = known or arn_prefix(environment)
    origin: int = keys.get(prefix, NO_ORIGIN)
    if origin:
        _remember_once(environment, origin)
    return origin


def origin_if_known(environment: Environment) -> int:
    """Return the key as `origin_of` does, and NO_ORIGIN also if the account is unknown."""
    try:
        return origin_of(environment)
    except PersonalizeError:
        return NO_ORIGIN


def remember_origin(environment: Environment, dataset_arn: str) -> None:
    """Record an environment's origin when something is sent, for times when AWS does not answer."""
    mark = account_mark(environment)
    if mark:
        remember(mark, origin_of_dataset(environment.name, endpoint_of(environment), dataset_arn).pk)


def _remember_once(environment: Environment, origin: int) -> None:
    """Record the origin that AWS reported for an environment; a page that only reads goes on if that fails.

    Django's cache remembers that it was recorded, so that not every page does it again.
    """
    mark = account_mark(environment)
    written = f"origin-written-{mark}-{origin}"
    if not mark or cache.get(written):
        return
    # A full disk, or a database that is read-only, is said where something must be written.
    with suppress(DatabaseError), transaction.atomic():
        remember(mark, origin)
        cache.set(written, True, None)


def environment_of_origin(origin: Origin) -> Environment | None:
    """Return the present environment of an origin; None if there is none, or it is not known soon enough."""
    return environments_of_origins([origin])[origin.pk]


def environments_of_origins(origins: Iterable[Origin]) -> dict[int, Environment | None]:
    """Return the result of `environment_of_origin` for each of some origins, by key."""
    by_name = environments()
    of_name = [(origin, by_name.get(origin.environment)) for origin in origins]
    ask_for_arn_prefixes({known for origin, known in of_name if known and endpoint_of(known) == origin.endpoint})
    # The local service alone has generations.
    over = superseded(origin for origin, known in of_name if known and known.is_local)
    return {
        origin.pk: known if known and origin.pk not in over and _is(known, origin) else None
        for origin, known in of_name
    }


def _is(environment: Environment, origin: Origin) -> bool:
    """Return whether an environment has the endpoint, account and region of an origin, as far as is known."""
    if endpoint_of(environment) != origin.endpoint:
        return False
    prefix = known_arn_prefix(environment)
    return prefix == origin.arn_prefix if prefix else remembered(account_mark(environment)) == origin


def current_origins() -> list[int]:
    """Return the keys of the origins that are present environments."""
    of_names = Origin.objects.filter(environment__in=environments())
    return [key for key, environment in environments_of_origins(of_names).items() if environment]


def earlier_demos() -> list[Origin]:
    """Return the origins of the environment `local` before resets of its demo, latest first."""
    of_local = list(Origin.objects.filter(environment=LOCAL).order_by("-pk"))
    over = superseded(of_local)
    return [each for each in of_local if each.pk in over]


def is_earlier_demo(environment: Environment) -> bool:
    """Return whether an environment is the local service before a reset of its demo."""
    return environment.is_former and environment.name.startswith(f"{LOCAL}{OF_ORIGIN}")


def former_environment_of(person: Person, name: str) -> Environment | None:
    """Return the former environment of a name in an address, for administrators; None if there is none.

    Earlier demos are there for all who see the local service.

    One that is no former environment any more is returned as it is today.

    The name alone, which older addresses have, is that of the last one of that name, unless one has it today.
    """
    plain, mark, key = name.rpartition(OF_ORIGIN)
    is_of_demo = mark and plain == LOCAL and may_see(person, environments()[LOCAL])
    if "\0" in name or not (is_of_demo or role_of(person) == ADMINISTRATOR):
        return None
    is_key = mark and key.isascii() and key.isdigit() and len(key) < 19
    found = Origin.objects.filter(pk=int(key), environment=plain).first() if is_key else None
    if found is None and name not in environments():
        found = Origin.objects.filter(environment=name).order_by("-pk").first()
    if found is None:
        return None
    # It may have become what it was again.
    return environment_of_origin(found) or former_environment(found.address_name, found.label, found.region, found.pk)
