"""Room for the frames of Python's calls, so that a thread does not ask the system for it in a loop.

CPython keeps the frames of a thread in chunks of 16 KiB. A call that finds no room in one has the system map a new
chunk, and its return gives that back. Where a loop is as deep as that, each of its calls takes hundreds of times as
long: pages took three times as long.
"""

from collections.abc import Callable

# Of a frame of 264 KB, whose chunk has the next power of two: 248 KB of it are left for the frames above. What nobody
# writes to takes no memory.
SLOTS = 33_000


def with_room[**Given, Result](call: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Return what a call returns, which has room for its frames and those of all that it calls; raise what it raises.

    It is for the first call of a thread.
    """
    return call(*given, **named)


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
