"""Errors that are raised when a refused request body is read."""

from http import HTTPStatus
from typing import NoReturn

from django.core.exceptions import SuspiciousOperation


class BodyRefused(SuspiciousOperation):
    """The body of a request was refused: with the status of the response, and the limit in bytes if it was too long.

    Django gives exceptions of its base class to `handler400`, from wherever a view reads the form.
    """

    def __init__(self, status: HTTPStatus, bound: int = 0) -> None:
        super().__init__(f"The body of the request was refused with {status.value}.")
        self.status = status
        self.bound = bound


class RefusedBody:
    """Placeholder for a refused request body: reading it raises BodyRefused with the cause."""

    def __init__(self, status: HTTPStatus, bound: int = 0, cause: Exception | None = None) -> None:
        self._status, self._bound, self.cause = status, bound, cause

    def read(self, _size: int = -1) -> NoReturn:
        """Raise BodyRefused."""
        raise BodyRefused(self._status, self._bound) from self.cause

    readline = read
