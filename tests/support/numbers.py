"""How much of what is repeated is run: a part by `make test` and `make test-served`, all of it by `make test-all`.

CONTRIBUTING.md lists what is run in smaller numbers.
"""

import os
from collections.abc import Iterable

import pytest

# Whether this run is one of `make test-all`.
IS_WHOLE = os.environ.get("CONSOLE_TEST_WHOLE") == "1"
# How many processes of a served console answer requests: to start one takes longer than most tests. It is the value of
# PYTHON_CPU_COUNT, which Python 3.12 does not know.
PROCESSES = "default" if IS_WHOLE else os.environ.get("CONSOLE_TEST_PROCESSES", "default")
# A test that `make test-all` alone runs.
whole = pytest.mark.whole


def some_of[Value](values: Iterable[Value], *places: int) -> list[Value]:
    """Return all values in a run of `make test-all`, elsewhere those at some places, from 0; negative ones from the end."""
    found = list(values)
    return found if IS_WHOLE else [found[place] for place in places]


def with_some(fixture: str, *places: int, of: Iterable[object] = (True, False)) -> pytest.MarkDecorator:
    """Return a mark that gives a fixture of parameters all of them, or those at some places, as `some_of` does.

    Most such fixtures are of pages with JavaScript, and without.
    """
    return pytest.mark.parametrize(fixture, some_of(of, *places), indirect=True, ids=with_or_without)


def with_or_without(value: object) -> str:
    """Return the name of a parameter in the IDs of tests: of True and False, whether there is JavaScript."""
    if isinstance(value, bool):
        return "with JavaScript" if value else "without JavaScript"
    return str(value)
