"""Returns freed memory of a process to the system."""

import ctypes

# mallopt(3): how many arenas there are, and from how many bytes on a piece of memory is mapped by itself.
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
ARENAS, MAPPED = 2, 256 * 1024


def give_back_early() -> None:
    """Make glibc keep little free memory; do nothing with another C library.

    Each thread would have an arena of its own, of which only the end is ever given back; and after a first large piece
    was freed, others of that size would come out of the arenas too.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, ARENAS)
        mallopt(M_MMAP_THRESHOLD, MAPPED)
