"""Work without Python's cyclic garbage collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
# The blocks of all threads that run now.
_running = 0


@contextmanager
def without_collecting() -> Iterator[None]:
    """Suspend the cyclic garbage collector for a block that makes millions of cells, none of which is in a cycle.

    That takes a fifth of the time of reading a file. It collects again once the last of the blocks that run at once,
    in threads of their own, is over.
    """
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _running
    with _lock:
        _running += 1
        gc.disable()


def _end() -> None:
    global _running
    with _lock:
        _running -= 1
        if not _running:
            gc.enable()
