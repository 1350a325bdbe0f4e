"""A process that may open no more files."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

# The first files of a process: what began it has opened them, and they stay open until its end.
OPEN_FOR_GOOD = 6


@contextmanager
def no_more_files() -> Iterator[None]:
    """Let this process keep the files that it has open, and open no more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    # Below what another thread may close meanwhile. Not 0: poll(2) takes no more files than the limit, whatever is open.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(lowest_free, OPEN_FOR_GOOD), limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
