"""The numbers of processes, threads and connections."""

import os
import resource
from contextlib import suppress

# Python runs one thread of a process at a time. More processes than this take memory for little.
MOST_PROCESSES = 4
# Threads of all processes together. Each may hold a database connection; PostgreSQL allows 100 by default. Threads
# wait for AWS, neither for the processor nor for clients.
THREADS = 64
# Client connections per process; one that stalls in its body after a long head takes 150 KB.
CONNECTIONS, LEAST_CONNECTIONS = 1024, 16
# Files that a process has open: of each client its connection, and perhaps a body; of each thread the database's, its
# connection to AWS, what is kept of a response, and an answer; and those of the process itself.
FILES_OF_CLIENT, FILES_OF_THREAD, FILES_OF_PROCESS = 2, 8, 128


def processes() -> int:
    """Return how many processes answer requests."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def threads() -> int:
    """Return how many threads each of them has for that."""
    return THREADS // processes()


def raise_limit_of_files() -> None:
    """Raise the limit of open files of this process and its children to what they need, if the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = CONNECTIONS * FILES_OF_CLIENT + _other_files()
    if _is_less(soft, needed):
        # Some systems allow less than they state.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard if _is_less(hard, needed) else needed, hard))


def connections() -> int:
    """Return how many clients each of them has at most: as many as have room beside the other files."""
    limit, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(LEAST_CONNECTIONS, min(CONNECTIONS, (limit - _other_files()) // FILES_OF_CLIENT))


def _other_files() -> int:
    return threads() * FILES_OF_THREAD + FILES_OF_PROCESS


def _is_less(limit: int, number: int) -> bool:
    return limit != resource.RLIM_INFINITY and limit < number
