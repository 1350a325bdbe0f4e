"""The ids that an import has seen."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from console.local.jobs import seen_ids
from console.local.jobs.seen_ids import SeenIds

pytestmark = pytest.mark.usefixtures("data_directory")


@pytest.fixture(params=[0, 3, 1_000_000])
def seen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SeenIds]:
    """On the disk, in both, and in memory."""
    monkeypatch.setattr(seen_ids, "MOST_IN_MEMORY", request.param)
    with closing(SeenIds()) as made:
        yield made


def test_tells_which_ids_were_seen_before(seen: SeenIds) -> None:
    assert seen.repeated(["a", "b", "c"]) == []
    assert seen.repeated(["d", "e"]) == []
    assert seen.repeated(["f", "a", "g", "g", "d", "g"]) == [1, 3, 4, 5]
    assert seen.repeated(["h", "f", "é"]) == [1]
    assert seen.repeated([]) == []


def test_sees_each_of_many(seen: SeenIds) -> None:
    ids = [f"u-{number}" for number in range(5000)]
    assert seen.repeated(ids) == []
    assert seen.repeated([*reversed(ids), "new"]) == list(range(5000))
