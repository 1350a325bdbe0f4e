"""Sessions in the database, found by keys that are keys."""

from django.contrib.sessions.backends import db

# As Django has it.
SHORTEST_KEY = 8


class SessionStore(db.SessionStore):
    """Django's sessions, which take any text of a cookie for a key: PostgreSQL fails on one that holds NUL."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and key.isascii() and key.isalnum() and len(key) >= SHORTEST_KEY
