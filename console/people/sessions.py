"""Sessions in the database: with validated keys, an end by age and by idle time, and an end to all of a person."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, override

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import Error, connection, transaction
from django.db.models import Case, Count, Max, Q, QuerySet, Sum, When
from django.db.models.functions import Length
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from console.output.logs import current_request
from console.people.models import Session
from console.storage.database_trouble import database_trouble

# As Django has it.
SHORTEST_KEY = 8
BEGAN, SEEN = "began_at", "seen_at"
# A session is not written at each request, but when this much of the time that it may be idle has passed.
WRITTEN_EVERY = 1 / 20
REMOVED_AT_ONCE = 1000
# Sessions of people who are not signed in yet, which they need to sign in with a provider: so many, with so many
# characters in all. One of more than LONG has a text that somebody typed.
MOST_OF_NOBODY = 2000
MOST_CHARACTERS_OF_NOBODY = 32_000_000
LONG = 20_000
# Every request asks this: a QuerySet takes ten times as long to make its statement as the database to answer it.
DATA_OF_SESSION = f"SELECT session_data FROM {Session._meta.db_table} WHERE session_key = %s AND expire_date > %s"
# Sent with the `person_ids` of sessions that ended by themselves, as they are removed: one for each session.
sessions_ended = Signal()


class SessionStore(db.SessionStore):
    """Django's sessions, with keys of letters and digits alone: PostgreSQL fails on a cookie's text with NUL."""

    # As it was read; None of one that is new.
    _read: dict[str, Any] | None = None

    @classmethod
    @override
    def get_model_class(cls) -> type[Session]:
        return Session

    @override
    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            now = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(DATA_OF_SESSION, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
        data: dict[str, Any] = self.decode(row[0]) if row else {}
        self._read = dict(data)
        return data

    @override
    def save(self, must_create: bool = False) -> None:
        """Write the session; raise the error of a database that cannot be used, which Django takes for a lost session.

        Raise UpdateError if the session is not there any more.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if database_trouble(error.__context__) and error.__context__:
                raise error.__context__ from error.__context__.__cause__
            raise

    def has_new_content(self) -> bool:
        """Return whether more than the time of the last request would be lost if the session were not written."""
        before, now = (
            {name: value for name, value in each.items() if name not in (BEGAN, SEEN)}
            for each in (self._read or {}, dict(self.items()))
        )
        # Data carried to a page and used there may be used once more.
        return any(name not in before or before[name] != value for name, value in now.items())

    @override
    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.seen_at = datetime.fromtimestamp(data[SEEN], UTC) if row.person_id and SEEN in data else None
        return row

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and key.isascii() and key.isalnum() and len(key) >= SHORTEST_KEY


def begin(session: SessionBase) -> None:
    """Let a session of somebody who has just signed in begin now, and remove some of nobody's that are over."""
    session.set_expiry(None)
    session[BEGAN] = session[SEEN] = time.time()
    _remove_some_that_ended(Session.objects.filter(person_id=None))


def has_ended(session: SessionBase) -> bool:
    """Return whether a session is too old, or was idle for too long; if not, it is used now."""
    now = time.time()
    idle = settings.CONSOLE_SESSION_IDLE_HOURS * 60 * 60
    began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
    if now - began > settings.CONSOLE_SESSION_HOURS * 60 * 60 or now - seen > idle:
        return True
    if now - seen > idle * WRITTEN_EVERY:
        session[SEEN] = now
    return False


def end_of_person(request: HttpRequest) -> Error | None:
    """Sign somebody out, and let their browser forget the session even if the database fails.

    Return the error of a database that cannot be used: the session is still in it then. Raise any other error.
    """
    try:
        current = current_request()
        if current is not None:
            # The log says whose session it was.
            current.person_id = request.user.pk
        logout(request)
    except Error as error:
        if not database_trouble(error):
            raise
        # An empty session is not saved, and its cookie is deleted.
        request.session = SessionStore()
        request.user = AnonymousUser()
        return error
    return None


def person_of(key: str) -> User | None:
    """Return who is signed in with a session's key, if the session has not ended and the person is active."""
    session = SessionStore(key)
    if SESSION_KEY not in session or has_ended(session):
        return None
    return User.objects.filter(pk=session[SESSION_KEY], is_active=True).first()


@dataclass(frozen=True, slots=True)
class Seen:
    """When a person was last seen, to a twentieth of the time that a session may be idle, and their sessions now."""

    at: datetime
    sessions: int


def seen_by_sessions(person_ids: Iterable[int]) -> dict[int, Seen]:
    """Return what the sessions of some people tell of them, by person; those who have none are left out."""
    now = timezone.now()
    in_use = Q(expire_date__gt=now, seen_at__gt=now - timedelta(hours=settings.CONSOLE_SESSION_IDLE_HOURS))
    of_people = Session.objects.filter(person_id__in=person_ids, seen_at__isnull=False).values("person_id")
    found: Any = of_people.annotate(at=Max("seen_at"), number=Count("pk", filter=in_use)).order_by()
    return {each["person_id"]: Seen(each["at"], each["number"]) for each in found}


def remove_ended() -> int:
    """Remove all sessions that are over, and return how many there were."""
    removed = 0
    while some := _remove_some_that_ended(Session.objects.all()):
        removed += some
    return removed


@transaction.atomic
def _remove_some_that_ended(sessions: "QuerySet[Session]") -> int:
    over = sessions.filter(expire_date__lt=timezone.now()).select_for_update(skip_locked=True)
    ended = dict(over.values_list("session_key", "person_id")[:REMOVED_AT_ONCE])
    person_ids = [each for each in ended.values() if each is not None]
    if person_ids:
        sessions_ended.send(sender=Session, person_ids=person_ids)
    return _remove(list(ended))


def make_room_for_nobody(*, but: str | None) -> None:
    """Remove the oldest sessions of people who are not signed in where there are too many for one more.

    The session with the key `but` stays, and so do those with a text that somebody typed as long as others can go.
    """
    sessions = Session.objects.filter(person_id=None).exclude(session_key=but or "")
    of_nobody = sessions.annotate(length=Length("session_data"))
    found = of_nobody.aggregate(number=Count("pk"), characters=Sum("length", default=0))
    if found["number"] >= MOST_OF_NOBODY:
        by_age = of_nobody.order_by(Case(When(length__gt=LONG, then=1), default=0), "expire_date")
        number = min(REMOVED_AT_ONCE, found["number"] - MOST_OF_NOBODY + MOST_OF_NOBODY // 20)
        _remove(list(by_age.values_list("session_key", flat=True)[:number]))
    if found["characters"] > MOST_CHARACTERS_OF_NOBODY:
        excess = found["characters"] - MOST_CHARACTERS_OF_NOBODY
        long_ones = of_nobody.filter(length__gt=LONG).order_by("expire_date").values_list("session_key", "length")
        _remove(_keys_of(long_ones[:REMOVED_AT_ONCE], excess))


def _keys_of(sessions: Iterable[tuple[str, int]], characters: int) -> list[str]:
    """Return the keys of the first sessions that have so many characters together."""
    keys = []
    for key, length in sessions:
        if characters <= 0:
            break
        characters -= length
        keys.append(key)
    return keys


def _remove(keys: list[str]) -> int:
    removed, _rows = Session.objects.filter(session_key__in=keys).delete()
    return removed


def end_sessions(person_id: int, *, but: str | None = None) -> int:
    """End all sessions of a person, but for the one with a key if it is given, and return how many there were."""
    sessions = Session.objects.filter(person_id=person_id)
    ended, _rows = sessions.exclude(session_key=but).delete() if but else sessions.delete()
    return ended
