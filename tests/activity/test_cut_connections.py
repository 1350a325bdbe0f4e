"""The end of an entry is written although the database's connection was cut while AWS answered."""

import pytest

from console.activity.models import Entry, Outcome
from console.activity.recording import write_end
from tests.submissions.presses.breaking_presses import broken


def test_an_end_is_written_at_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    failures, written = [broken()], []

    def cut_once(_entry: Entry, outcome: Outcome, _rows: int | None) -> None:
        if failures:
            raise failures.pop()
        written.append(outcome)

    monkeypatch.setattr(Entry, "end", cut_once)
    write_end(Entry(pk=1), Outcome.DONE)
    assert written == [Outcome.DONE]
