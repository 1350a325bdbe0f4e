"""Accounts as pages list them: role, groups, environments, when last seen, and whether they can sign in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from console.people.backends import is_of_provider
from console.people.lock_out import locked_accounts
from console.people.roles import ADMINISTRATOR, OPERATOR, groups_of, may_see, may_write, role_of
from console.people.sessions import Seen, seen_by_sessions
from console.personalize.environments import Environment, environments


class State(StrEnum):
    """Whether an account can be used, as a status of the console."""

    ACTIVE = "ACTIVE"
    LOCKED = "LOCKED"
    # It has no password, or no longer has one: a link to set one was handed over, or must be made.
    INVITED = "NO PASSWORD"
    DEACTIVATED = "DEACTIVATED"


STATES = [(state.value, state.capitalize()) for state in State]


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account; `environments` are those that the person sees, and `locked_until` when a lock ends."""

    person: User
    role: str
    groups: tuple[str, ...]
    environments: tuple[Environment, ...]
    state: State
    seen_at: datetime | None
    sessions: int
    locked_until: datetime | None

    @property
    def pk(self) -> int:
        """The key of the account."""
        return self.person.pk

    @property
    def username(self) -> str:
        """The name that the person signs in with."""
        return self.person.username

    @property
    def name(self) -> str:
        """The person's own name."""
        return self.person.get_full_name()

    @property
    def is_of_provider(self) -> bool:
        """Whether the person signs in with the OpenID provider."""
        return is_of_provider(self.person)

    @property
    def sees_all(self) -> bool:
        """Whether the person sees every environment."""
        return len(self.environments) == len(environments())

    @property
    def writes(self) -> tuple[Environment, ...]:
        """The environments in which the person may create records, unless they are read-only."""
        return tuple(environment for environment in self.environments if may_write(self.person, environment))


def why_seen(account: Account, environment: Environment) -> str:
    """Return why a person sees an environment: by their role, by groups, or because everybody does."""
    if account.role == ADMINISTRATOR:
        return "Administrators see and write to all of them"
    is_operator = account.role == OPERATOR
    named = (*(environment.viewers or ()), *(environment.operators or ()))
    groups = [name for name in (*account.groups, *((OPERATOR,) if is_operator else ())) if name in named]
    if groups:
        return f"Member of {', '.join(groups)}"
    return (
        "Everybody sees it; operators write to it"
        if is_operator and environment.operators is None
        else "Everybody sees it"
    )


def all_accounts() -> list[Account]:
    """Return the accounts of all people."""
    return _described(_people())


def account_of(key: int) -> Account | None:
    """Return the account of a key; None if there is none."""
    return next(iter(_described(_people().filter(pk=key))), None)


def _people() -> "QuerySet[User]":
    return User.objects.select_related("provider_account").prefetch_related("groups")


def _described(people: Iterable[User]) -> list[Account]:
    everybody = list(people)
    seen = seen_by_sessions([person.pk for person in everybody])
    locked = locked_accounts(person.username for person in everybody)
    return [_account(person, seen.get(person.pk), locked.get(person.username)) for person in everybody]


def _account(person: User, seen: Seen | None, locked_until: datetime | None) -> Account:
    return Account(
        person,
        role_of(person),
        tuple(sorted(groups_of(person) - {OPERATOR})),
        tuple(environment for environment in environments().values() if may_see(person, environment)),
        _state(person, locked_until),
        # Sessions are deleted when they end; the time of the last sign-in remains.
        max(filter(None, (seen.at if seen else None, person.last_login)), default=None),
        seen.sessions if seen else 0,
        locked_until,
    )


def _state(person: User, locked_until: datetime | None) -> State:
    if not person.is_active:
        return State.DEACTIVATED
    if locked_until and locked_until > timezone.now():
        return State.LOCKED
    return State.ACTIVE if person.has_usable_password() or is_of_provider(person) else State.INVITED
