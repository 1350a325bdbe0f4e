"""Entries of signing in and out; of failures only so many are kept, since anybody may fail at any rate."""

import math
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, User
from django.utils import timezone

from console.activity.models import Entry, Kind, Outcome
from console.activity.recording import NOBODY, Who, account, record_activity, unless_database_fails
from console.people.lock_out import seconds_locked

# Failed sign-ins recorded per hour: for accounts, which locks limit as well, and for names without an account, of
# which anyone can try any number. The last entry says that there may be more.
MOST_OF_ACCOUNTS, MOST_OF_NOBODY = 1_000, 100
OF_FAILURES = (Kind.SIGN_IN_FAILED, Kind.LOCKED_OUT)


def record_sign_in(person: AbstractBaseUser, provider: str = "") -> None:
    """Write that somebody signs in, with a password or an OpenID provider; nobody does whose entry is not written."""
    record_activity(Kind.SIGNED_IN, who=account(person), facts={"provider": provider} if provider else None)


def record_sign_out(who: Who) -> None:
    """Write that somebody has signed out, which they are also where this cannot be written: the log says so then."""
    with unless_database_fails("A sign-out"):
        record_activity(Kind.SIGNED_OUT, who=who)


def record_end_of_sessions(number: int, name: str = "") -> None:
    """Write that a person has ended so many other sessions of their own, or those of the account `name`."""
    noun = "account" if name else ""
    record_activity(Kind.SIGNED_OUT, name, noun=noun, facts={"sessions": number})


def record_session_that_ended(who: Who) -> None:
    """Write that a session had ended by itself when its browser came back, as `record_sign_out` does."""
    with unless_database_fails("The end of a session"):
        record_activity(Kind.SIGNED_OUT, who=who, facts={"by_itself": True})


def record_failure(name: str, address: str, *, at_change: bool = False) -> None:
    """Write that a password was wrong, and whether that locks the account or the address.

    It was given to sign in, or as the old one `at_change` of it. People type passwords into the field for their names:
    a name is kept where an account has it, and no other text.
    """
    person = User.objects.filter(username=name).first()
    who = account(person) if person else NOBODY
    _record_failure(Kind.SIGN_IN_FAILED, who, {"at_change": True} if at_change else {})
    seconds = seconds_locked(name, address)
    if seconds:
        _record_failure(Kind.LOCKED_OUT, who, {"minutes": math.ceil(seconds / 60)})


def record_provider_failure(provider: str) -> None:
    """Write that signing in with the OpenID provider has failed; who tried that is not known for certain."""
    _record_failure(Kind.SIGN_IN_FAILED, NOBODY, {"provider": provider})


def _record_failure(kind: Kind, who: Who, facts: dict[str, object]) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    recent = Entry.objects.filter(kind__in=OF_FAILURES, happened_at__gte=an_hour_ago)
    most = MOST_OF_NOBODY if who == NOBODY else MOST_OF_ACCOUNTS
    number = recent.filter(person_id__isnull=who == NOBODY).values("pk")[:most].count()
    if number == most:
        return
    if number == most - 1:
        facts = {**facts, "is_last": True}
    record_activity(kind, who=who, outcome=Outcome.REFUSED, facts=facts)
