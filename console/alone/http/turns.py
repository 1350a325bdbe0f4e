"""Turns at the connections to the database, of which there are fewer than clients may have connections."""

from collections.abc import Callable
from threading import Semaphore

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Turns:
    """Lets so many threads at a time call something that asks the database, each with a connection that is lent.

    Django has a connection for each thread, and threads here come and go with the clients: each would open one anew,
    and keep it while its client does nothing.
    """

    def __init__(self, number: int) -> None:
        self._room = Semaphore(number)
        # The one that was given back last is lent first: it has the most in its cache.
        self._free: list[BaseDatabaseWrapper] = []

    def run[**Given, Result](self, call: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
        """Return what a call returns, or raise what it raises, once there is a turn for this thread."""
        with self._room:
            connections[DEFAULT_DB_ALIAS] = lent = self._taken()
            try:
                return call(*given, **named)
            finally:
                del connections[DEFAULT_DB_ALIAS]
                self._free.append(lent)

    def _taken(self) -> BaseDatabaseWrapper:
        try:
            return self._free.pop()
        except IndexError:
            made = connections.create_connection(DEFAULT_DB_ALIAS)
            made.inc_thread_sharing()
            return made
