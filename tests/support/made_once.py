"""What takes seconds to make, and is made once for all processes of a run of tests."""

import fcntl
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

_shared: list[Path] = []


def share_in(directory: Path) -> None:
    """Keep what is made from now on in a directory that other processes use for the same."""
    _shared.append(directory)


@cache
def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a directory into which a function has made something, in this process or in another one of the run."""
    shared = _shared[-1] if _shared else Path(_of_this_process().name)
    directory = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # What failed half-way is not there.
        if not directory.exists():
            with tempfile.TemporaryDirectory(dir=shared) as begun:
                made = Path(begun, name)
                made.mkdir(mode=0o700)
                make(made)
                made.rename(directory)
    return directory


@cache
def _of_this_process() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="console-made-once-")
