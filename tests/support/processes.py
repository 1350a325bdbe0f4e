"""Which tests start processes, and a guard that lets no other test start one.

A test gets the mark `served` from its own code: if it, one of its fixtures, or a function of `tests` or `scripts` that
these call, uses `subprocess` or Playwright. A test that starts a process in a way that cannot be seen there, as by a
function of the console, fails, and says that its file must set the mark.
"""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper, cache, partial
from types import CodeType, FunctionType
from typing import Any

import pytest

# Audit events: https://docs.python.org/3/library/audit_events.html.
STARTS = {"subprocess.Popen", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"}
# Names that code uses to start a process without `subprocess`.
STARTING = {"fork", "multiprocessing"}
PACKAGES = ("tests.", "scripts.")
# The fixture behind all those of pytest-playwright.
BROWSER = "playwright"


class StartsProcess(RuntimeError):
    """A test that is not marked `served` was about to start a process."""


class _Guard:
    """Whether processes may be started now; one for the process, as audit hooks cannot be removed."""

    is_on = False

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_on and event in STARTS:
            raise StartsProcess(
                f"`make test` starts no processes, and this test was about to ({event}, {arguments[:1]!r}). "
                "Mark it, or its file, with pytest.mark.served: `make test-served` runs it then."
            )


_guard = _Guard()
sys.addaudithook(_guard.hear)


@contextmanager
def no_processes() -> Iterator[None]:
    """Raise StartsProcess wherever this process is about to start another one, as long as the block runs."""
    before, _guard.is_on = _guard.is_on, True
    try:
        yield
    finally:
        _guard.is_on = before


def starts_processes(item: pytest.Item) -> bool:
    """Return whether a test, or one of its fixtures, starts a process, as far as the code of the tests says."""
    if not isinstance(item, pytest.Function):
        return False
    fixtures = item._fixtureinfo.name2fixturedefs
    if BROWSER in fixtures:
        return True
    functions = [item.function, *(each.func for name in fixtures for each in fixtures[name])]
    return any(reaches_process(inspect.unwrap(function)) for function in functions)


@cache
def reaches_process(function: Callable[..., Any]) -> bool:
    """Return whether a function, or one that it calls, starts a process, as far as the code of the tests says."""
    seen: set[int] = set()
    todo: list[Any] = [function]
    while todo:
        value = todo.pop()
        if value is subprocess:
            return True
        if id(value) not in seen:
            seen.add(id(value))
            todo += _used_by(value)
            if isinstance(value, FunctionType) and STARTING.intersection(_names(value.__code__)):
                return True
    return False


def _used_by(value: Any) -> Iterable[Any]:
    """Return what a function of the tests names, what a class of theirs has, and what a collection contains."""
    match value:
        case dict():
            return value.values()
        case list() | tuple():
            return value
        case partial():
            return [value.func]
        case staticmethod() | classmethod():
            return [value.__func__]
        case property():
            return [value.fget]
        case type() if value.__module__.startswith(PACKAGES):
            return [*vars(value).values(), *value.__bases__]
        # As functools.cache and contextlib.contextmanager make them.
        case FunctionType() | _lru_cache_wrapper() if value.__module__.startswith(PACKAGES):
            function = inspect.unwrap(value)
            return [function.__globals__[name] for name in _names(function.__code__) if name in function.__globals__]
    return []


@cache
def _names(code: CodeType) -> frozenset[str]:
    """Return the global names and the attributes that code uses, with the functions inside it."""
    inner = (_names(each) for each in code.co_consts if isinstance(each, CodeType))
    return frozenset(code.co_names).union(*inner)
