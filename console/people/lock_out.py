"""Locks people out for a while who fail to sign in too often.

django-axes does this too. It has one limit for accounts and for addresses, counts after the password was checked, so
that many tries at once exceed it, and keeps names, addresses and browsers in clear.

A try is counted before its password is checked, and taken back if it is right. CONSOLE_SIGN_IN_FAILURES in a row lock
one account for one address; several times as many lock the account for all addresses, against those who try from many,
and the address for all accounts, against those who try one password at many. Names without one are locked alike.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.crypto import salted_hmac

from console.people.models import FailedSignIns

if TYPE_CHECKING:
    from django.db.models import QuerySet

# How many times the failures that lock one account for one address.
FOR_ALL_ADDRESSES = 4
FOR_ALL_ACCOUNTS = 10
REMOVED_AT_ONCE = 1000
# Anybody may try any number of names.
MOST_ROWS = 30_000
# Sent with the `name` of an account, or an address, that may sign in again before its lock ended.
lock_out_lifted = Signal()


def count_try(name: str, address: str) -> int:
    """Count an attempt to sign in as failed until `forget_failures` reverses it, and return 0.

    If the account or the address is locked, count nothing, and return the seconds until it is not.
    """
    if not settings.CONSOLE_SIGN_IN_FAILURES:
        return 0
    _remove_what_is_over()
    _make_room()
    limits = _limits(name, address)
    now = timezone.now()
    with transaction.atomic():
        rows = _rows(limits, name, now)
        seconds = max(_seconds_left(row, limits[row.key], now) for row in rows)
        if not seconds:
            for row in rows:
                row.count = 1 if _is_over(row, now) else row.count + 1
                row.last_at = now
            FailedSignIns.objects.bulk_update(rows, ["count", "last_at"])
    return seconds


@transaction.atomic
def forget_failures(name: str, address: str) -> None:
    """Forget the failures of an account after a correct password; the address's failures at other accounts stay."""
    limits = _limits(name, address)
    for row in FailedSignIns.objects.select_for_update().filter(key__in=limits).order_by("key"):
        if row.account or row.count <= 1:
            row.delete()
        else:
            row.count -= 1
            row.save(update_fields=["count"])


@transaction.atomic
def lift_lock_out(*, name: str = "", address: str = "") -> bool:
    """Allow an account or an address to sign in again; return whether it had failures."""
    found = FailedSignIns.objects.filter(account=_account(name)) if name else FailedSignIns.objects.none()
    at_address = FailedSignIns.objects.filter(key=_digest("address", address)) if address else found.none()
    lifted = [each for each, rows in ((name, found), (address, at_address)) if rows.delete()[0]]
    for each in lifted:
        lock_out_lifted.send(sender=FailedSignIns, name=each)
    return bool(lifted)


def seconds_locked(name: str, address: str) -> int:
    """Return the seconds until neither the account is locked for an address, nor the address for all; 0 if none is."""
    if not settings.CONSOLE_SIGN_IN_FAILURES:
        return 0
    limits = _limits(name, address)
    now = timezone.now()
    rows = FailedSignIns.objects.filter(key__in=limits)
    return max((_seconds_left(row, limits[row.key], now) for row in rows), default=0)


def locked_accounts(names: Iterable[str]) -> dict[str, datetime]:
    """Return until when accounts are locked, for all addresses or for one; others are left out."""
    if not settings.CONSOLE_SIGN_IN_FAILURES:
        return {}
    recent = FailedSignIns.objects.filter(
        count__gte=settings.CONSOLE_SIGN_IN_FAILURES, last_at__gt=timezone.now() - _duration()
    )
    until: dict[str, datetime] = {}
    for row in recent.exclude(account=""):
        limit = settings.CONSOLE_SIGN_IN_FAILURES * (FOR_ALL_ADDRESSES if row.key == row.account else 1)
        if row.count >= limit:
            until[row.account] = max(row.last_at + _duration(), until.get(row.account, row.last_at))
    return {name: until[account] for name in names if (account := _account(name)) in until} if until else {}


def _limits(name: str, address: str) -> dict[str, int]:
    """Return the number of failures that lock, for each key that an attempt counts for."""
    failures = settings.CONSOLE_SIGN_IN_FAILURES
    account = _account(name)
    limits = {_digest("both", account, address): failures, account: failures * FOR_ALL_ADDRESSES}
    # A proxy on this machine stands for everybody.
    if not ip_address(address).is_loopback:
        limits[_digest("address", address)] = failures * FOR_ALL_ACCOUNTS
    return limits


def _rows(limits: dict[str, int], name: str, now: datetime) -> list[FailedSignIns]:
    account = _account(name)
    of_account = {account, next(iter(limits))}
    FailedSignIns.objects.bulk_create(
        [FailedSignIns(key=key, account=account if key in of_account else "", count=0, last_at=now) for key in limits],
        ignore_conflicts=True,
    )
    # Lock rows in key order to avoid deadlocks.
    return list(FailedSignIns.objects.select_for_update().filter(key__in=limits).order_by("key"))


def _account(name: str) -> str:
    return _digest("account", normalize("NFKC", name).casefold())


def _digest(kind: str, *values: str) -> str:
    return salted_hmac(f"console.people.lock_out.{kind}", "\n".join(values), algorithm="sha256").hexdigest()


def _duration() -> timedelta:
    return timedelta(minutes=settings.CONSOLE_LOCK_OUT_MINUTES)


def _is_over(row: FailedSignIns, now: datetime) -> bool:
    return row.last_at + _duration() <= now


def _seconds_left(row: FailedSignIns, limit: int, now: datetime) -> int:
    if row.count < limit or _is_over(row, now):
        return 0
    return math.ceil((row.last_at + _duration() - now).total_seconds())


def remove_failures_that_are_over() -> int:
    """Delete failures that no longer lock anybody, and return their number."""
    removed = 0
    while some := _remove_what_is_over():
        removed += some
    return removed


@transaction.atomic
def _remove_what_is_over() -> int:
    """Delete some failures that no longer lock anybody, so that a single failure leaves no trace."""
    return _remove(FailedSignIns.objects.filter(last_at__lt=timezone.now() - _duration()))


@transaction.atomic
def _make_room() -> None:
    """Delete failures if there are too many: first those furthest from locking anybody, and the oldest."""
    if FailedSignIns.objects.count() > MOST_ROWS:
        _remove(FailedSignIns.objects.order_by("count", "last_at"))


def _remove(failures: "QuerySet[FailedSignIns]") -> int:
    rows = failures.select_for_update(skip_locked=True)
    keys = list(rows.values_list("key", flat=True)[:REMOVED_AT_ONCE])
    removed, _rows = FailedSignIns.objects.filter(key__in=keys).delete() if keys else (0, {})
    return removed
