"""What is written patiently waits for a database that is away, for as long as is promised."""

import time

import pytest
from django.db import OperationalError

from console.storage.database_trouble import patiently
from tests.submissions.presses.breaking_presses import broken


def test_a_database_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.storage.database_trouble.SECONDS_BETWEEN_TRIES", 0)
    failures, written = [broken(), broken()], []

    def write() -> None:
        if failures:
            raise failures.pop()
        written.append(1)

    told: list[str] = []
    patiently(write, time.monotonic() + 60, lambda found: told.append(found.kind.value))
    assert (written, told) == ([1], ["away"])
    failures.append(broken())
    with pytest.raises(OperationalError):
        patiently(write, time.monotonic())
    assert written == [1]
