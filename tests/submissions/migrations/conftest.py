"""Every migration is tried in SQLite, and in PostgreSQL by `make test-all`."""

from collections.abc import Iterator

import pytest

from tests.support.numbers import some_of
from tests.support.postgresql import PostgreSQL, postgresql


@pytest.fixture(scope="package")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


@pytest.fixture(params=some_of(["sqlite", "postgresql"], 0))
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a new database of PostgreSQL; "" for SQLite."""
    if request.param == "sqlite":
        return ""
    url: str = request.getfixturevalue("server").new_database()
    return url
