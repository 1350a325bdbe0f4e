"""How many clients a process has, by the files that the system lets it open."""

import resource

import pytest

from console.server import sizes

NO_LIMIT = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "connections"),
    [
        (1024, 524_288, 2432, 1024),
        (1024, NO_LIMIT, 2432, 1024),
        (1024, 1024, 1024, 320),
        (256, 2000, 2000, 808),
        (64, 64, 64, 16),
        (20_000, 20_000, 20_000, 1024),
        (NO_LIMIT, NO_LIMIT, NO_LIMIT, 1024),
    ],
)
def test_the_limit_of_files_is_raised_as_far_as_needed_and_possible(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, raised: int, connections: int
) -> None:
    limits = [(soft, hard)]
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(resource, "getrlimit", lambda _which: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _which, new: limits.append(new))
    sizes.raise_limit_of_files()
    assert limits[-1] == (raised, hard)
    assert sizes.connections() == connections
