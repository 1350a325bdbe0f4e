"""How many processes and threads answer requests."""

import os

# Python runs one thread of a process at a time. More processes than this take memory for little.
MOST_PROCESSES = 4
# Of all processes together, and each may have a connection to the database: PostgreSQL takes 100 unless it is told
# otherwise. Threads wait for AWS, not for the processor, and for no client.
THREADS = 64
# Of clients, in each process: one that stalls in its body after a long head takes 150 KB.
CONNECTIONS = 1024


def processes() -> int:
    """Return how many processes answer requests."""
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def threads() -> int:
    """Return how many threads each of them has for that."""
    return THREADS // processes()
