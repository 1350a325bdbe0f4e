"""What the tests of imports share."""

import pytest

from tests.pages.conftest import aws

__all__ = ["aws"]


@pytest.fixture(autouse=True)
def own_paces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test go on at the pace of the one before it."""
    monkeypatch.setattr("console.bulk.sending.targets._targets", {})
    monkeypatch.setattr("console.bulk.sending.targets._paces", {})
